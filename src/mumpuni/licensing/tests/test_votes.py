"""An application in plenary is put to a vote from its own page, and tells what became of it."""

import pytest
from django.test import Client
from django.urls import reverse

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.licensing.models import LicenceApplication
from mumpuni.licensing.tests import make
from mumpuni.plenary.tests import make as plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> LicenceApplication:
    return make.in_state("plenary")


def page_for(client: Client, role: Role, application: LicenceApplication) -> str:
    place = application.organisation if role == Role.BODY_ADMIN else access.authority()
    client.force_login(access.member(role, place))
    return client.get(application.get_absolute_url()).text


def test_the_secretariat_puts_an_application_on_an_agenda(
    client: Client, application: LicenceApplication
) -> None:
    address = reverse("plenary:put", args=["licensing.licenceapplication", "grant", application.pk])
    shown = page_for(client, Role.LICENSING_OFFICER, application)
    assert address in shown
    meeting = plenary.planned()

    client.post(address, {"meeting": meeting.pk})

    item = meeting.items.get()
    assert item.organisation == application.organisation
    after = page_for(client, Role.LICENSING_OFFICER, application)
    assert address not in after
    assert item.get_absolute_url() in after


def test_only_what_is_in_plenary_is_put_to_a_vote(client: Client) -> None:
    application = make.in_state("witness")

    assert "/pleno/ajukan/" not in page_for(client, Role.LICENSING_OFFICER, application)


def test_the_applicant_reads_nothing_before_the_count(
    client: Client, application: LicenceApplication
) -> None:
    item = plenary.listed(application, "grant", plenary.opened())
    plenary.vote(item, "yes", "yes", "no")

    assert "Diagendakan" in page_for(client, Role.LICENSING_OFFICER, application)
    assert "Diagendakan" not in page_for(client, Role.BODY_ADMIN, application)


def test_the_applicant_reads_the_outcome(client: Client, application: LicenceApplication) -> None:
    item = plenary.carried(application, "grant")

    shown = page_for(client, Role.BODY_ADMIN, application)

    assert "Disetujui" in shown
    assert item.get_absolute_url() not in shown
    assert "/pleno/" not in shown
