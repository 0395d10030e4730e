"""Endpoints of venues and their verification."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.pagination import paginate

from mumpuni.access.roles import Permission
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.assessment import actions, queries
from mumpuni.assessment.api.texts import Line, Name, Notes
from mumpuni.assessment.models import Venue, VenueVerification
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted
from mumpuni.reference.queries import region
from mumpuni.schemes.models import Scheme

router = Router()
PATH = "/venues"


class VenueVerificationOut(Schema):
    """For which scheme a venue was verified, when and by whom."""

    scheme: int
    letter_number: str
    verified_on: date
    first_verifier: str
    second_verifier: str

    @staticmethod
    def resolve_scheme(verification: VenueVerification) -> int:
        return verification.scheme_id


class VenueOut(Schema):
    """A venue; `region` is the code of a regency."""

    id: int
    state: Venue.State
    organisation: int
    name: str
    code: str
    kind: Venue.Kind
    keeper: str
    address: str
    region: str | None

    @staticmethod
    def resolve_organisation(venue: Venue) -> int:
        return venue.organisation_id

    @staticmethod
    def resolve_region(venue: Venue) -> str | None:
        return venue.region_id


class VenueInFull(VenueOut):
    """A venue with its verifications."""

    verifications: list[VenueVerificationOut]


class VenueIn(Schema):
    """A venue to add to one's own body."""

    name: Name
    code: Line
    kind: Venue.Kind
    keeper: Name
    address: Notes
    region: Line | None = None


class VenueAmendment(Schema):
    """What is to be changed; what is left out stays."""

    name: Name = ""
    code: Line = ""
    kind: Venue.Kind = Venue.Kind.TEMPORARY
    keeper: Name = ""
    address: Notes = ""
    region: Line | None = None


class VerificationIn(Schema):
    """A verification to enter; a newer one takes the place of the older for that scheme."""

    scheme: int
    letter_number: Line
    verified_on: date
    first_verifier: Name
    second_verifier: Name


@router.get(PATH, response=list[VenueOut])
@paginate(Pages)
def venues(
    request: ApiRequest, state: Venue.State | None = None, q: SearchText = ""
) -> QuerySet[Venue]:
    """List the venues you may see; `q` is part of a name."""
    found = queries.venues(request.auth).filter(name__icontains=q).order_by("pk")
    return found.filter(state=state) if state else found


@router.get(PATH + "/{int:pk}", response=VenueInFull)
def venue(request: ApiRequest, pk: int) -> Venue:
    """Show a venue."""
    return get_object_or_404(queries.venues_in_full(request.auth), pk=pk)


@router.post(PATH, response={201: VenueOut})
def begin_venue(request: ApiRequest, body: VenueIn) -> Status[Venue]:
    """Add a venue to your own body."""
    person = request.auth
    if person.organisation_id is None or not person.holds(Permission.VENUE_MANAGE):
        raise NotPermitted(_("Anda tidak berwenang membuat ini."))
    made = Venue(organisation_id=person.organisation_id, **_values(body.dict()))
    workflow.begin(made, person, at=timezone.now())
    return Status(201, made)


@router.patch(PATH + "/{int:pk}", response=VenueOut)
def amend_venue(request: ApiRequest, pk: int, body: VenueAmendment) -> Venue:
    """Change a venue's particulars."""
    found = get_object_or_404(queries.venues(request.auth), pk=pk)
    given = _values(body.dict(exclude_unset=True))
    workflow.amend(found, given, request.auth, at=timezone.now())
    return found


@router.post(PATH + "/{int:pk}/verifications", response=VenueInFull)
def verify_venue(request: ApiRequest, pk: int, body: VerificationIn) -> Venue:
    """Enter the verification of a venue for a scheme in the body's scope."""
    found = get_object_or_404(queries.venues(request.auth), pk=pk)
    today = timezone.localdate()
    scheme = queries.schemes_in_scope(found.organisation_id, on=today).filter(pk=body.scheme)
    verification = VenueVerification(**body.dict() | {"scheme": _one(scheme.first())})
    if verification.verified_on > today:
        raise Invalid(
            _("Tanggal verifikasi belum tiba."),
            fields={"verified_on": [_("Tanggal verifikasi belum tiba.")]},
        )
    change = actions.verify_venue(verification)
    workflow.amend_parts(found, "verifications", change, request.auth, at=timezone.now())
    return venue(request, pk)


def _one(scheme: Scheme | None) -> Scheme:
    if scheme is None:
        message = _("Skema ini tidak ada dalam lingkup lisensi.")
        raise Invalid(message, fields={"scheme": [message]})
    return scheme


def _values(given: dict[str, Any]) -> dict[str, Any]:
    if given.get("region") is not None:
        given["region"] = region(given["region"])
        if given["region"] is None:
            message = _("Kode wilayah ini tidak dikenal.")
            raise Invalid(message, fields={"region": [message]})
    return given


step_endpoints(router, PATH, Venue, queries.venues, VenueOut)
