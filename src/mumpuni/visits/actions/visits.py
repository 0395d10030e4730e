"""Planning a visit, making its team, filling its instrument, reporting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.models import Record
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.uploads import IMAGES
from mumpuni.kernel.workflow import (
    Actor,
    Attempt,
    Changes,
    amend_parts,
    begin,
    begin_all,
    perform_all,
)
from mumpuni.visits import rules
from mumpuni.visits.actions.files import Upload, kept, told
from mumpuni.visits.models import Answer, Finding, LicensingAssessor, Photo, TeamMember, Visit
from mumpuni.visits.models.instruments import instrument_on

TEAM: Final = "team"
WAIVER: Final = "waiver"
IMPARTIALITY: Final = "impartiality"
ANSWERS: Final = "answers"
PHOTOS: Final = "photos"


def plan_visit(  # noqa: PLR0913 - what a visit is about, and what is planned
    record: Record,
    kind: str,
    organisation_id: int,
    values: Mapping[str, Any],
    actor: Actor,
    *,
    at: datetime,
) -> Visit:
    """Plan a visit to a body for a record; its instrument is the one of today."""
    visit = _visit(record, kind, at, organisation_id=organisation_id, **values)
    begin(visit, actor, at=at)
    return visit


@dataclass(frozen=True)
class Plan:
    """A visit to plan among many: to a body for a record, with values that were validated."""

    record: Record
    organisation: Organisation
    values: Mapping[str, Any]


def plan_visits(plans: Sequence[Plan], kind: str, actor: Actor, *, at: datetime) -> list[Visit]:
    """Plan many visits of a kind with a fixed number of statements."""
    visits = [
        _visit(plan.record, kind, at, organisation=plan.organisation, **plan.values)
        for plan in plans
    ]
    begin_all(visits, actor, at=at)
    return visits


def _visit(record: Record, kind: str, at: datetime, **values: Any) -> Visit:
    return Visit(
        case_kind=record.subject,
        case_id=record.pk,
        kind=kind,
        instrument_key=instrument_on(kind, legal_day(at)).key,
        **values,
    )


def appoint(
    visit: Visit, assessor: LicensingAssessor, duty: str, actor: Actor, *, at: datetime
) -> None:
    """Put an assessor on the team."""

    def change(locked: Visit) -> Changes:
        rules.check_appointable(assessor, locked)
        team = list(locked.team.all())
        if any(one.assessor_id == assessor.pk for one in team):
            raise _wrong("assessor", _("Asesor ini sudah ada dalam tim."))
        if duty == TeamMember.Duty.LEAD and any(one.duty == duty for one in team):
            raise _wrong("duty", _("Tim ini sudah punya ketua."))
        member = TeamMember.objects.create(visit=locked, assessor=assessor, duty=duty)
        return {TEAM: ["", str(member)]}

    amend_parts(visit, TEAM, change, actor, at=at)


def dismiss(visit: Visit, member: TeamMember, actor: Actor, *, at: datetime) -> None:
    """Take an assessor off the team."""

    def change(_locked: Visit) -> Changes:
        member.delete()
        return {TEAM: [str(member), ""]}

    amend_parts(visit, TEAM, change, actor, at=at)


def waive(visit: Visit, member: TeamMember, reason: str, actor: Actor, *, at: datetime) -> None:
    """Let an assessor take part in spite of a tie that may be waived."""
    attempt = Attempt(actor, at)

    def change(locked: Visit) -> Changes:
        rules.check_waivable(member, locked, reason, attempt)
        member.waiver_reason, member.waived_by = reason.strip(), actor.name
        member.save()
        return {WAIVER: ["", f"{member.assessor}: {member.waiver_reason}"]}

    amend_parts(visit, WAIVER, change, actor, at=at)


def declare_impartial(visit: Visit, actor: Actor, *, at: datetime) -> None:
    """Note that whoever acts declares to be impartial towards the body."""
    attempt = Attempt(actor, at)

    def change(locked: Visit) -> Changes:
        member = rules.part_of(locked, attempt)
        if member is None or member.impartial_at is not None:
            return {}
        member.impartial_at = at
        member.save()
        return {IMPARTIALITY: ["", str(member.assessor)]}

    amend_parts(visit, IMPARTIALITY, change, actor, at=at)


def answer_items(
    visit: Visit, values: Mapping[str, Mapping[str, str]], actor: Actor, *, at: datetime
) -> None:
    """Save answers by item, `verdict` and `note`; items that are not named stay as they are."""

    def change(locked: Visit) -> Changes:
        held = {one.item: one for one in locked.answers.all()}
        before, after = [], []
        for code, given in values.items():
            if locked.instrument.item(code) is None:
                raise Invalid(_("Butir “%s” tidak ada dalam instrumen.") % code)
            old = held.get(code)
            if old and (old.verdict, old.note) == (given["verdict"], given["note"]):
                continue
            new, _made = Answer.objects.update_or_create(
                visit=locked,
                item=code,
                defaults={**given, "saved_at": at, "saved_by": actor.name},
            )
            before += [told_answer(old)] if old else []
            after.append(told_answer(new))
        return {ANSWERS: ["; ".join(before), "; ".join(after)]} if after else {}

    amend_parts(visit, ANSWERS, change, actor, at=at)


def told_answer(answer: Answer) -> str:
    """Return an answer as the trail keeps it."""
    return f"{answer} ({answer.note})" if answer.note else str(answer)


def add_photo(visit: Visit, item: str, upload: Upload, actor: Actor, *, at: datetime) -> None:
    """Keep a picture of what was seen; the same one again changes nothing."""
    attempt = Attempt(actor, at)

    def change(locked: Visit) -> Changes:
        if locked.instrument.item(item) is None:
            raise _wrong("item", _("Butir “%s” tidak ada dalam instrumen.") % item)
        facts = kept("photo", upload, IMAGES.values(), attempt)
        if locked.photos.filter(item=item, sha256=facts["sha256"]).exists():
            return {}
        photo = Photo.objects.create(visit=locked, item=item, added_at=at, **facts)
        return {PHOTOS: ["", f"{item}: {told(photo)}"]}

    amend_parts(visit, PHOTOS, change, actor, at=at)


def date_report(visit: Visit, attempt: Attempt) -> None:
    visit.reported_on = attempt.on


def raise_findings(visits: Sequence[Visit], attempt: Attempt) -> None:
    """Tell the bodies what was found."""
    drafts = Finding.objects.filter(visit__in=visits, state=Finding.State.DRAFT)
    perform_all(drafts, "raise", SYSTEM, at=attempt.at)


def _wrong(field: str, problem: str) -> Invalid:
    return Invalid(problem, fields={field: [problem]})
