"""What a freeze or a revocation would touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Model, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from mumpuni.assessment.models import Candidate, Session
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.kernel.counting import count_of
from mumpuni.licensing.models import Licence

BODY: Final = OuterRef("organisation")


class Group(models.TextChoices):
    """Whom or what a decision touches."""

    SESSIONS = "sessions", _("Jadwal asesmen yang belum selesai")
    DECISIONS = "decisions", _("Asesi yang menunggu keputusan pleno LSP")
    REQUESTS = "requests", _("Permohonan sertifikat yang belum terbit")
    BLANKS = "blanks", _("Sertifikat terbit yang blangkonya belum dicetak")
    CERTIFICATES = "certificates", _("Sertifikat yang berlaku")


@dataclass(frozen=True)
class Affected:
    """A group that would be touched, and how many there are."""

    group: Group
    count: int


def affected(licence: Licence) -> list[Affected]:
    """Return the groups in which there is somebody or something, as they stand; one query."""
    row = Licence.objects.filter(pk=licence.pk).values(
        **{group.value: count_of(rows) for group, rows in _groups().items()}
    )
    counts: Mapping[str, Any] = row.get()
    return [Affected(group, counts[group.value]) for group in _groups() if counts[group.value]]


def _groups() -> dict[Group, QuerySet[Model]]:
    session, request = Session.State, CertificateRequest.State
    valid = Certificate.objects.filter(organisation=BODY, state=Certificate.State.VALID)
    found: dict[Group, QuerySet[Any]] = {
        Group.SESSIONS: Session.objects.filter(
            organisation=BODY, state__in=[session.DRAFT, session.OPEN, session.RUNNING]
        ),
        Group.DECISIONS: Candidate.objects.filter(
            session__organisation=BODY,
            session__state=session.PLENARY,
            state=Candidate.State.RECOMMENDED,
        ),
        Group.REQUESTS: CertificateRequest.objects.filter(
            organisation=BODY, state__in=[request.SUBMITTED, request.APPROVED]
        ),
        Group.BLANKS: valid.filter(blank_number=None),
        Group.CERTIFICATES: valid,
    }
    return found
