"""The verifier that runs in browsers, asked from here; what its page and its files are served as."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.tests import make as access
from mumpuni.certificates import award, publication
from mumpuni.certificates.actions import document_of, sign_status_lists
from mumpuni.certificates.tests import make as certificates
from mumpuni.credentials import compact, keys
from mumpuni.credentials.tests.badges import HARD_NAMES
from mumpuni.portal.tests.evidence import DAY, ISSUED, NOW, Body, Evidence
from mumpuni.transparency import notes
from mumpuni.transparency.actions import publish

HERE = Path(__file__).parent / "verifier"

UNREADABLE = [
    {"verdict": "unreadable", "reason": reason}
    for reason in ("unreadable", "malformed", "proof-missing")
]

type Ask = Callable[..., dict[str, Any]]


def node() -> str:
    found = shutil.which("node") or shutil.which("node", path=".venv/bin")
    assert found, "these tests need Node, which `make setup` installs"
    return found


@pytest.fixture(scope="module")
def running() -> Iterator[subprocess.Popen[str]]:
    """Start the verifier once for all questions."""
    command = [node(), str(HERE / "check.mjs")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def put(running: subprocess.Popen[str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Put a question to the verifier."""

    def putting(question: dict[str, Any]) -> dict[str, Any]:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(json.dumps(question) + "\n")
        running.stdin.flush()
        answer: dict[str, Any] = json.loads(running.stdout.readline())
        return answer

    return putting


@pytest.fixture
def ask(put: Callable[[dict[str, Any]], dict[str, Any]]) -> Ask:
    """Ask for a text, with keys, lists and proof of the evidence unless others are given."""

    def asking(evidence: Evidence, text: str | None = None, **given: Any) -> dict[str, Any]:
        now: datetime = given.pop("now", NOW)
        question = {
            "text": evidence.credential if text is None else text,
            "bundle": evidence.bundle,
            "proof": evidence.proof,
            "now": now.isoformat(),
        }
        return put(question | given)

    return asking


def answers(outcome: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["name"]: (one["state"], one["reason"]) for one in outcome["checks"]}


def test_the_pieces_keep_to_their_standards() -> None:
    command = [node(), "--test", str(HERE / "pieces.test.mjs")]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_a_genuine_certificate_passes_every_check(ask: Ask) -> None:
    outcome = ask(Evidence())

    assert outcome["verdict"] == "valid"
    assert answers(outcome) == {
        "signature": ("yes", "signature-holds"),
        "issuer": ("yes", "issuer-known"),
        "status": ("yes", "status-clear"),
        "dates": ("yes", "dates-hold"),
        "log": ("yes", "log-included"),
        "witnesses": ("yes", "log-witnessed"),
    }
    assert outcome["facts"]["holder"] == "Dewi Ayu Lestari"
    assert outcome["facts"]["number"] == "62090 2512 0000001 2026"
    assert len(outcome["facts"]["units"]) == 6


@pytest.mark.parametrize("name", HARD_NAMES)
def test_any_name_can_be_checked(ask: Ask, name: str) -> None:
    outcome = ask(Evidence(holder=name))

    assert outcome["verdict"] == "valid"
    assert outcome["facts"]["holder"] == name


def test_spaces_and_order_of_a_file_do_not_matter(ask: Ask) -> None:
    evidence = Evidence()
    document = json.loads(evidence.credential)
    rewritten = json.dumps(dict(reversed(document.items())), indent=2)

    outcome = ask(evidence, rewritten)

    assert outcome["verdict"] == "valid"
    assert answers(outcome)["log"] == ("yes", "log-included")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dewi", "Dewa"),
        ("2029-11-25", "2039-11-25"),
        ("Kompeten", "Kompetan"),
        ("LSP “Contoh”", "LSP ”Contoh“"),
        ('"4711"', '"4712"'),
    ],
)
def test_a_changed_certificate_is_not_genuine(ask: Ask, old: str, new: str) -> None:
    evidence = Evidence()
    assert old in evidence.credential

    outcome = ask(evidence, evidence.credential.replace(old, new))

    assert outcome["verdict"] == "not-genuine"
    assert answers(outcome)["signature"] == ("no", "signature-wrong")
    assert "yes" not in {state for state, _reason in answers(outcome).values()}


