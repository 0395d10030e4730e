from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.kernel.workflow import amend

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        call_command("verify", *arguments)
    code = ended.value.code
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize(
    ("state", "status"), [("valid", 0), ("suspended", 1), ("revoked", 1), ("replaced", 0)]
)
def test_the_exit_status_tells_whether_it_is_valid(
    state: str, status: int, certificate: Certificate
) -> None:
    make.take_to(certificate, state)

    # by its number, what stands now is meant: a replacement answers for the one it replaces
    assert verify(certificate.number) == status


def test_a_replaced_certificate_is_not_valid_by_its_own_code(certificate: Certificate) -> None:
    assert verify(make.take_to(certificate, "replaced").public_id) == 1


@pytest.mark.parametrize("typed", ["62010 2512 3 0000042 2026", "bukan nomor", "12345678", "\x00"])
def test_what_is_unknown_exits_with_two(typed: str) -> None:
    assert verify(typed) == 2


def test_spaces_need_no_quotes(
    capsys: pytest.CaptureFixture[str], certificate: Certificate
) -> None:
    assert verify(*certificate.number.split()) == 0

    written = capsys.readouterr().out
    assert written.startswith("BERLAKU\n")
    assert "Dewi Ayu" in written


def test_json_is_what_the_api_answers(
    capsys: pytest.CaptureFixture[str], certificate: Certificate
) -> None:
    assert verify(certificate.number, "--json") == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "valid"
    assert answer["holds"] is True
    assert answer["certificate"]["number"] == certificate.number


def test_a_name_is_confirmed_or_denied(certificate: Certificate) -> None:
    amend(certificate, {"blank_number": "12345678"}, admin(certificate.organisation), at=noon())

    assert verify("12345678", "--name", "Dewi Ayu") == 0
    assert verify("12345678", "--name", "Budi") == 2
