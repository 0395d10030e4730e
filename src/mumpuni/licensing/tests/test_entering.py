"""Licences granted before this system are entered, many at once (L-54)."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import NotPermitted, Refused
from mumpuni.licensing import actions
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db
NOON = make.noon(make.GRANTED_ON)


def test_an_entered_licence_stands_as_its_source_tells() -> None:
    scheme = schemes.verified_scheme()
    entry = replace(make.entered("LSP Lama", on=date(2023, 5, 8)), schemes=[scheme])

    actions.enter_licences([entry], SYSTEM, at=NOON)

    licence = Licence.objects.get(organisation__name="LSP Lama")
    assert licence.number == f"BNSP-LSP-{licence.organisation.code}-ID"
    assert licence.source == "Daftar lisensi BNSP"
    assert (licence.status_on(date(2023, 5, 7)), licence.status_on(date(2023, 5, 8))) == (
        "not_licensed",
        "active",
    )
    assert licence.last_day == date(2028, 5, 7)
    assert [row.scheme_version for row in licence.standing_scope] == [scheme]


def test_the_last_day_is_the_one_of_the_source() -> None:
    entry = replace(make.entered(), valid_until=date(2026, 3, 31))

    [licence] = actions.enter_licences([entry], SYSTEM, at=NOON)

    assert licence.last_day == date(2026, 3, 31)


def test_l_54_an_entered_licence_names_its_source() -> None:
    entry = replace(make.entered(), source=" ")

    with pytest.raises(Refused) as refused:
        actions.enter_licences([entry], SYSTEM, at=NOON)

    assert refused.value.code == "L-54"
    assert not Licence.objects.exists()


def test_the_next_licence_is_numbered_after_those_entered() -> None:
    last = make.licence().ordinal

    granted = make.granted_body().licence

    assert granted.ordinal == last + 1


def test_a_body_enters_no_licence() -> None:
    actor = access.person(Role.BODY_ADMIN, of=make.applicant())

    with pytest.raises(NotPermitted):
        actions.enter_licences([make.entered()], actor, at=NOON)


def test_many_take_as_many_statements_as_few() -> None:
    scheme = schemes.verified_scheme()

    def statements(count: int) -> int:
        entries = [replace(make.entered(), schemes=[scheme]) for _ in range(count)]
        with CaptureQueriesContext(connection) as taken:
            actions.enter_licences(entries, SYSTEM, at=NOON)
        return len(taken)

    assert statements(2) == statements(50)


@pytest.fixture
def row() -> dict[str, str]:
    return {
        "nomor_lisensi": "BNSP-LSP-018-ID",
        "nama": "LSP Lembar",
        "surel": "kantor@lembar.test",
        "alamat": "Jalan Lembar 1",
        "kode_wilayah": make.region().code,
        "jenis": "p3",
        "jenis_pembentuk": "association",
        "pembentuk": "Asosiasi Lembar",
        "asesi": "sector",
        "sektor": "TIK",
        "nomor_sk": "KEP.1/BNSP/I/2022",
        "berlaku_mulai": "2022-01-10",
        "berlaku_sampai": "",
        "nomor_skema": str(schemes.verified_scheme(at=NOON).scheme.number),
        "sumber": "Salinan SK",
    }


def sheet(folder: Path, *rows: dict[str, str]) -> Path:
    """Write a sheet as office programs do, with a byte order mark."""
    path = folder / "lisensi.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_sheet_is_entered_by_one_command(tmp_path: Path, row: dict[str, str]) -> None:
    call_command("enter_licences", str(sheet(tmp_path, row)), verbosity=0)

    licence = Licence.objects.get()
    assert (licence.number, licence.ordinal) == ("BNSP-LSP-0018-ID", 18)
    assert (licence.organisation.name, licence.last_day) == ("LSP Lembar", date(2027, 1, 9))
    assert licence.standing_scope


@pytest.mark.parametrize(
    "wrong",
    [
        {"nomor_lisensi": "18"},
        {"nama": ""},
        {"nama": "x" * 201},
        {"surel": "bukan surel"},
        {"kode_wilayah": "99.99"},
        {"jenis": "p4"},
        {"jenis_pembentuk": "company"},
        {"sektor": "tik!"},
        {"nomor_sk": ""},
        {"berlaku_mulai": "besok"},
        {"berlaku_sampai": "2021-12-31"},
        {"nomor_skema": "SKM/0"},
        {"sumber": " "},
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_entered(
    tmp_path: Path, row: dict[str, str], wrong: dict[str, str]
) -> None:
    good = row | {"nomor_lisensi": "BNSP-LSP-0019-ID"}

    with pytest.raises(CommandError, match="Baris 3"):
        call_command("enter_licences", str(sheet(tmp_path, good, row | wrong)))

    assert not Licence.objects.exists()


def test_a_row_that_breaks_off_is_named(tmp_path: Path, row: dict[str, str]) -> None:
    path = sheet(tmp_path, row)
    path.write_text(path.read_text(encoding="utf-8-sig") + "BNSP-LSP-0020-ID,LSP Putus\n")

    with pytest.raises(CommandError, match="Baris 3"):
        call_command("enter_licences", str(path))


def test_a_number_is_entered_once(tmp_path: Path, row: dict[str, str]) -> None:
    with pytest.raises(CommandError, match="sudah ada"):
        call_command("enter_licences", str(sheet(tmp_path, row, row)))


@pytest.mark.parametrize("content", [b"", b"nama\nLSP\n", b"\xff\xfe\x00"])
def test_what_is_no_such_sheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lain.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("enter_licences", str(path))