def test_a_certificate_signed_by_another_key_is_not_genuine(ask: Ask) -> None:
    forged = Evidence(body=Body(private=Ed25519PrivateKey.generate()))

    outcome = ask(Evidence(), forged.credential)

    assert outcome["verdict"] == "not-genuine"


def test_a_body_cannot_sign_in_the_name_of_another(ask: Ask) -> None:
    evidence, other = Evidence(), Evidence(body=Body(code="2002"))
    evidence.bundle["did_documents"].append(other.body.document)
    claimed = other.credential.replace(f'"id":"{other.body.did}"', f'"id":"{evidence.body.did}"', 1)

    outcome = ask(evidence, claimed)

    assert answers(outcome)["signature"] == ("no", "issuer-differs")


def test_an_issuer_of_another_country_is_not_recognised(ask: Ask) -> None:
    evidence = Evidence()
    foreign = evidence.credential.replace("did:web:sertifikasi.contoh.id", "did:web:palsu.contoh")

    outcome = ask(evidence, foreign)

    assert outcome["verdict"] == "not-genuine"
    assert answers(outcome)["issuer"] == ("no", "issuer-foreign")


def test_a_body_younger_than_the_kept_keys_cannot_be_checked(ask: Ask) -> None:
    young = Evidence(body=Body(code="2002"))

    outcome = ask(Evidence(), young.credential)

    assert outcome["verdict"] == "unknown"
    assert answers(outcome)["issuer"] == ("unknown", "issuer-missing")


def test_a_key_younger_than_the_kept_keys_cannot_be_checked(ask: Ask) -> None:
    young = Evidence(body=Body(name="2027-ed25519"))

    outcome = ask(Evidence(), young.credential)

    assert outcome["verdict"] == "unknown"
    assert answers(outcome)["signature"] == ("unknown", "key-missing")


def test_without_keys_nothing_is_called_valid(ask: Ask) -> None:
    outcome = ask(Evidence(), bundle=None)

    assert outcome["verdict"] == "unknown"
    assert answers(outcome)["signature"] == ("unknown", "keys-missing")


@pytest.mark.parametrize(
    ("purpose", "value", "verdict"),
    [
        ("revocation", 1, "revoked"),
        ("suspension", 1, "suspended"),
        ("message", 1, "superseded"),
        ("message", 2, "withdrawn"),
        ("message", 3, "error"),
    ],
)
def test_a_list_tells_what_became_of_a_certificate(
    ask: Ask, purpose: Any, value: int, verdict: str
) -> None:
    outcome = ask(Evidence(set_in={purpose: value}))

    assert outcome["verdict"] == verdict
    assert answers(outcome)["status"] == ("no", verdict)


def test_the_age_of_the_status_is_told(ask: Ask) -> None:
    outcome = ask(Evidence(listed_at=NOW - 2 * DAY))

    told = next(one for one in outcome["checks"] if one["name"] == "status")
    assert told["at"] == "2026-11-26T02:30:00.000Z"


def test_an_expired_list_is_never_called_valid(ask: Ask) -> None:
    outcome = ask(Evidence(listed_at=NOW - 8 * DAY))

    assert outcome["verdict"] == "unknown"
    assert answers(outcome)["status"] == ("unknown", "status-expired")


def test_what_was_replaced_is_told_to_be_replaced_although_it_counts_as_revoked(ask: Ask) -> None:
    outcome = ask(Evidence(set_in={"revocation": 1, "message": 1}))

    assert outcome["verdict"] == "superseded"


def test_an_expired_list_does_not_hide_a_suspension_behind_valid(ask: Ask) -> None:
    outcome = ask(Evidence(listed_at=NOW - 8 * DAY, set_in={"suspension": 1}))

    assert outcome["verdict"] == "unknown"


def test_what_was_revoked_stays_revoked_however_old_the_list_is(ask: Ask) -> None:
    outcome = ask(Evidence(listed_at=NOW - 300 * DAY, set_in={"revocation": 1}))

    assert outcome["verdict"] == "revoked"


def test_a_missing_list_cannot_be_checked(ask: Ask) -> None:
    evidence = Evidence()
    del evidence.bundle["status_lists"][evidence.list_url("suspension")]

    outcome = ask(evidence)

    assert outcome["verdict"] == "unknown"
    assert answers(outcome)["status"] == ("unknown", "status-missing")


