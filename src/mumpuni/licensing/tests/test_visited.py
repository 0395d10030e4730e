"""An application tells of its visits; they hold up its phases (L-26, L-27) and their makers' votes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import perform
from mumpuni.licensing.models import LicenceApplication
from mumpuni.licensing.tests import make
from mumpuni.plenary.models import Ballot
from mumpuni.plenary.tests import make as plenary
from mumpuni.visits.models import Kind
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> LicenceApplication:
    return make.in_state("plenary")


def page_for(client: Client, role: Role, application: LicenceApplication) -> str:
    place = application.organisation if role == Role.BODY_ADMIN else access.authority()
    client.force_login(access.member(role, place))
    return client.get(application.get_absolute_url()).text


def test_an_officer_plans_a_visit_from_the_application(
    client: Client, application: LicenceApplication
) -> None:
    address = reverse("visits:plan-about", args=["licensing.licenceapplication", application.pk])

    assert address in page_for(client, Role.LICENSING_OFFICER, application)
    assert address not in page_for(client, Role.BODY_ADMIN, application)


def test_an_application_tells_of_its_visits_and_findings(
    client: Client,
    application: LicenceApplication,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    visit = visits.reported_visit(application, Kind.ASSESSMENT, findings=["major"])
    [finding] = visit.findings.all()
    other = visits.planned_visit(make.in_state("witness").organisation)
    client.force_login(access.member(Role.BODY_ADMIN, application.organisation))

    with django_assert_max_num_queries(20):
        shown = client.get(application.get_absolute_url()).text

    assert visit.get_absolute_url() in shown
    assert finding.get_absolute_url() in shown
    assert other.get_absolute_url() not in shown


def test_p06_l15_who_visited_does_not_vote(application: LicenceApplication) -> None:
    voters = [plenary.voter() for _ in range(3)]
    visits.reported_visit(application, Kind.WITNESS, team=[visits.assessor(voters[0])])

    item = plenary.listed(application, "grant", plenary.opened(voters))

    [ballot] = item.ballots.all()
    assert (ballot.user, ballot.choice) == (voters[0], Ballot.Choice.EXCLUDED)
    assert ballot.reason == "Ikut dalam kunjungan untuk perkara ini."


def assess(application: LicenceApplication) -> str:
    """End the full assessment; return the rule that refuses it."""
    try:
        perform(
            application,
            "assess",
            access.person(Role.LICENSING_ASSESSOR, of=access.authority()),
            at=visits.noon(visits.TODAY),
            note="Selesai.",
        )
    except Refused as refused:
        return refused.code
    return ""


def test_l26_a_phase_ends_after_its_visit_is_reported() -> None:
    application = make.in_state("full_assessment")
    assert assess(application) == "N-20"

    visit = visits.planned_visit(application, Kind.ASSESSMENT, team=[visits.assessor()])
    assert assess(application) == "N-20"

    perform(visit, "cancel", visits.officer(), at=visits.noon(visits.TODAY), note="Batal.")
    visits.reported_visit(application, Kind.ASSESSMENT)
    assert assess(application) == ""


def test_l26_a_visit_of_another_phase_does_not_count() -> None:
    application = make.in_state("full_assessment")
    visits.reported_visit(application, Kind.WITNESS)

    assert assess(application) == "N-20"


def test_l26_a_renewal_has_its_performance_reviewed() -> None:
    body = make.licensed_body(on=visits.TODAY - timedelta(days=5 * 365 - 30))
    application = make.ready("renewal", body, on=visits.TODAY)
    make.advance(application, "full_assessment", on=visits.TODAY)
    visits.reported_visit(application, Kind.ASSESSMENT)
    assert assess(application) == "N-20"

    visits.reported_visit(application, Kind.REVIEW)
    assert assess(application) == ""


def test_l27_a_finding_is_settled_before_the_phase_ends() -> None:
    application = make.in_state("full_assessment")
    visit = visits.reported_visit(
        application, Kind.ASSESSMENT, findings=["major"], recommendation="positive"
    )
    assert assess(application) == "N-21"

    visits.close(visit.findings.get())
    assert assess(application) == ""


def test_l15_who_assessed_an_applicant_does_not_vote_on_it() -> None:
    application = make.in_state("full_assessment")
    voters = [plenary.voter() for _ in range(3)]
    by = access.person(Role.LICENSING_ASSESSOR, of=access.authority(), by=voters[1])
    make.visited(application)
    perform(application, "assess", by, at=visits.noon(visits.TODAY), note="Selesai.")
    make.visited(application)
    perform(application, "witness", by, at=visits.noon(visits.TODAY), note="Selesai.")

    item = plenary.listed(application, "grant", plenary.opened(voters))

    assert [(one.user, one.reason) for one in item.ballots.all()] == [
        (voters[1], "Ikut menilai pemohon ini.")
    ]
