"""The generated pages tell what the code does, and tell when they no longer do."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from inline_snapshot import snapshot

from mumpuni.config import documentation
from mumpuni.config.documentation import markdown, openapi, permissions, policies, records
from mumpuni.config.documentation.workflows import diagram
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.tests.parcel import Parcel
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import LicenceApplication


def test_a_diagram_shows_states_steps_begin_and_end() -> None:
    assert diagram(Parcel) == snapshot("""\
stateDiagram-v2
    open: Terbuka
    packed: Dikemas
    sent: Dikirim
    [*] --> open
    open --> packed: Kemas
    packed --> sent: Kirim
    packed --> open: Buka lagi
    sent --> [*]\
""")


def test_a_rule_stands_by_its_number_and_one_without_by_its_name() -> None:
    def numbered(parcel: Parcel, attempt: Attempt) -> None:
        raise Refused("Terlalu jauh.", code="K-98")

    def nameless(parcel: Parcel, attempt: Attempt) -> None:
        """Agree to everything."""

    assert records.numbers([nameless, numbered]) == ["K-98", "nameless"]


def test_a_rule_that_hands_over_stands_by_the_number_it_hands_over_to() -> None:
    returning = LicenceApplication.workflow["return"]

    assert records.numbers(returning.rules) == ["L-14"]


def test_records_that_only_tests_have_are_left_out() -> None:
    assert Parcel not in set(records.kinds())


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert markdown.table(["A"], [["1 | 2"]]) == "| A |\n| --- |\n| 1 \\| 2 |"


def test_every_policy_is_told_with_its_source() -> None:
    page = policies.page()

    assert [name for name, one in Policy.registered.items() if one.source not in page] == []


def test_every_permission_is_told_with_its_holders() -> None:
    assert "| `licence.decide` | `plenary_member` |" in permissions.page()


def test_the_api_is_described_in_plain_json() -> None:
    assert json.loads(openapi.document())["info"]["title"] == "Mumpuni"


def test_what_was_just_written_is_up_to_date(tmp_path: Path) -> None:
    written = documentation.write(tmp_path)

    assert {path.name for path in written} == {
        "openapi.json",
        "permissions.md",
        "policies.md",
        "workflows.md",
    }
    assert documentation.stale(tmp_path) == []


def test_a_changed_a_missing_and_a_superfluous_page_are_named(tmp_path: Path) -> None:
    documentation.write(tmp_path)
    (tmp_path / "workflows.md").write_text("changed by hand")
    (tmp_path / "policies.md").unlink()
    (tmp_path / "old.md").touch()

    names = [path.name for path in documentation.stale(tmp_path)]

    assert names == ["old.md", "policies.md", "workflows.md"]
    documentation.write(tmp_path)
    assert documentation.stale(tmp_path) == []


def test_the_check_fails_and_names_what_is_stale(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = documentation.FOLDER / "workflows.md"
    monkeypatch.setattr(documentation, "stale", lambda: [page])

    with pytest.raises(CommandError, match="make docs"):
        call_command("docs", check=True)

    assert capsys.readouterr().out.strip() == "docs/generated/workflows.md"