def test_a_forged_list_says_nothing(ask: Ask) -> None:
    evidence = Evidence(set_in={"revocation": 1})
    kept = evidence.bundle["status_lists"]
    clear = Evidence(body=evidence.body, index=1, set_in={"revocation": 1}).bundle["status_lists"]
    forged = kept[evidence.list_url("revocation")]
    forged["credentialSubject"] = clear[evidence.list_url("revocation")]["credentialSubject"]

    outcome = ask(evidence)

    assert outcome["verdict"] == "unknown"
    assert answers(outcome)["status"] == ("unknown", "status-unsigned")


def test_a_list_of_another_purpose_says_nothing(ask: Ask) -> None:
    evidence = Evidence(set_in={"revocation": 1})
    lists = evidence.bundle["status_lists"]
    lists[evidence.list_url("revocation")] = lists[evidence.list_url("suspension")]

    assert answers(ask(evidence))["status"] == ("unknown", "status-of-another")


def test_a_clock_that_runs_behind_is_told(ask: Ask) -> None:
    outcome = ask(Evidence(listed_at=NOW + DAY))

    assert answers(outcome)["status"] == ("unknown", "clock-wrong")


@pytest.mark.parametrize(
    ("years", "verdict"), [(-1, "not-yet-valid"), (0, "valid"), (2.9, "valid"), (3.1, "expired")]
)
def test_a_certificate_is_valid_between_its_dates(ask: Ask, years: float, verdict: str) -> None:
    now = ISSUED + timedelta(days=years * 365)

    outcome = ask(Evidence(listed_at=now), now=now)

    assert outcome["verdict"] == verdict


def test_a_stolen_key_does_not_undo_what_the_log_told_before(ask: Ask) -> None:
    outcome = ask(Evidence(body=Body(compromised_at=ISSUED + DAY)))

    assert outcome["verdict"] == "valid"
    assert answers(outcome)["issuer"] == ("yes", "key-revoked-later")


def test_a_certificate_made_with_a_stolen_key_and_dated_back_is_not_genuine(ask: Ask) -> None:
    evidence = Evidence(body=Body(compromised_at=ISSUED + DAY))
    late = evidence.proof_of("issue", at=ISSUED + 2 * DAY)

    outcome = ask(evidence, proof=late)

    assert outcome["verdict"] == "not-genuine"
    assert answers(outcome)["issuer"] == ("no", "key-revoked")


def test_without_a_proof_what_a_stolen_key_signed_cannot_be_checked(ask: Ask) -> None:
    evidence = Evidence(body=Body(compromised_at=ISSUED + DAY))

    for text in (evidence.credential, evidence.code):
        outcome = ask(evidence, text, proof=None)

        assert outcome["verdict"] == "unknown"
        assert answers(outcome)["issuer"] == ("unknown", "key-revoked-unproven")


def test_a_list_signed_with_a_stolen_key_says_nothing(ask: Ask) -> None:
    evidence = Evidence()
    assert evidence.bundle
    evidence.body.compromised_at = evidence.listed_at - DAY / 2
    evidence.bundle["did_documents"] = [evidence.body.document]

    assert answers(ask(evidence))["status"] == ("unknown", "status-unsigned")


def test_the_proof_of_another_certificate_shows_nothing(ask: Ask) -> None:
    evidence = Evidence()
    other = Evidence(body=evidence.body, log=evidence.log, public_id="ZZZZZZZZ23456789")

    for proof in (other.proof, evidence.proof_of("revoke")):
        outcome = ask(evidence, proof=proof)

        assert answers(outcome)["log"] == ("unknown", "log-proof-of-another")
        assert answers(outcome)["witnesses"] == ("unknown", "log-proof-of-another")


@pytest.mark.parametrize("turn", [1, -1])
def test_a_proof_holds_with_any_of_the_keys_of_a_log(ask: Ask, turn: int) -> None:
    """Rule T-06."""
    evidence = Evidence()
    keys = [str(evidence.log.verifier), str(Evidence().log.verifier)][::turn]

    outcome = ask(evidence, bundle=evidence.bundle | {"log_keys": keys})

    assert answers(outcome)["log"] == ("yes", "log-included")
    assert answers(outcome)["witnesses"] == ("yes", "log-witnessed")


