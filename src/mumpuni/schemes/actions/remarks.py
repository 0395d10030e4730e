"""What a verifier remarks on a version and its units, and what its author answers."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.workflow import Actor, Changes, amend_parts
from mumpuni.schemes.models import SchemeVersion, VerificationRemark

REMARKS: Final = "remarks"
ANSWERS: Final = "answers"


def write_remark(
    version: SchemeVersion, code: str, text: str, actor: Actor, *, at: datetime
) -> None:
    """Remark on a unit of the version by its code, or on the whole version without one."""

    def change(locked: SchemeVersion) -> Changes:
        row = locked.scheme_units.filter(unit__code=code).first() if code else None
        if code and row is None:
            problem = _("Unit ini tidak ada dalam skema.")
            raise Invalid(problem, fields={"code": [problem]})
        made = VerificationRemark.objects.create(
            scheme_version=locked, unit=row.unit if row else None, text=text, written_at=at
        )
        return {REMARKS: ["", str(made)]}

    amend_parts(version, REMARKS, change, actor, at=at)


def withdraw_remark(
    version: SchemeVersion, remark: VerificationRemark, actor: Actor, *, at: datetime
) -> None:
    """Take a remark back that nobody has answered; the trail keeps it."""

    def change(_locked: SchemeVersion) -> Changes:
        if remark.answered_at is not None:
            raise Refused(_("Catatan yang sudah dijawab tidak ditarik."), code="S-11")
        told = str(remark)
        remark.delete()
        return {REMARKS: [told, ""]}

    amend_parts(version, REMARKS, change, actor, at=at)


def answer_remark(
    version: SchemeVersion, remark: VerificationRemark, answer: str, actor: Actor, *, at: datetime
) -> None:
    """Say what was done about a remark, or why nothing was."""

    def change(_locked: SchemeVersion) -> Changes:
        before, remark.answer, remark.answered_at = remark.answer, answer, at
        if before == answer:
            return {}
        remark.save()
        return {ANSWERS: [before, f"{remark} → {answer}"]}

    amend_parts(version, ANSWERS, change, actor, at=at)
