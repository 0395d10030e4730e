"""The minutes on paper: who was there, what was decided, how each voted; for the authority alone."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.casework import queries
from mumpuni.casework.actions import file_of
from mumpuni.kernel.workflow import perform
from mumpuni.plenary.models import Meeting
from mumpuni.plenary.tests import make

pytestmark = pytest.mark.django_db


def closed(body: Organisation) -> Meeting:
    meeting = make.opened()
    item = make.listed(body, "admit", meeting)
    make.vote(item, "yes", "no", "yes")
    perform(item, "decide", make.secretary(), at=make.NOON)
    perform(meeting, "close", make.secretary(), at=make.NOON)
    return meeting


def test_the_minutes_tell_who_was_there_and_how_each_voted(body: Organisation) -> None:
    meeting = closed(body)
    [minutes] = queries.documents_of(meeting)

    pages = PdfReader(io.BytesIO(file_of(minutes, at=make.NOON))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())

    for words in (
        "RISALAH SIDANG",
        str(meeting.number),
        "LSP Pertama",
        "setuju 2, tolak 1",
        "Pimpinan sidang",
    ):
        assert words in said
    for member in meeting.members.all():
        assert str(member) in said


def test_d_08_the_minutes_are_for_the_authority_alone(body: Organisation) -> None:
    [minutes] = queries.documents_of(closed(body))
    client = Client()
    client.force_login(access.member(Role.BODY_ADMIN, body))

    for one in (Client(), client):
        assert one.get(f"{minutes.get_absolute_url()}.pdf").status_code == 404


def test_minutes_about_a_made_up_body_say_so() -> None:
    [minutes] = queries.documents_of(closed(access.organisation(simulated=True)))

    assert minutes.simulated


def test_the_page_of_the_meeting_leads_to_its_minutes(body: Organisation) -> None:
    meeting = closed(body)
    [minutes] = queries.documents_of(meeting)
    client = Client()
    client.force_login(access.member(Role.LICENSING_OFFICER))
    session = client.session
    session["has_mfa"] = True
    session.save()

    page = client.get(meeting.get_absolute_url()).content.decode()

    assert f"{minutes.get_absolute_url()}.pdf" in page
