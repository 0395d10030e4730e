"""The life of a scheme: what it must have, who decides, and that it never changes afterwards."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from inline_snapshot import snapshot

from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import NotPermitted, Refused, WrongState
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import amend, begin, perform
from mumpuni.schemes import actions, jobs, queries
from mumpuni.schemes.models import CompetencyStandard, Scheme, SchemeUnit, SchemeVersion
from mumpuni.schemes.models.codes import unit_codes_in
from mumpuni.schemes.tests import make

pytestmark = pytest.mark.django_db
NOON = make.NOON
CORE, ELECTIVE = SchemeUnit.Part.CORE, SchemeUnit.Part.ELECTIVE


def codes_of(version: SchemeVersion) -> list[tuple[str, str]]:
    return [(row.unit.code, row.part) for row in queries.units_of(version)]


def keys_of(version: SchemeVersion) -> list[int]:
    return [row.unit_id for row in queries.units_of(version)]


def test_a_verified_scheme_has_the_number_of_its_owner_sector_kind_and_year() -> None:
    body = access.organisation(code="1565")

    first = make.verified_scheme(body)
    second = make.verified_scheme(body, kind=Scheme.Kind.CLUSTER)
    other = make.verified_scheme()

    assert first.number == "SKM/1565/00010/2/2026/1"
    assert second.number == "SKM/1565/00010/3/2026/2"
    assert other.number == "SKM/BNSP/00010/2/2026/1"
    assert first.state == SchemeVersion.State.VERIFIED
    assert first.verified_on == NOON.date()


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"title": "   "}, "S-01"),
        ({"units": 0}, "S-02"),
        ({"kind": Scheme.Kind.KKNI, "kkni_level": None}, "S-05"),
        ({"kbli": None}, "S-06"),
        ({"kbji": None}, "S-06"),
    ],
)
def test_an_incomplete_scheme_is_not_submitted(broken: dict[str, Any], code: str) -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.draft_scheme(body, by=author, **broken)

    with pytest.raises(Refused) as refused:
        perform(version, "submit", author, at=NOON)

    assert refused.value.code == code


def test_a_scheme_of_electives_only_is_not_submitted() -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.draft_scheme(body, by=author)
    actions.arrange_units(version, [(key, ELECTIVE) for key in keys_of(version)], author, at=NOON)

    with pytest.raises(Refused) as refused:
        perform(version, "submit", author, at=NOON)

    assert refused.value.code == "S-02"


def test_a_coarse_business_activity_is_not_enough() -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.draft_scheme(body, by=author, kbli=make.kbli().parent)

    with pytest.raises(Refused) as refused:
        perform(version, "submit", author, at=NOON)

    assert refused.value.code == "S-06"


def test_units_of_a_standard_revoked_meanwhile_stop_the_verification() -> None:
    version = make.submitted_scheme()
    CompetencyStandard.objects.update(status=CompetencyStandard.Status.REVOKED)

    with pytest.raises(Refused) as refused:
        perform(version, "verify", make.scheme_verifier(), at=NOON)

    assert refused.value.code == "S-03"
    assert codes_of(version)[0][0] in refused.value.message


def test_an_unknown_code_is_refused_with_codes_alike() -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.draft_scheme(body, units=1, by=author)
    [(known, _)] = codes_of(version)
    typo = known.replace(".001.", ".002.")

    with pytest.raises(Refused) as refused:
        actions.add_units(version, [typo, "abc"], CORE, author, at=NOON)

    assert refused.value.code == "S-04"
    assert refused.value.fields == {
        "codes": [
            f"Kode “{typo}” tidak dikenal. Mungkin {known}?",
            "Kode “abc” tidak dikenal.",
        ]
    }
    assert codes_of(version) == [(known, CORE)]


def test_no_code_at_all_is_refused() -> None:
    body = access.organisation()
    author = make.scheme_author(body)

    with pytest.raises(Refused) as refused:
        actions.add_units(make.draft_scheme(body, by=author), [], CORE, author, at=NOON)

    assert refused.value.code == "S-04"


def test_pasted_lists_are_read_in_any_spelling() -> None:
    pasted = """
    1. j.620100.004.01  Menggunakan Struktur Data
    2) J 620100 009 02; M74DKV13.015.3
    TIK-OP02-001-01\tMengetik
    N.99
    ---
    J.620100.004.01
    """

    assert unit_codes_in(pasted) == [
        "J.620100.004.01",
        "J.620100.009.02",
        "M.74DKV13.015.3",
        "TIK.OP02.001.01",
        "Mengetik",
        "N.99",
    ]


def test_units_are_added_in_any_spelling_once_and_after_the_others() -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.draft_scheme(body, units=1, by=author)
    [(present, _)] = codes_of(version)
    make.unit("M.74DKV13.015.3")

    actions.add_units(version, ["m74dkv13 015 3", present.lower()], ELECTIVE, author, at=NOON)
    actions.add_units(version, [present], ELECTIVE, author, at=NOON)

    assert codes_of(version) == [(present, CORE), ("M.74DKV13.015.3", ELECTIVE)]
    assert Event.objects.filter(subject_id=version.pk, step="amend").count() == 2


def test_units_are_reordered_marked_and_removed_at_once() -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.draft_scheme(body, units=3, by=author)
    first, second, third = keys_of(version)

    actions.arrange_units(version, [(third, CORE), (first, ELECTIVE)], author, at=NOON)
    actions.arrange_units(version, [(third, CORE), (first, ELECTIVE)], author, at=NOON)

    assert [(row.unit_id, row.position, row.part) for row in queries.units_of(version)] == [
        (third, 1, CORE),
        (first, 2, ELECTIVE),
    ]
    assert second not in keys_of(version)
    assert Event.objects.filter(subject_id=version.pk, step="amend").count() == 2


def test_a_unit_of_another_scheme_is_not_smuggled_in_by_its_key() -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.draft_scheme(body, units=1, by=author)
    stranger = make.unit("A.011111.001.01")

    actions.arrange_units(version, [(stranger.pk, CORE)], author, at=NOON)

    assert keys_of(version) == []


def test_the_owners_own_people_do_not_verify() -> None:
    body = access.organisation()
    both = access.person(Role.SCHEME_VERIFIER, Role.BODY_SCHEME_AUTHOR, of=body)
    version = make.submitted_scheme(body)

    for step in ("verify", "return"):
        with pytest.raises(Refused) as refused:
            perform(version, step, both, at=NOON, note="x")
        assert refused.value.code == "S-07"


def test_a_member_of_the_owner_does_not_verify_though_they_act_for_the_authority() -> None:
    body = access.organisation(code="0007")
    version = make.submitted_scheme(body, by=make.scheme_author(body))
    tied = access.person(
        Role.SCHEME_VERIFIER, of=access.authority(), by=access.member(Role.BODY_ADMIN, body)
    )

    with pytest.raises(Refused) as refused:
        perform(version, "verify", tied, at=NOON)

    assert refused.value.code == "S-07"


def test_an_author_of_a_reference_scheme_does_not_verify_it() -> None:
    author = access.person(Role.REFERENCE_AUTHOR, Role.SCHEME_VERIFIER, of=access.authority())
    version = make.submitted_scheme(by=author)

    with pytest.raises(Refused) as refused:
        perform(version, "verify", author, at=NOON)

    assert refused.value.code == "S-07"
    perform(version, "verify", make.scheme_verifier(), at=NOON)
    assert version.state == SchemeVersion.State.VERIFIED


def test_a_scheme_is_returned_with_a_reason_mended_and_submitted_again() -> None:
    body = access.organisation(code="0007")
    author = make.scheme_author(body)
    version = make.submitted_scheme(body, by=author)

    with pytest.raises(Refused) as refused:
        perform(version, "return", make.scheme_verifier(), at=NOON)
    assert refused.value.code == "K-01"

    perform(version, "return", make.scheme_verifier(), at=NOON, note="Lengkapi tujuan.")
    amend(version, {"purpose": "Lengkap."}, author, at=NOON)
    perform(version, "submit", author, at=NOON)
    perform(version, "withdraw", author, at=NOON)
    perform(version, "submit", author, at=NOON)
    perform(version, "verify", make.scheme_verifier(), at=NOON)

    assert queries.verified_versions().get().number == "SKM/0007/00010/2/2026/1"


def test_an_applicants_scheme_is_verified_without_a_number_and_numbered_later() -> None:
    body = access.organisation()
    version = make.verified_scheme(body)
    assert version.number == ""

    with pytest.raises(Refused) as refused:
        perform(version, "number", make.scheme_verifier(), at=NOON)
    assert refused.value.code == "S-08"

    body.code = "2345"
    body.save()
    jobs.number_waiting_schemes(event_id=1)
    jobs.number_waiting_schemes(event_id=1)

    version = SchemeVersion.objects.get(pk=version.pk)
    assert version.number == "SKM/2345/00010/2/2026/1"
    with pytest.raises(Refused) as refused:
        perform(version, "number", make.scheme_verifier(), at=NOON)
    assert refused.value.code == "S-08"
    assert Event.objects.filter(subject_id=version.pk, step="number").count() == 1


def test_a_new_version_is_a_copy_that_keeps_the_number_and_leaves_the_old_in_force() -> None:
    old = make.verified_scheme(units=2)
    author = make.scheme_author(access.authority())

    new = actions.begin_next_version(old, author, at=NOON)
    amend(new, {"title": "Judul baru"}, author, at=NOON)
    perform(new, "submit", author, at=NOON)
    perform(new, "verify", make.scheme_verifier(), at=NOON)

    assert (new.version, new.number, keys_of(new)) == (2, old.number, keys_of(old))
    assert {one.title for one in queries.verified_versions()} == {old.title, "Judul baru"}


def test_one_version_is_under_way_at_a_time() -> None:
    old = make.verified_scheme()
    author = make.scheme_author(access.authority())
    actions.begin_next_version(old, author, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.begin_next_version(old, author, at=NOON)

    assert refused.value.code == "S-09"


def test_a_version_number_is_not_skipped() -> None:
    old = make.verified_scheme()
    author = make.scheme_author(access.authority())

    with pytest.raises(Refused) as refused:
        begin(SchemeVersion(scheme=old.scheme, version=5, title="Lompat"), author, at=NOON)

    assert refused.value.code == "S-09"


def test_only_published_facts_with_a_source_are_loaded_as_verified() -> None:
    version = make.draft_scheme()

    with pytest.raises(Refused) as refused:
        perform(version, "load", SYSTEM, at=NOON)

    assert refused.value.code == "S-10"


def test_a_verified_version_is_closed_to_edits() -> None:
    body = access.organisation()
    author = make.scheme_author(body)
    version = make.verified_scheme(body)

    with pytest.raises(WrongState):
        amend(version, {"title": "Lain"}, author, at=NOON)
    with pytest.raises(WrongState):
        actions.arrange_units(version, [], author, at=NOON)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE schemes_schemeversion SET title = 'x' WHERE id = %s",
        "UPDATE schemes_schemeversion SET state = 'draft' WHERE id = %s",
        "DELETE FROM schemes_schemeversion WHERE id = %s",
        "UPDATE schemes_schemeunit SET part = 'elective' WHERE scheme_version_id = %s",
        "DELETE FROM schemes_schemeunit WHERE scheme_version_id = %s",
        """INSERT INTO schemes_schemeunit (scheme_version_id, unit_id, position, part)
        SELECT %s, id, 9, 'core' FROM schemes_competencyunit ORDER BY id DESC LIMIT 1""",
    ],
)
def test_the_database_itself_refuses_to_change_a_published_version(statement: str) -> None:
    version = make.verified_scheme()
    make.unit("A.011111.001.01")

    with (
        pytest.raises(DatabaseError, match="never change"),
        transaction.atomic(),
        transaction.get_connection().cursor() as cursor,
    ):
        cursor.execute(statement, [version.pk])


def test_a_retired_version_is_not_assessed_against_any_more() -> None:
    version = make.verified_scheme()

    perform(version, "retire", make.scheme_verifier(), at=NOON, note="Standarnya dicabut.")

    assert version.retired_on == NOON.date()
    assert not queries.verified_versions().exists()
    assert queries.published_versions().get() == version


def test_others_neither_see_nor_touch_a_draft() -> None:
    version = make.draft_scheme(access.organisation())
    stranger = make.scheme_author(access.organisation())

    assert not queries.scheme_versions(stranger).exists()
    with pytest.raises(NotPermitted):
        amend(version, {"title": "Milikku"}, stranger, at=NOON)


def test_an_author_of_the_authority_writes_only_its_own_schemes() -> None:
    version = make.draft_scheme(access.organisation())
    author = make.scheme_author(access.authority())

    assert not queries.scheme_versions(author).exists()
    with pytest.raises(NotPermitted):
        amend(version, {"title": "Milik BNSP"}, author, at=NOON)


def test_who_may_take_which_step() -> None:
    body = access.organisation(code="1111")
    people: dict[str, Person] = {
        "author": make.scheme_author(body),
        "body_admin": access.person(Role.BODY_ADMIN, of=body),
        "other_author": make.scheme_author(access.organisation()),
        "reference_author": make.scheme_author(access.authority()),
        "verifier": make.scheme_verifier(),
        "authority_admin": access.person(Role.AUTHORITY_ADMIN, of=access.authority()),
        "plenary_member": access.person(Role.PLENARY_MEMBER, of=access.authority()),
        "auditor": access.person(Role.AUDITOR, of=access.authority()),
        "individual": access.person(),
        "system": SYSTEM,
    }

    def states() -> dict[str, SchemeVersion]:
        made = {state: make.draft_scheme(body) for state in SchemeVersion.State.values}
        for state, version in made.items():
            version.state = state
        return made

    assert access.matrix(states, people) == snapshot(
        {
            "draft author": ["submit"],
            "draft system": ["submit", "load"],
            "submitted author": ["withdraw"],
            "submitted verifier": ["verify", "return"],
            "submitted system": ["withdraw"],
            "returned author": ["submit"],
            "returned system": ["submit"],
            "verified verifier": ["number", "retire"],
            "verified system": ["number"],
        }
    )
