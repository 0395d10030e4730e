"""Who was entered by a body comes into their own by the e-mail address they gave."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from mumpuni.access.tests import make

REFUSAL = re.compile(r'<div class="notice".*?</div>', re.DOTALL)

pytestmark = pytest.mark.django_db


def claim(client: Client, number: str) -> tuple[int, str]:
    sent = {"document_kind": "nik", "document_number": number}
    answer = client.post(reverse("access:identity"), sent)
    return answer.status_code, answer.content.decode()


def test_an_account_is_tied_to_the_person_who_gave_its_confirmed_address(client: Client) -> None:
    user = make.user()
    make.confirm_email(user)
    known = make.individual(email=user.email.upper())
    client.force_login(user)

    status, _shown = claim(client, known.document_number)

    known.refresh_from_db()
    assert (status, known.user) == (302, user)
    assert known.name in client.get(reverse("access:account")).content.decode()


def test_k_40_an_unconfirmed_address_opens_nothing(client: Client) -> None:
    user = make.user()
    known = make.individual(email=user.email)
    client.force_login(user)

    status, shown = claim(client, known.document_number)

    known.refresh_from_db()
    assert (status, known.user) == (422, None)
    assert "K-40" in shown


def test_k_40_the_refusal_tells_nobody_whose_number_is_on_record(client: Client) -> None:
    other = make.individual(email="orang.lain@contoh.test")
    user = make.user()
    make.confirm_email(user)
    client.force_login(user)

    told = [
        REFUSAL.findall(claim(client, number)[1])
        for number in (other.document_number, "3174994101900002")
    ]

    assert told[0] == told[1]
    assert "K-40" in told[0][0]
