"""Verifiers remark, compare and look twice at unusual volumes; authors answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Organisation, User
from mumpuni.access.person import Person
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.kernel import policy
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused, WrongState
from mumpuni.kernel.models import Event, PolicyValue
from mumpuni.kernel.workflow import amend, perform, perform_all
from mumpuni.schemes import actions, queries
from mumpuni.schemes.models import CompetencyStandard, SchemeUnit, SchemeVersion
from mumpuni.schemes.tests import make
from mumpuni.schemes.tests.test_scheme_api import send, token
from mumpuni.schemes.tests.test_scheme_pages import verifier_client

pytestmark = pytest.mark.django_db
NOON = make.NOON
CORE = SchemeUnit.Part.CORE
HTML = "<script>alert('x')</script>"


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


@pytest.fixture
def author(body: Organisation) -> Person:
    return make.scheme_author(body)


@pytest.fixture
def submitted(body: Organisation, author: Person) -> SchemeVersion:
    return make.submitted_scheme(body, by=author)


@pytest.fixture
def few_a_year() -> Iterator[None]:
    """Let more than two schemes a year be unusual."""
    PolicyValue.objects.create(
        name="schemes.unusual_volume",
        valid_from=NOON.date(),
        value=2,
        source="uji",
        entered_by="uji",
    )
    policy.forget()
    yield
    policy.forget()


def refusal(call: Callable[[], object]) -> str:
    """Return the number of the rule that refuses."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def codes_of(version: SchemeVersion) -> list[str]:
    return [row.unit.code for row in queries.units_of(version)]


def scheme_of(
    owner: Organisation, codes: list[str], *, verified: bool = True, **given: Any
) -> SchemeVersion:
    """Make a scheme of known units."""
    author = make.scheme_author(owner)
    version = make.draft_scheme(owner, 0, by=author, **given)
    actions.add_units(version, codes, CORE, author, at=NOON)
    if verified:
        perform(version, "submit", author, at=NOON)
        perform(version, "verify", make.scheme_verifier(), at=NOON)
    return in_full(version)


def in_full(version: SchemeVersion) -> SchemeVersion:
    """Return a version as pages read it."""
    return queries.in_full(SchemeVersion.objects.all()).get(pk=version.pk)


def test_a_remark_is_answered_before_the_scheme_comes_back_s_11(
    submitted: SchemeVersion, author: Person
) -> None:
    verifier = make.scheme_verifier()
    [code, *_others] = codes_of(submitted)
    actions.write_remark(submitted, code, "Bukan unit okupasi ini.", verifier, at=NOON)
    actions.write_remark(submitted, "", "Tujuan terlalu umum.", verifier, at=NOON)
    assert refusal(lambda: perform(submitted, "verify", verifier, at=NOON)) == "S-11"

    perform(submitted, "return", verifier, at=NOON, note="Lihat catatan.")
    on_unit, on_all = submitted.remarks.all()
    actions.answer_remark(submitted, on_unit, "Dikeluarkan.", author, at=NOON)
    actions.arrange_units(
        submitted,
        [(row.unit_id, CORE) for row in queries.units_of(submitted)[1:]],
        author,
        at=NOON,
    )
    assert refusal(lambda: perform(submitted, "submit", author, at=NOON)) == "S-11"

    actions.answer_remark(submitted, on_all, "Diperjelas.", author, at=NOON)
    perform(submitted, "submit", author, at=NOON)
    perform(submitted, "verify", verifier, at=NOON)

    told = Event.objects.filter(step="amend", changes__has_key="remarks").first()
    assert told is not None
    assert told.changes["remarks"] == ["", f"{code}: Bukan unit okupasi ini."]
    assert Event.objects.filter(changes__has_key="answers").count() == 2


