"""The log at its address: for machines byte by byte, for people in words."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from mumpuni.transparency import queries, tiles, tree
from mumpuni.transparency.notes import Checkpoint, Note, SigningKey, VerifierKey
from mumpuni.transparency.tests.make import publish
from mumpuni.transparency.tests.test_witness import LOG
from mumpuni.transparency.trust import TrustPolicy

pytestmark = pytest.mark.django_db


def test_an_empty_log_says_so(client: Client) -> None:
    assert "Belum ada yang dicatat." in client.get("/log/").content.decode()
    assert client.get("/log/checkpoint").status_code == 404


def test_the_head_is_text_that_is_asked_for_again_soon(client: Client) -> None:
    head = publish(3)

    answer = client.get("/log/checkpoint")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=5"
    note = Note.parse(answer.content)
    note.require(VerifierKey.parse(head.key))
    assert Checkpoint.parse(note.text).size == 3


def test_the_whole_log_can_be_fetched_and_kept(client: Client) -> None:
    publish(300)

    for path, data in queries.files_since(0):
        answer = client.get(f"/log/{path}")
        assert answer.content == data, path
        assert answer["Access-Control-Allow-Origin"] == "*"
        if path != "checkpoint":
            assert answer["Content-Type"] == "application/octet-stream"
            assert "immutable" in answer["Cache-Control"]


def test_entries_lead_to_the_hashes_of_the_tile(client: Client) -> None:
    publish(3)

    entries = tiles.entries_of(client.get("/log/tile/entries/000.p/3").content)

    hashes = b"".join(map(tree.leaf_hash, entries))
    assert client.get("/log/tile/0/000.p/3").content == hashes


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000.p/4",
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/000.p/4",
        "tile/0/0",
        "tile/x/000",
        "tile/0/000.p/3/",
        "elsewhere",
    ],
)
def test_what_was_not_published_is_not_there(client: Client, path: str) -> None:
    publish(3)

    assert client.get(f"/log/{path}").status_code == 404


def test_the_policy_asks_for_more_than_half_of_the_witnesses(
    client: Client, settings: Settings
) -> None:
    assert client.get("/log/policy").status_code == 404
    head = publish(1)
    keys = [SigningKey(f"w{n}.example", Ed25519PrivateKey.generate(), 0x04).verifier for n in "123"]
    settings.LOG_WITNESSES = [f"https://{key.name}/w {key}" for key in keys]

    answer = client.get("/log/policy")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines()[0] == f"log {head.key} {settings.PUBLIC_URL}/log"
    policy = TrustPolicy.parse(answer.content)
    assert (policy.logs, policy.witnesses) == ((VerifierKey.parse(head.key),), tuple(keys))
    assert not policy.quorum.saw({keys[2]}.__contains__)
    assert policy.quorum.saw({keys[0], keys[2]}.__contains__)


def test_without_witnesses_the_policy_asks_for_none(client: Client) -> None:
    publish(1)

    assert TrustPolicy.parse(client.get("/log/policy").content).quorum.saw(lambda _key: False)


def test_nothing_can_be_sent_to_it(client: Client) -> None:
    assert client.post("/log/checkpoint").status_code == 405


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_tells_size_key_witnesses_and_how_to_check(
    client: Client, settings: Settings, language: str
) -> None:
    head = publish(1234)
    witness = SigningKey("witness.example/w1", LOG.private, 0x04).verifier
    settings.LOG_WITNESSES = [f"https://witness.example/w1 {witness}"]

    page = client.get("/log/", headers={"accept-language": language}).content.decode()

    assert head.key in page
    assert str(witness) in page
    assert f"mumpuni audit {settings.PUBLIC_URL}/log \\\n  --key {head.key}" in page
    assert {"id": "1.234", "en": "1,234"}[language] in page


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(10)
    with django_assert_num_queries(3):
        client.get("/log/")
    publish(500)
    with django_assert_num_queries(3):
        client.get("/log/")
