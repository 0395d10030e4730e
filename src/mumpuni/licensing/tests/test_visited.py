"""An application tells of its visits, and who made them does not vote on it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
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
