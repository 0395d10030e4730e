"""Status lists: every place once, in no order, and read by others as we mean it."""

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from mumpuni.credentials import actions, contexts, did, queries, status, verification
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.keys import ensure_keys, signer
from mumpuni.credentials.models import SigningKey, StatusList
from mumpuni.credentials.tests import peers
from mumpuni.credentials.tests.make import NOW, body
from mumpuni.kernel.models import NumberSeries

YEAR = 2026
LISTS: dict[status.Purpose, str] = {
    purpose: f"https://contoh.test/status/1001/2026-1/{purpose}" for purpose in status.PURPOSES
}
CONTEXT_FILES = json.dumps(
    {
        url: str(Path(contexts.__file__).parent / context.file)
        for url, context in contexts.PINNED.items()
    }
)


@pytest.mark.parametrize("key", [b"", b"a", bytes(64)])
def test_every_credential_has_a_place_of_its_own(key: bytes) -> None:
    places = {status.position(key, n) for n in range(status.ENTRIES)}

    assert places == set(range(status.ENTRIES))


def test_neighbours_in_time_are_strangers_in_the_list() -> None:
    places = [status.position(status.list_key(1), n) for n in range(4000)]
    steps = [abs(one - other) for one, other in pairwise(places)]

    # uniformly random places are a third of the list apart, and hardly ever side by side
    assert 0.31 < sum(steps) / len(steps) / status.ENTRIES < 0.36
    assert sum(step < 100 for step in steps) < 30
    assert places != [status.position(status.list_key(2), n) for n in range(4000)]


@pytest.mark.django_db
def test_a_full_list_is_followed_by_another(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lsp = body()
    status.take_positions(lsp, YEAR, status.ENTRIES - 2)

    places = status.take_positions(lsp, YEAR, 5)

    first, second = StatusList.objects.order_by("number")
    assert [place.status_list_id for place in places] == [first.pk] * 2 + [second.pk] * 3
    assert (first.number, second.number, second.year) == (1, 2, YEAR)
    assert len(set(places)) == 5
    with django_assert_num_queries(2):
        status.take_positions(lsp, YEAR, 1000)


@pytest.mark.django_db
def test_years_and_bodies_have_lists_of_their_own() -> None:
    one, other = body("1001"), body("1002")

    taken = [
        status.take_positions(organisation, year, 1)[0].status_list_id
        for organisation in (one, other)
        for year in (2026, 2027)
    ]

    assert len(set(taken)) == 4


@pytest.fixture
def _no_series_left() -> Iterator[None]:
    yield
    NumberSeries.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_series_left")
def test_no_place_is_given_twice_to_writers_at_once() -> None:
    """Y-07: nor is the first list made twice."""
    lsp = body()

    def take(_ordinal: int) -> list[status.Place]:
        try:
            with transaction.atomic():
                return status.take_positions(lsp, YEAR, 25)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        places = [place for some in pool.map(take, range(16)) for place in some]

    assert len(set(places)) == len(places) == 400
    assert StatusList.objects.count() == 1


ENTRIES = st.dictionaries(st.integers(0, status.ENTRIES - 1), st.integers(0, 3), max_size=50)


@given(ENTRIES)
def test_what_is_written_is_read_again(entries: dict[int, int]) -> None:
    encoded = status.encode(status.bitstring(entries.items(), 2))
    bits = status.decode(encoded)

    assert len(bits) * 8 == 2 * status.ENTRIES
    assert {n: status.entry_at(bits, n, 2) for n in entries} == entries
    assert encoded == status.encode(bits)


def test_the_first_entry_is_the_leftmost_bit() -> None:
    assert status.bitstring([(0, 1), (9, 1)])[:2] == bytes([0b10000000, 0b01000000])
    assert status.bitstring([(0, 2), (3, 1)], 2)[:1] == bytes([0b10000001])


@pytest.mark.parametrize("entry", [(-1, 1), (status.ENTRIES, 1), (0, 2)])
def test_an_entry_out_of_range_is_not_written(entry: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        status.bitstring([entry])


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "z123",
        "u",
        "uAAAA",
        "u!!!!",
        "u" + "é",
        status.encode(bytes(16))[:-6],
        status.encode(gzip.compress(b"", mtime=0)) + "AAAA",
        status.encode(bytes(status.LARGEST + 1)),
    ],
)
def test_a_malformed_list_is_refused(encoded: str) -> None:
    with pytest.raises(NotVerified, match="status-list-malformed"):
        status.decode(encoded)


@given(st.text(max_size=80))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    with suppress(NotVerified):
        status.decode("u" + text)


def test_an_index_outside_a_list_is_refused() -> None:
    bits = status.bitstring([])

    for index in (-1, status.ENTRIES):
        with pytest.raises(NotVerified, match="status-index-out-of-range"):
            status.entry_at(bits, index)
    with pytest.raises(NotVerified, match="status-size-unknown"):
        status.entry_at(bits, 0, 3)


