"""Header and footer offer what somebody may use, and have use for."""

import re

import pytest
from django.test import Client

from mumpuni.access.person import Person
from mumpuni.access.roles import Permission, Role
from mumpuni.web.navigation import Entry, Link, links

ENTRIES = [
    Entry("portal:statistics", "Statistik"),
    Entry("portal:desk", "Meja kerja", Permission.TOKEN_MANAGE),
    Entry("certificates:certificates", "Sertifikat", Permission.CERTIFICATE_VIEW),
    Entry("certificates:own", "Sertifikat saya", Permission.CERTIFICATE_HOLD, alone=True),
]
HOLDER = Person(1, "Pemegang", frozenset({Role.INDIVIDUAL}))
ADMINISTRATOR = Person(2, "Admin", frozenset({Role.BODY_ADMIN, Role.INDIVIDUAL}), organisation_id=1)


def labels(person: Person) -> list[str]:
    return [str(link.label) for link in links(ENTRIES, person, "/")]


def test_a_stranger_is_offered_what_is_for_everybody() -> None:
    assert links(ENTRIES, None, "/") == [
        Link("/statistik/", "Statistik", current=False, public=True)
    ]


def test_somebody_is_offered_what_they_may_use() -> None:
    assert labels(HOLDER) == ["Statistik", "Meja kerja", "Sertifikat saya"]


def test_who_acts_for_an_organisation_is_offered_its_work_and_not_their_own() -> None:
    assert labels(ADMINISTRATOR) == ["Statistik", "Meja kerja", "Sertifikat"]


def test_the_longest_beginning_of_the_address_is_where_one_is() -> None:
    both = [entry for entry in ENTRIES if not entry.alone]

    shown = links(
        [*both, Entry("certificates:requests", "Permohonan")],
        ADMINISTRATOR,
        "/sertifikat/permohonan/1/",
    )

    assert [link.label for link in shown if link.current] == ["Permohonan"]


@pytest.mark.django_db
def test_every_page_leads_to_the_public_log_and_says_when_one_is_there(client: Client) -> None:
    elsewhere, there = (
        re.findall(r"<footer.*</footer>", client.get(address).text, re.DOTALL)[0]
        for address in ("/akun/login/", "/log/")
    )

    assert '<a href="/log/">Log publik</a>' in elsewhere
    assert '<a href="/log/" aria-current="true">Log publik</a>' in there