def test_a_remark_is_taken_back_unless_it_was_answered_s_11(
    submitted: SchemeVersion, author: Person
) -> None:
    verifier = make.scheme_verifier()
    for text in ("Keliru.", "Benar."):
        actions.write_remark(submitted, "", text, verifier, at=NOON)
    wrong, right = submitted.remarks.all()

    actions.withdraw_remark(submitted, wrong, verifier, at=NOON)
    perform(submitted, "return", verifier, at=NOON, note="Lihat catatan.")
    actions.answer_remark(submitted, right, "Sudah.", author, at=NOON)
    actions.answer_remark(submitted, right, "Sudah.", author, at=NOON)
    perform(submitted, "submit", author, at=NOON)

    assert refusal(lambda: actions.withdraw_remark(submitted, right, verifier, at=NOON)) == "S-11"
    assert [one.answer for one in submitted.remarks.all()] == ["Sudah."]


def test_who_remarks_and_who_answers(submitted: SchemeVersion, author: Person) -> None:
    verifier = make.scheme_verifier()
    tied = access.person(Role.SCHEME_VERIFIER, Role.BODY_SCHEME_AUTHOR, of=author_body(submitted))

    with pytest.raises(NotPermitted):
        actions.write_remark(submitted, "", "Aku juga.", author, at=NOON)
    assert (
        refusal(lambda: actions.write_remark(submitted, "", "Aku juga.", tied, at=NOON)) == "S-07"
    )
    with pytest.raises(Invalid):
        actions.write_remark(submitted, "J.000000.000.00", "Unit mana?", verifier, at=NOON)
    actions.write_remark(submitted, "", "Perjelas.", verifier, at=NOON)
    remark = submitted.remarks.get()
    with pytest.raises(WrongState):
        actions.answer_remark(submitted, remark, "Sudah.", author, at=NOON)


def author_body(version: SchemeVersion) -> Organisation:
    return version.scheme.organisation


@pytest.mark.usefixtures("few_a_year")
def test_what_comes_in_unusual_numbers_is_verified_for_a_reason_s_12(
    body: Organisation, author: Person
) -> None:
    make.submitted_scheme(access.organisation())
    first, second, third = (make.submitted_scheme(body, by=author) for _ in range(3))
    verifier = make.scheme_verifier()
    assert [one.count_in_year for one in (first, second, third)] == [1, 2, 3]

    outcome = perform_all([first, second, third], "verify", verifier, at=NOON)
    assert {pk: refused.code for pk, refused in outcome.refusals.items()} == {third.pk: "S-12"}

    amend(third, {"volume_reason": "Skema per okupasi rumah sakit."}, verifier, at=NOON)
    perform(third, "verify", verifier, at=NOON)