def test_a_list_holds_for_seven_days_and_then_says_nothing() -> None:
    """Y-08, as the check of any credential applies it."""
    made = status.status_list_credential(LISTS["revocation"], "did:web:x", "revocation", [], NOW)

    def period(after: timedelta) -> verification.Outcome:
        checked = verification.verify_document(made, lambda _: None, at=NOW + after)
        return next(check.outcome for check in checked.checks if check.name == "period")

    assert period(timedelta(days=7)) == verification.Outcome.PASSED
    assert period(timedelta(days=7, seconds=1)) == verification.Outcome.FAILED


@pytest.mark.django_db
def test_lists_are_due_when_they_changed_or_grew_old() -> None:
    lsp = body()
    [place] = status.take_positions(lsp, YEAR, 1)
    hour = timedelta(hours=1)

    def due() -> list[int]:
        return [one.pk for one in queries.lists_to_sign(NOW, hour)]

    assert due() == [place.status_list_id]
    StatusList.objects.update(stale=False, signed_at=NOW)
    assert due() == []
    StatusList.objects.update(signed_at=NOW - hour)
    assert due() == [place.status_list_id]
    StatusList.objects.update(stale=True, signed_at=NOW)
    assert due() == [place.status_list_id]


@pytest.mark.django_db
def test_a_change_makes_lists_stale_until_they_are_signed(
    settings: Settings, tmp_path: Path
) -> None:
    settings.KEYS_DIR = tmp_path
    lsp = body()
    by = signer(ensure_keys(lsp, YEAR, NOW)[SigningKey.Kind.ED25519])
    [place] = status.take_positions(lsp, YEAR, 1)
    revoked: list[tuple[int, int]] = []

    def signed() -> StatusList:
        return actions.sign_status_list(
            place.status_list_id,
            LISTS,
            lambda _: {"revocation": revoked, "suspension": [], "message": []},
            by,
            NOW,
        )

    before = signed()
    assert not before.stale
    assert before.revocation == signed().revocation
    revoked.append((place.position, 1))
    actions.mark_stale([place.status_list_id, place.status_list_id])
    assert StatusList.objects.get().stale

    after = signed()
    kept = StatusList.objects.get()
    assert (kept.stale, kept.signed_at, kept.revocation) == (False, NOW, after.revocation)
    assert after.revocation != before.revocation
    assert after.suspension == before.suspension


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_series_left")
def test_a_change_while_a_list_is_signed_is_not_lost(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path
    lsp = body()
    by = signer(ensure_keys(lsp, YEAR, NOW)[SigningKey.Kind.ED25519])
    with transaction.atomic():
        [place] = status.take_positions(lsp, YEAR, 1)

    def change() -> None:
        actions.mark_stale([place.status_list_id])
        connection.close()

    with ThreadPoolExecutor(1) as pool:

        def read(_: StatusList) -> actions.Values:
            pool.submit(change)
            return {"revocation": [], "suspension": [], "message": []}

        actions.sign_status_list(place.status_list_id, LISTS, read, by, NOW)

    assert StatusList.objects.get().stale


def credential(issuer: str, index: int) -> dict[str, Any]:
    url = f"https://contoh.test/c/{index}"
    return {
        "@context": [contexts.CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "credentialSubject": {"id": "urn:uuid:8f1e2d3c-0000-4000-8000-000000000001"},
        "credentialStatus": status.status_entries(LISTS, url, str(index)),
    }


@pytest.mark.django_db
def test_a_reader_in_javascript_sees_what_we_wrote(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path
    settings.PUBLIC_URL = "https://contoh.test"
    lsp = body()
    now = timezone.now()  # the reader looks at the clock
    by = signer(ensure_keys(lsp, YEAR, now)[SigningKey.Kind.ED25519])
    issuer = did.did_of_body(lsp)
    values: dict[status.Purpose, dict[int, int]] = {
        "revocation": {7: 1, 131_071: 1},
        "suspension": {8: 1},
        "message": {7: 2, 8: 1, 9: 3},
    }
    [place] = status.take_positions(lsp, YEAR, 1)
    kept = actions.sign_status_list(
        place.status_list_id,
        LISTS,
        lambda _: {purpose: entries.items() for purpose, entries in values.items()},
        by,
        now,
    )
    signed = {url: json.loads(getattr(kept, purpose)) for purpose, url in LISTS.items()}
    forged = {**signed[LISTS["revocation"]], "validUntil": "2099-01-01T00:00:00Z"}
    document = did.did_document(issuer, queries.keys_under(issuer))

    def ask(**more: Any) -> Any:
        lists = [signed[url]["credentialSubject"]["encodedList"] for url in LISTS.values()]
        question = {
            "credentials": [credential(issuer, index) for index in (7, 8, 9, 131_071)],
            "documents": {issuer: document, **signed, **more},
            "lists": lists,
        }
        return peers.ask("read-status.mjs", question, CONTEXT_FILES)

    answer = ask()
    # it knows lists of single bits only: of the message list it reads bit 7, half of entry 3
    assert [statuses[:2] for statuses in answer["statuses"]] == [
        [True, False],
        [False, True],
        [False, False],
        [True, False],
    ]
    assert answer["bits"] == [
        {"length": 131_072, "set": [7, 131_071]},
        {"length": 131_072, "set": [8]},
        {"length": 262_144, "set": [14, 17, 18, 19]},
    ]
    refused = ask(**{LISTS["revocation"]: forged})["statuses"]
    assert all("not verified" in reason for reason in refused)
