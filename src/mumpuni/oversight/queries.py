"""Reading cases, obligations and appeals: what the authority sees, and what a body is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404

from mumpuni.access.roles import Permission, Reach
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.oversight.models import Appeal, Obligation, ObligationFile, SanctionCase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mumpuni.access.person import Person
    from mumpuni.kernel.queries import HistoryLine

# what a body reads in the trail of its case: what was asked of it, and the decree
TOLD_STEPS = frozenset({"hear", "answer", "lapse", "decree"})
APPEALABLE: dict[str, type[SanctionCase | LicenceApplication]] = {
    kind._meta.label_lower: kind for kind in (SanctionCase, LicenceApplication)
}


def sees_all(person: Person) -> bool:
    """Tell whether somebody sees what bodies are not told of."""
    return Reach.NATIONAL in person.reaches(Permission.SANCTION_VIEW)


def cases(person: Person) -> QuerySet[SanctionCase]:
    """Return the cases a person may see; a body sees its own once it was heard or it is decreed."""
    seen = SanctionCase.objects.visible_to(person)
    if not sees_all(person):
        seen = seen.told()
    return seen.select_related("organisation", "licence")


def case_in_full(person: Person) -> QuerySet[SanctionCase]:
    """Return the same with all that its page and its steps read."""
    return (
        cases(person)
        .select_related("sanction", "licence__organisation")
        .prefetch_related("organisation__memberships")
    )


def told(lines: Iterable[HistoryLine], person: Person) -> list[HistoryLine]:
    """Keep what a person is told of the history of a case."""
    if sees_all(person):
        return list(lines)
    own = person.organisation_id
    return [
        line for line in lines if line.event.step in TOLD_STEPS or line.event.organisation_id == own
    ]


def obligations(person: Person) -> QuerySet[Obligation]:
    """Return the obligations a person may see; a body sees its own once they are in force."""
    seen = Obligation.objects.visible_to(person)
    if not sees_all(person):
        seen = seen.told()
    return seen.select_related("organisation")


def obligation_in_full(person: Person) -> QuerySet[Obligation]:
    """Return the same with files and what the rules follow."""
    return obligations(person).prefetch_related("files", "organisation__memberships")


def obligations_of(case: SanctionCase, person: Person) -> QuerySet[Obligation]:
    """Return what a case obliges to, as far as the person is told of it."""
    of_case = Obligation.objects.about(case).values("pk")
    return obligations(person).filter(pk__in=of_case).order_by("pk")


def files(person: Person, obligation_id: int) -> QuerySet[ObligationFile]:
    """Return the files of an obligation one may see."""
    return ObligationFile.objects.filter(
        obligation__in=obligations(person).filter(pk=obligation_id)
    )


def appeals(person: Person) -> QuerySet[Appeal]:
    """Return the appeals a person may see."""
    return Appeal.objects.visible_to(person).select_related("organisation")


def appeal_in_full(person: Person) -> QuerySet[Appeal]:
    """Return the same with what the rules follow."""
    return appeals(person).prefetch_related("organisation__memberships")


def appeal_of(case: SanctionCase) -> Appeal | None:
    """Return the appeal against a case that was not withdrawn."""
    return Appeal.objects.about(case).exclude(state=Appeal.State.WITHDRAWN).first()


def decisions(person: Person) -> list[SanctionCase | LicenceApplication]:
    """Return what was decided against a body and it did not appeal against; two queries."""
    own = person.organisation_id
    decreed = cases(person).filter(state=SanctionCase.State.DECREED, organisation=own)
    refused = LicenceApplication.objects.visible_to(person).filter(
        state=LicenceApplication.State.REFUSED, organisation=own
    )
    return [
        *_without_appeal(decreed.exclude(kind=SanctionCase.Kind.LIFTING)),
        *_without_appeal(refused.select_related("organisation")),
    ]


def _without_appeal[M: SanctionCase | LicenceApplication](rows: QuerySet[M]) -> QuerySet[M]:
    standing = Appeal.objects.exclude(state=Appeal.State.WITHDRAWN)
    kind = rows.model._meta.label_lower
    return rows.exclude(Exists(standing.filter(case_kind=kind, case_id=OuterRef("pk"))))


def decision(person: Person, kind: str, pk: int) -> SanctionCase | LicenceApplication:
    """Return what an appeal may be about, as far as the person may see it.

    Raises:
        Http404: there is no such decision, or not for them.
    """
    model = APPEALABLE.get(kind)
    if model is None:
        raise Http404
    rows = cases(person) if model is SanctionCase else model.objects.visible_to(person)
    found: SanctionCase | LicenceApplication | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def licence_called(organisation_id: int) -> Licence | None:
    """Return the licence of a body with what opening a case reads."""
    return (
        Licence.objects.select_related("organisation")
        .prefetch_related("sanctions", "organisation__memberships")
        .filter(organisation=organisation_id)
        .first()
    )


def with_appeal_state(rows: QuerySet[Licence]) -> QuerySet[Licence]:
    """Add `appeal_state`, of the newest appeal against a sanction that is not lifted."""
    standing = SanctionCase.objects.public().filter(
        licence=OuterRef(OuterRef("pk")), sanction__lifted_on=None
    )
    appeals = Appeal.objects.exclude(state=Appeal.State.WITHDRAWN).filter(
        case_kind=SanctionCase._meta.label_lower, case_id__in=standing.values("pk")
    )
    return rows.annotate(appeal_state=Subquery(appeals.order_by("-pk").values("state")[:1]))


def public_cases() -> QuerySet[SanctionCase]:
    """Return the decrees that everybody may know, the newest first, with `appeal_state`."""
    appeals = Appeal.objects.exclude(state=Appeal.State.WITHDRAWN).filter(
        case_kind=SanctionCase._meta.label_lower, case_id=OuterRef("pk")
    )
    return (
        SanctionCase.objects.public()
        .select_related("organisation", "licence", "sanction")
        .annotate(appeal_state=Subquery(appeals.values("state")[:1]))
        .order_by("-effective_on", "-pk")
    )