def test_a_proof_of_another_log_does_not_hold(ask: Ask) -> None:
    evidence, other = Evidence(), Evidence()

    outcome = ask(evidence, proof=other.proof)

    assert answers(outcome)["log"] == ("no", "log-unsigned")
    assert outcome["verdict"] == "unknown"


def test_every_changed_line_of_a_proof_is_noticed(ask: Ask) -> None:
    evidence = Evidence()
    lines = evidence.proof.split("\n")
    for place, line in enumerate(lines):
        if not line or "saksi" in line:
            continue
        middle = len(line) // 2
        other = "A" if line[middle] != "A" else "B"
        changed = [*lines[:place], line[:middle] + other + line[middle + 1 :], *lines[place + 1 :]]

        outcome = ask(evidence, proof="\n".join(changed))

        assert answers(outcome)["log"][0] != "yes", line


def test_a_forged_witness_is_not_counted(ask: Ask) -> None:
    evidence = Evidence()
    impostor = Evidence(
        body=evidence.body,
        log=evidence.log,
        witness=notes.SigningKey(
            evidence.witness.name, Ed25519PrivateKey.generate(), notes.WITNESS_KEY
        ),
    )

    outcome = ask(evidence, proof=impostor.proof)

    assert answers(outcome)["witnesses"] == ("unknown", "witnesses-missing")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo",
        "[]",
        "null",
        '{"issuer": 1}',
        '{"issuer": {}, "credentialSubject": null}',
        '{"issuer": {"id": 5}, "credentialSubject": 7, "proof": [null, 1, {"cryptosuite": 3}]}',
        '{"issuer": "x", "credentialSubject": {"identifier": [null]}, "proof": {}}',
        "[" * 100_000,
        '{"issuer": {}, "credentialSubject": ' + '{"a":' * 3000 + "1" + "}" * 3000 + "}",
        "x" * 600_000,
    ],
)
def test_what_is_no_certificate_is_said_to_be_unreadable(ask: Ask, text: str) -> None:
    assert ask(Evidence(), text) in UNREADABLE


@pytest.mark.parametrize("name", HARD_NAMES)
def test_the_code_on_paper_is_checked_too(ask: Ask, name: str) -> None:
    evidence = Evidence(holder=name)

    outcome = ask(evidence, evidence.code)

    assert outcome["verdict"] == "valid"
    assert outcome["facts"]["holder"] == name
    assert outcome["facts"]["number"] == "62090 2512 0000001 2026"
    assert answers(outcome) == {
        "signature": ("yes", "signature-holds"),
        "issuer": ("yes", "issuer-known"),
        "status": ("yes", "status-clear"),
        "dates": ("yes", "dates-hold"),
        "log": ("unknown", "log-needs-file"),
        "witnesses": ("unknown", "log-needs-file"),
    }


@pytest.mark.parametrize(
    ("purpose", "value", "verdict"),
    [("revocation", 1, "revoked"), ("suspension", 1, "suspended"), ("message", 1, "superseded")],
)
def test_a_list_tells_what_became_of_a_paper(
    ask: Ask, purpose: Any, value: int, verdict: str
) -> None:
    evidence = Evidence(set_in={purpose: value})

    assert ask(evidence, evidence.code)["verdict"] == verdict


def test_a_paper_is_valid_to_the_end_of_its_last_day_in_jakarta(ask: Ask) -> None:
    last, next_day = (
        datetime(2029, 11, 24, 16, 59, tzinfo=UTC),
        datetime(2029, 11, 24, 17, tzinfo=UTC),
    )
    evidence = Evidence(listed_at=last)

    assert ask(evidence, evidence.code, now=last)["verdict"] == "valid"
    assert ask(evidence, evidence.code, now=next_day)["verdict"] == "expired"


def test_no_letter_of_the_code_on_paper_can_be_changed(ask: Ask) -> None:
    evidence = Evidence()
    code = evidence.code
    for place in range(5, len(code)):
        other = "A" if code[place] != "A" else "B"

        outcome = ask(evidence, code[:place] + other + code[place + 1 :])

        assert outcome["verdict"] in {"unreadable", "not-genuine", "unknown"}, place


def test_a_code_cut_short_is_unreadable(ask: Ask) -> None:
    evidence = Evidence()
    for length in range(5, len(evidence.code), 7):
        assert ask(evidence, evidence.code[:length])["verdict"] == "unreadable"


