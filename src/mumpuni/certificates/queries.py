"""What pages, endpoints and other packages read of certificates."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.access.queries import organisation_of
from mumpuni.access.roles import Permission
from mumpuni.assessment.models import Candidate, Session
from mumpuni.assessment.queries import search_sessions, sessions
from mumpuni.certificates.models import (
    Certificate,
    CertificateCheck,
    CertificateRequest,
    IssuedInYear,
    IssueRefusal,
    LookupCount,
    MisuseReport,
    Replacement,
    VerificationReceipt,
    numbers,
)
from mumpuni.certificates.models.certificates import CertificateQuerySet
from mumpuni.kernel.counting import count_of
from mumpuni.kernel.errors import NotPermitted
from mumpuni.kernel.finding import having

OPEN_REQUESTS = [
    CertificateRequest.State.DRAFT,
    CertificateRequest.State.SUBMITTED,
    CertificateRequest.State.APPROVED,
]


def requester(person: Person) -> Organisation:
    """Return the body that would ask for certificates; one query.

    Raises:
        NotPermitted: the person acts for nobody.
    """
    organisation = organisation_of(person)
    if organisation is None:
        raise NotPermitted(_("Permohonan sertifikat diajukan atas nama LSP."))
    return organisation


def sessions_to_request(person: Person) -> QuerySet[Session]:
    """Return the body's closed sessions with somebody who waits and no request under way."""
    if person.organisation_id is None:
        return Session.objects.none()
    waiting = Candidate.objects.filter(
        session=OuterRef("pk"), state=Candidate.State.COMPETENT, certificates=None
    )
    under_way = CertificateRequest.objects.filter(session=OuterRef("pk"), state__in=OPEN_REQUESTS)
    return (
        sessions(person)
        .filter(Exists(waiting), ~Exists(under_way), state=Session.State.CLOSED)
        .filter(organisation_id=person.organisation_id)
        .select_related("scheme_version")
        .order_by("-held_on", "pk")
    )


def requests(person: Person) -> QuerySet[CertificateRequest]:
    """Return the requests one may see, with `asked_count` and `issued_count`."""
    return (
        CertificateRequest.objects.visible_to(person)
        .select_related("organisation", "session__scheme_version")
        .annotate(
            asked_count=count_of(_asked_for()),
            issued_count=count_of(Certificate.objects.filter(request=OuterRef("pk"))),
        )
    )


def _asked_for() -> QuerySet[Candidate]:
    """Return the competent candidates of a request's session, less those of other requests."""
    of_another = Certificate.objects.filter(candidate=OuterRef("pk")).exclude(
        request=OuterRef(OuterRef("pk"))
    )
    return Candidate.objects.filter(
        ~Exists(of_another), session=OuterRef("session"), state=Candidate.State.COMPETENT
    )


def refusals(request: CertificateRequest) -> QuerySet[IssueRefusal]:
    """Return who was passed over when a request was issued, and why."""
    return request.refusals.select_related("candidate__individual")


def search_requests(rows: QuerySet[CertificateRequest], text: str) -> QuerySet[CertificateRequest]:
    """Keep the requests for sessions whose number, scheme, venue or body has every word."""
    return rows.filter(session__in=search_sessions(Session.objects.all(), text))


def request_in_full(person: Person) -> QuerySet[CertificateRequest]:
    """Return the requests one may see with what the rules of their steps follow."""
    return requests(person).prefetch_related(*CertificateRequest.workflow.prefetches)


def certificates(person: Person) -> CertificateQuerySet:
    """Return the certificates one may see: all, one's organisation's, or one's own."""
    return Certificate.objects.visible_to(person).select_related("organisation")


def certificate_in_full(person: Person) -> QuerySet[Certificate]:
    """Return the certificates one may see with what their page shows."""
    return (
        certificates(person)
        .select_related("candidate__session", "credential", "request", "replaces", "replaced_by")
        .prefetch_related("replacements", *Certificate.workflow.prefetches)
    )


def search(rows: QuerySet[Certificate], typed: str) -> QuerySet[Certificate]:
    """Find by a number in any writing, or by words of the holder's name."""
    if number := numbers.as_certificate_number(typed):
        return rows.filter(number=number)
    if number := numbers.as_registration_number(typed):
        return rows.filter(registration_number=number)
    if number := numbers.as_blank_number(typed):
        return rows.filter(blank_number=number)
    return rows.filter(having("holder_name", typed))


def own_certificates(person: Person) -> CertificateQuerySet:
    """Return the certificates one holds, those that stand first."""
    held = Q(candidate__individual__user_id=person.user_id)
    return certificates(person).filter(held).select_related("credential").standing_first()


def replacements(person: Person) -> QuerySet[Replacement]:
    """Return the replacements one may see."""
    return Replacement.objects.visible_to(person).select_related("certificate__organisation")


def replacement_in_full(person: Person) -> QuerySet[Replacement]:
    """Return the replacements one may see with what the rules of their steps follow."""
    return (
        replacements(person)
        .select_related("certificate__replaced_by")
        .prefetch_related(*Replacement.workflow.prefetches)
    )


def reports(person: Person) -> QuerySet[MisuseReport]:
    """Return the reports of misuse one may see."""
    return MisuseReport.objects.visible_to(person)


def issued_by_year() -> dict[int, int]:
    """Return how many certificates each year saw issued, reissues left out; two queries.

    Those counted so far come from the roll-up, those issued since from the certificates.
    """
    tallies = list(IssuedInYear.objects.all())
    counted_to = max((tally.counted_to for tally in tallies), default=0)
    since, _counted_to = count_by_year(after=counted_to)
    return dict(sorted((Counter({one.year: one.total for one in tallies}) + since).items()))


def count_by_year(*, after: int = 0) -> tuple[Counter[int], int]:
    """Count the certificates of higher keys by year; return the highest key too; one query."""
    issued = Certificate.objects.filter(pk__gt=after, replaces=None).order_by()
    rows = issued.values_list(ExtractYear("issued_on")).annotate(Count("pk"), Max("pk"))
    found = list(rows)
    by_year = Counter({year: total for year, total, _ in found})
    return by_year, max((newest for _, _, newest in found), default=after)


def latest_check(person: Person) -> CertificateCheck | None:
    """Return what came of the last comparison with the log, for those who audit; one query.

    Raises:
        NotPermitted: the person does not.
    """
    if not person.holds(Permission.AUDIT_VIEW):
        raise NotPermitted(_("Hasil pemeriksaan dibaca oleh auditor."))
    return CertificateCheck.objects.order_by("pk").last()


def receipt(public_id: str) -> VerificationReceipt | None:
    """Return what is kept of a batch of verifications, by the code on its files; one query."""
    return VerificationReceipt.objects.filter(pk=public_id).first()


def lookups_by(field: str, *, since: date) -> dict[str, int]:
    """Return how many certificates were looked up by `verdict` or `channel`; one query."""
    rows = LookupCount.objects.filter(day__gte=since).order_by()
    return dict(rows.values_list(field).annotate(Sum("total")))
