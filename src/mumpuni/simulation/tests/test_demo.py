"""The demonstration is whole: made by the verbs, labelled, made once, and told to whoever runs it."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from mumpuni.access.models import Individual, Membership, Organisation
from mumpuni.access.roles import AUTHORITY_ROLES, BODY_ROLES, Role
from mumpuni.assessment.models import Candidate
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.certificates.queries import sessions_to_request
from mumpuni.kernel.errors import Refused
from mumpuni.licensing.models import Licence
from mumpuni.licensing.queries import Status, status_on
from mumpuni.licensing.rules import check_active
from mumpuni.simulation.demo import cast, freezes, make, welcome, world

pytestmark = pytest.mark.django_db


def test_simulated_records_are_made_only_where_they_are_welcome(settings: LazySettings) -> None:
    settings.SIMULATED = False

    with pytest.raises(CommandError, match="MUMPUNI_SIMULATED"):
        call_command("simulate_demo")


def test_the_code_is_one_that_sign_in_accepts() -> None:
    told = StringIO()
    call_command("demo_code", stdout=told)

    assert validate_totp_code(cast.SECOND_FACTOR, told.getvalue().strip())


def test_the_world_is_whole(settings: LazySettings) -> None:
    settings.SIMULATED = True
    call_command("load_reference", verbosity=0, stdout=StringIO())
    told = StringIO()
    call_command("simulate_demo", stdout=told)
    assert told.getvalue() == "made\n"
    assert not make(), "a second run starts from what is there"

    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles >= AUTHORITY_ROLES | BODY_ROLES
    everything_is_labelled()
    a_session_of_twenty_has_its_certificates()
    a_decided_session_waits_for_its_request()
    seven_were_frozen_in_2024()
    the_frozen_one_was_active_the_day_before()
    whoever_starts_it_is_told_what_to_open()


def everything_is_labelled() -> None:
    bodies = Organisation.objects.filter(kind=Organisation.Kind.CERTIFICATION_BODY)
    assert not bodies.filter(simulated=False).exists()
    for kind in (Licence, Individual, Certificate):
        assert not kind.objects.filter(simulated=False).exists()


def a_session_of_twenty_has_its_certificates() -> None:
    request = CertificateRequest.objects.get(
        organisation__name=world.BODY, state=CertificateRequest.State.ISSUED
    )
    decided = Counter(request.session.candidates.values_list("state", flat=True))
    assert decided == {Candidate.State.COMPETENT: 17, Candidate.State.NOT_YET_COMPETENT: 3}
    states = Counter(request.certificates.values_list("state", flat=True))
    assert states == {"valid": 15, "revoked": 1, "replaced": 1, "suspended": 1}
    assert not request.certificates.filter(credential=None).exists()


def a_decided_session_waits_for_its_request() -> None:
    admin = Membership.objects.get(role=Role.BODY_ADMIN, organisation__name=world.BODY)
    person = cast.Account(admin.user, Role.BODY_ADMIN, admin.organisation).person
    (session,) = sessions_to_request(person)
    assert session.candidates.filter(state=Candidate.State.COMPETENT).count() == 3


def seven_were_frozen_in_2024() -> None:
    frozen = {
        licence.organisation.name: licence.sanctions.get().effective_on
        for licence in Licence.objects.filter(state=Licence.State.FROZEN)
    }
    assert len(frozen) == 7
    assert frozen["LSP SMKN 1 Singaraja"] == date(2024, 11, 21)
    assert frozen["LSP Pertahkindo Konstruksi Nasional"] == date(2024, 12, 31)
    seats = Organisation.objects.filter(name__in=frozen).values_list("name", "region__name")
    assert {name: place for name, place in seats if place} == {
        "LSP SMKN 1 Singaraja": "Kabupaten Buleleng"
    }


def the_frozen_one_was_active_the_day_before() -> None:
    licence = Licence.objects.get(organisation__name=freezes.WITH_CERTIFICATES)
    assert status_on(licence, date(2024, 12, 5)) == Status.ACTIVE
    assert status_on(licence, date(2024, 12, 7)) == Status.FROZEN
    with pytest.raises(Refused) as refused:
        check_active(licence.organisation_id, date(2024, 12, 7))
    assert refused.value.code == "L-10"
    assert Certificate.objects.filter(organisation=licence.organisation, state="valid").count() == 4


def whoever_starts_it_is_told_what_to_open() -> None:
    text = welcome("http://127.0.0.1:8000")
    certificate = Certificate.objects.filter(state="revoked").get()
    assert f"http://127.0.0.1:8000/v/{certificate.public_id}" in text
    assert cast.PASSWORD in text
    assert "Revoked" in text
    assert "Licensing officer of BNSP" in text
    assert world.HOLDER in text