def test_a_token_is_checked_too(ask: Ask) -> None:
    evidence = Evidence()

    outcome = ask(evidence, evidence.token)

    assert outcome["verdict"] == "valid"
    assert outcome["facts"]["holder"] == "Dewi Ayu Lestari"
    assert answers(outcome)["log"] == ("unknown", "log-needs-file")


def test_no_letter_of_a_token_can_be_changed(ask: Ask) -> None:
    evidence = Evidence()
    token = evidence.token
    # the last letter of the signature holds bits that mean nothing
    for place in range(0, len(token) - 1, 41):
        other = "A" if token[place] != "A" else "B"

        outcome = ask(evidence, token[:place] + other + token[place + 1 :])

        assert outcome["verdict"] in {"unreadable", "not-genuine", "unknown"}, place


@pytest.mark.parametrize(
    "changed", [{"alg": "none"}, {"alg": "EdDSA"}, {"typ": "JWT"}, {"crit": ["x"]}]
)
def test_a_token_of_another_kind_is_unreadable(ask: Ask, changed: dict[str, Any]) -> None:
    evidence = Evidence()
    header, payload, signature = evidence.token.split(".")
    fields = json.loads(base64.urlsafe_b64decode(header + "=="))
    other = base64.urlsafe_b64encode(json.dumps(fields | changed).encode()).rstrip(b"=").decode()

    outcome = ask(evidence, f"{other}.{payload}.{signature}")

    assert outcome == {"verdict": "unreadable", "reason": "malformed"}


def test_a_certificate_without_the_simple_proof_cannot_be_read(ask: Ask) -> None:
    evidence = Evidence()
    document = json.loads(evidence.credential)
    document["proof"] = document["proof"][:1]

    outcome = ask(evidence, json.dumps(document))

    assert (outcome["verdict"], outcome["reason"]) == ("unreadable", "proof-missing")


@pytest.mark.django_db
def test_the_bundle_is_all_that_a_device_needs(ask: Ask, client: Client, settings: Any) -> None:
    evidence = Evidence()
    evidence.keep()
    settings.LOG_WITNESSES = [f"https://saksi.contoh.id {evidence.witness.verifier}"]

    response = client.get("/verifikasi/luring/bundel.json")

    assert response["Cache-Control"] == "public, max-age=300"
    assert ask(evidence, bundle=response.json())["verdict"] == "valid"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ("valid", "valid"),
        ("suspended", "suspended"),
        ("revoked", "revoked"),
        ("replaced", "superseded"),
    ],
)
def test_what_the_site_issues_and_publishes_is_what_the_browser_checks(
    put: Callable[[dict[str, Any]], dict[str, Any]], client: Client, state: str, verdict: str
) -> None:
    certificate = certificates.issued_certificate(name="Dewi Ayu Lestari")
    public_id = certificate.public_id
    certificates.take_to(certificate, state)
    publish(certificates.ISSUED_AT)
    sign_status_lists(certificates.ISSUED_AT)
    credential = publication.credential_of(public_id)
    question = {
        "bundle": client.get("/verifikasi/luring/bundel.json").json(),
        "proof": publication.log_proof(public_id).decode(),
        "now": (certificates.ISSUED_AT + DAY).isoformat(),
    }

    for text in (
        publication.credential(public_id).decode(),
        publication.token(public_id).decode(),
        compact.encode(award.claims_of(certificate), keys.signer(credential.key)),
    ):
        outcome = put(question | {"text": text})

        assert outcome["verdict"] == verdict, outcome
        assert outcome["facts"]["holder"] == "Dewi Ayu Lestari"
        assert outcome["facts"]["number"] == certificate.number
        assert answers(outcome)["log"] in {("yes", "log-included"), ("unknown", "log-needs-file")}