def test_a_years_submissions_are_counted_at_one_query_however_many_come(
    body: Organisation, author: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    drafts = [make.draft_scheme(body, by=author) for _ in range(5)]

    with django_assert_max_num_queries(17):
        perform_all(drafts, "submit", author, at=NOON)
    perform(drafts[0], "withdraw", author, at=NOON)
    perform(drafts[0], "submit", author, at=NOON)

    counted = SchemeVersion.objects.order_by("pk").values_list("count_in_year", flat=True)
    assert list(counted) == [5, 2, 3, 4, 5]


@pytest.mark.usefixtures("few_a_year")
def test_unusual_volumes_are_flagged_in_the_queue_and_on_the_page(
    client: Client, body: Organisation
) -> None:
    first, *_rest, last = [make.submitted_scheme(body) for _ in range(3)]
    verifier_client(client)

    narrowed = client.get("/skema/antrean/", {"volume": "2"}).text
    shown = client.get(last.get_absolute_url()).text
    asked = client.post(f"/skema/{last.pk}/volume/", {"volume_reason": "Rumah sakit."})
    explained = client.get(last.get_absolute_url()).text

    assert last.title in narrowed
    assert first.title not in narrowed
    assert "Volume tak lazim" in shown
    assert "S-12" in shown
    assert asked.status_code == 302
    assert "Rumah sakit." in explained
    assert "Volume tak lazim" not in client.get(first.get_absolute_url()).text


def test_a_version_is_compared_with_the_one_before(body: Organisation, author: Person) -> None:
    standard = make.standard()
    newer = make.standard("skkni-9-2024")
    for code in ("J.620100.001.01", "J.620100.002.01", "J.620100.003.01", "J.620100.004.01"):
        make.unit(code, within=standard)
    old = scheme_of(body, ["J.620100.001.01", "J.620100.002.01", "J.620100.003.01"])
    new = actions.begin_next_version(old, author, at=NOON)
    kept, changed, _dropped = (row.unit_id for row in queries.units_of(new))
    elective = SchemeUnit.Part.ELECTIVE
    actions.arrange_units(new, [(kept, CORE), (changed, elective)], author, at=NOON)
    actions.add_units(new, ["J.620100.004.01"], CORE, author, at=NOON)
    make.unit("J.620100.001.01", within=newer, title="Judul baru", elements=1)
    make.unit("J.620100.002.01", within=newer)

    compared = queries.comparison_of(in_full(new))

    earlier = compared.earlier
    assert earlier is not None
    assert [row.unit.code for row in earlier.added] == ["J.620100.004.01"]
    assert [row.unit.code for row in earlier.dropped] == ["J.620100.003.01"]
    assert [now.unit.code for _was, now in earlier.changed] == ["J.620100.002.01"]
    assert earlier.kept_count == 1
    [beside] = compared.standards
    assert [unit.code for unit in beside.missing] == ["J.620100.003.01"]
    assert beside.unit_count == 4
    retitled, same = compared.newer
    assert (retitled.dropped, retitled.same) == (["Elemen contoh 2"], False)
    assert (same.unit.code, same.same) == ("J.620100.002.01", True)


def test_a_revoked_standard_has_no_newer_edition(body: Organisation) -> None:
    make.unit("J.620100.001.01")
    make.unit(
        "J.620100.001.01",
        within=make.standard("skkni-9-2024", status=CompetencyStandard.Status.REVOKED),
    )
    version = scheme_of(body, ["J.620100.001.01"])

    assert queries.comparison_of(version).newer == []


def test_like_schemes_of_others_are_ranked_by_what_both_have(body: Organisation) -> None:
    standard = make.standard()
    codes = [f"J.620100.{place:03d}.01" for place in range(1, 7)]
    for code in codes:
        make.unit(code, within=standard)
    mine = scheme_of(body, codes[:4], verified=False)
    scheme_of(body, codes[:4])
    other = access.organisation("LSP Lain")
    near = scheme_of(other, codes[:5])
    far = scheme_of(other, codes[3:6])
    scheme_of(other, codes[4:6])
    scheme_of(other, codes[:4], verified=False)

    nearest, farthest = queries.like_schemes(mine)

    assert (nearest.version, nearest.likeness, nearest.here, nearest.there) == (
        near,
        80,
        [],
        [codes[4]],
    )
    assert (farthest.version, farthest.likeness) == (far, 17)
    assert farthest.shared == [codes[3]]
    assert queries.like_schemes(mine, limit=1) == [nearest]


def test_only_the_newest_version_of_a_scheme_is_like_another(body: Organisation) -> None:
    make.unit("J.620100.001.01")
    mine = scheme_of(body, ["J.620100.001.01"], verified=False)
    other = access.organisation()
    old = scheme_of(other, ["J.620100.001.01"])
    author = make.scheme_author(other)
    new = actions.begin_next_version(old, author, at=NOON)
    perform(new, "submit", author, at=NOON)
    perform(new, "verify", make.scheme_verifier(), at=NOON)

    assert [like.version for like in queries.like_schemes(mine)] == [new]


def test_a_comparison_takes_the_same_few_queries_however_much_is_compared(
    client: Client, body: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    standard = make.standard()
    codes = [f"J.620100.{place:03d}.01" for place in range(1, 9)]
    for code in codes:
        make.unit(code, within=standard)
        make.unit(code, within=make.standard(f"skkni-{code[9:12]}-2024"), title=HTML)
    version = scheme_of(body, codes[:7], verified=False)
    for _ in range(12):
        scheme_of(access.organisation(HTML), codes)
    verifier_client(client)

    with django_assert_max_num_queries(20):
        page = client.get(f"/skema/{version.pk}/banding/")

    assert page.status_code == 200
    assert "88" in page.text
    assert HTML not in page.text


def test_pages_of_verification_are_closed_to_others(
    client: Client, submitted: SchemeVersion
) -> None:
    actions.write_remark(submitted, "", "Perjelas.", make.scheme_verifier(), at=NOON)
    remark = submitted.remarks.get()
    address = submitted.get_absolute_url()
    pages = [
        f"{address}banding/",
        f"{address}catatan/",
        f"{address}catatan/{remark.pk}/jawab/",
        f"{address}volume/",
    ]

    for page in pages:
        assert client.get(page).headers["Location"] == f"/akun/login/?next={page}"
    client.force_login(access.member(Role.BODY_SCHEME_AUTHOR))
    for page in pages:
        assert client.get(page).status_code == 404
        assert client.post(page).status_code == 404
    assert client.post(f"{address}catatan/{remark.pk}/tarik").status_code == 404
    assert submitted.remarks.exists()


def test_remarks_are_written_and_answered_in_the_browser(
    client: Client, body: Organisation, submitted: SchemeVersion
) -> None:
    address = submitted.get_absolute_url()
    [code, *_others] = codes_of(submitted)
    verifier_client(client)

    assert f"?unit={code}" in client.get(address).text
    form = client.get(f"{address}catatan/", {"unit": code}).text
    client.post(f"{address}catatan/", {"code": code, "text": HTML})
    client.post(f"{address}catatan/", {"code": "", "text": "Keliru."})
    nothing = client.post(f"{address}catatan/", {"code": code, "text": ""})
    first, second = submitted.remarks.all()
    client.post(f"{address}catatan/{second.pk}/tarik")
    client.post(f"{address}langkah/return", {"note": "Lihat catatan."})

    assert f'value="{code}" selected' in form
    assert nothing.status_code == 422
    sign_in_author(client, body)
    shown = client.get(address).text
    assert "Belum dijawab" in shown
    assert HTML not in shown
    client.post(f"{address}catatan/{first.pk}/jawab/", {"answer": "Sudah diganti."})
    assert "Sudah diganti." in client.get(address).text


def sign_in_author(client: Client, body: Organisation) -> User:
    user = access.member(Role.BODY_SCHEME_AUTHOR, body)
    client.force_login(user)
    return user


def test_verification_goes_by_api_too(
    client: Client, body: Organisation, submitted: SchemeVersion
) -> None:
    verifier = token(Role.SCHEME_VERIFIER, None, Permission.SCHEME_VIEW, Permission.SCHEME_VERIFY)
    author = token(Role.BODY_SCHEME_AUTHOR, body)
    path = f"/schemes/{submitted.pk}"
    [code, *_others] = codes_of(submitted)

    written = send(client, "POST", f"{path}/remarks", {"code": code, "text": "Ganti."}, verifier)
    extra = send(client, "POST", f"{path}/remarks", {"text": "Keliru."}, verifier).json()[1]
    withdrawn = send(client, "DELETE", f"{path}/remarks/{extra['id']}", {}, verifier)
    send(client, "PUT", f"{path}/volume-reason", {"reason": "Diperiksa."}, verifier)
    send(client, "POST", f"{path}/steps/return", {"note": "Lihat."}, verifier)
    [remark] = written.json()
    answered = send(
        client, "PUT", f"{path}/remarks/{remark['id']}/answer", {"answer": "Sudah."}, author
    )
    listed = client.get(f"/api/v1{path}/remarks", headers=author).json()
    compared = client.get(f"/api/v1{path}/comparison", headers=author).json()

    assert (remark["code"], remark["answered_at"]) == (code, None)
    assert len(withdrawn.json()) == 1
    assert answered.json() == listed
    assert listed[0]["answer"] == "Sudah."
    assert compared["earlier"] is None
    assert compared["standards"][0]["used"] == codes_of(submitted)
    assert compared["alike"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "comparison"),
        ("GET", "remarks"),
        ("POST", "remarks"),
        ("DELETE", "remarks/1"),
        ("PUT", "remarks/1/answer"),
        ("PUT", "volume-reason"),
    ],
)
def test_the_api_is_closed_to_strangers_and_other_bodies(
    client: Client, submitted: SchemeVersion, method: str, path: str
) -> None:
    address = f"/schemes/{submitted.pk}/{path}"
    given = {"text": "x", "answer": "x", "reason": "x"}

    assert send(client, method, address, given, {}).status_code == 401
    other = token(Role.BODY_SCHEME_AUTHOR)
    assert send(client, method, address, given, other).status_code == 404