@pytest.mark.django_db
def test_the_pdf_carries_all_that_proves_it(
    put: Callable[[dict[str, Any]], dict[str, Any]], client: Client, tmp_path: Path
) -> None:
    certificate = certificates.issued_certificate(name="Dewi Ayu Lestari")
    publish(certificates.ISSUED_AT)
    sign_status_lists(certificates.ISSUED_AT)
    pdf = tmp_path / "a.pdf"
    with document_of(certificate, at=certificates.ISSUED_AT).open("rb") as document:
        pdf.write_bytes(document.read())
    question = {
        "file": str(pdf),
        "bundle": client.get("/verifikasi/luring/bundel.json").json(),
        "now": (certificates.ISSUED_AT + DAY).isoformat(),
    }

    outcome = put(question)

    assert outcome["verdict"] == "valid"
    assert outcome["facts"]["holder"] == "Dewi Ayu Lestari"
    assert answers(outcome)["log"] == ("yes", "log-included")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj", "pdf-empty"),
        (b"%PDF-1.7\n1 0 obj<</Type/EmbeddedFile/Length 9>>\nstream\n", "nothing"),
        (
            b"%PDF-1.7\n1 0 obj<</Type/EmbeddedFile/Length 2/Filter/FlateDecode>>stream\nab",
            "malformed",
        ),
        (b"%PDF-1.7\n/EmbeddedFile", "pdf-empty"),
        (b"\xff\xfe\x00", "unreadable"),
        (b"c2sp.org/tlog-proof@v1\n", "nothing"),
    ],
)
def test_a_file_that_carries_no_certificate_is_unreadable(
    put: Callable[[dict[str, Any]], dict[str, Any]], tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "file").write_bytes(content)

    outcome = put({"file": str(tmp_path / "file"), "bundle": None, "now": NOW.isoformat()})

    assert outcome == {"verdict": "unreadable", "reason": reason}


@pytest.mark.django_db
def test_the_bundle_comes_packed_to_whoever_can_unpack_it(client: Client) -> None:
    Evidence().keep()

    plain = client.get("/verifikasi/luring/bundel.json")
    packed = client.get("/verifikasi/luring/bundel.json", headers={"accept-encoding": "gzip, br"})

    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.django_db
def test_the_bundle_tells_of_a_stolen_key(ask: Ask, client: Client) -> None:
    evidence = Evidence(body=Body(compromised_at=ISSUED - DAY))
    evidence.keep()

    bundle = client.get("/verifikasi/luring/bundel.json").json()

    assert ask(evidence, bundle=bundle)["verdict"] == "not-genuine"


@pytest.mark.django_db
def test_the_bundle_costs_few_queries_however_many_bodies_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("1001", "1002", "1003"):
        Evidence(body=Body(code=code)).keep()

    with django_assert_num_queries(3):
        bundle = client.get("/verifikasi/luring/bundel.json").json()

    assert len(bundle["did_documents"]) == 3
    assert len(bundle["status_lists"]) == 9
    with django_assert_num_queries(0):
        client.get("/verifikasi/luring/bundel.json")


@pytest.mark.django_db
def test_the_page_is_nobodys_although_somebody_is_signed_in(client: Client) -> None:
    client.force_login(access.user("Rina Kartika"))

    page = client.get("/verifikasi/luring/").content.decode()

    assert "Rina Kartika" not in page
    assert "Masuk" in page


@pytest.mark.django_db
def test_the_page_leads_on_without_script(client: Client) -> None:
    page = client.get("/verifikasi/luring/").content.decode()

    assert '<section id="tanpa-skrip">' in page
    assert '<a href="/verifikasi/">' in page
    assert '<section id="alat" hidden' in page


@pytest.mark.django_db
def test_every_reason_has_words(client: Client) -> None:
    page = client.get("/verifikasi/luring/").content.decode()
    given = set(re.findall(r'data-word="([a-z-]+)"', page))
    folder = Path(__file__).parents[1] / "static/portal/verifier"
    code = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.js"))

    told = re.findall(r'(?:new (?:Wrong|Unknown)\(|reason: )"([a-z-]+)"', code)

    assert len(told) > 30
    assert set(told) <= given


@pytest.mark.django_db
def test_the_worker_keeps_every_file_of_the_page(client: Client) -> None:
    page = client.get("/verifikasi/luring/").content.decode()
    asked = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)

    response = client.get("/verifikasi/luring/sw.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    code = response.content.decode()
    assert [file for file in asked if f'"{file}"' not in code] == []
    assert "/static/portal/verifier/verify.js" in code


@pytest.mark.django_db
def test_the_page_can_be_installed(client: Client) -> None:
    response = client.get(
        "/verifikasi/luring/manifest.webmanifest", headers={"accept-language": "en"}
    )

    manifest = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert manifest["start_url"] == manifest["scope"] == "/verifikasi/luring/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
