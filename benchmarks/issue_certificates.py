"""How many certificates a second two workers issue, against signing alone and against a peer.

    .venv/bin/python benchmarks/issue_certificates.py [CERTIFICATES [BODIES]]

Two processes of `mumpuni worker` wait at an empty queue, as they do in production. The clock runs
from the approval of the first request, each for the thousand candidates of a session, until every
request is issued and the log has published the last certificate. Then two processes sign the very
same credentials in memory: both proofs and the token, written out, as holders get them. Npm's
`@digitalbazaar/vc` issues the first of them again and again. Ends with 1 when an aim is missed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import bench
import nation

CERTIFICATES, BODIES, OF_A_SESSION = 20_000, 4, 1_000
WORKERS = 2
PEER_ROUNDS = 200
HALF_OF_SIGNING, PER_SECOND, TIMES_THE_PEER = 0.5, 2_000, 40
ALL_ISSUED_AND_TOLD = """
SELECT NOT EXISTS (SELECT FROM certificates_certificaterequest WHERE state <> 'issued')
    AND NOT EXISTS (SELECT FROM transparency_leaf WHERE index IS NULL)
"""

type Values = dict[str, str]
type Share = list[tuple[str, list[Values]]]
"""Templates of credentials, and what fills each."""


class Rate(NamedTuple):
    """How many a second: by the clock on the wall, and in time of processors."""

    wall: float
    busy: float


def main() -> int:
    """Issue, sign, compare."""
    certificates, bodies = bench.numbers(CERTIFICATES, BODIES)
    sessions = max(1, certificates // OF_A_SESSION)
    count = sessions * OF_A_SESSION
    with bench.database("issue_certificates"):
        nation.found(bodies)
        nation.hold_sessions(1, sessions, size=OF_A_SESSION, bodies=bodies)
        with workers() as pids:
            issued = issue(pids)
        shares = what_was_signed()
    return int(not all([*report(f"issue {count:,}", issued, shares)]))


def report(name: str, issued: Rate, shares: list[Share]) -> Iterator[bool]:
    signed, proven = signed_alone(shares)
    peer = peer_rate(shares[0])
    yield bench.tell(name, issued.wall, "per second, two workers", least=PER_SECOND)
    yield bench.tell(
        name,
        issued.wall,
        "per second, two workers",
        against=f"signing alone in two processes: {signed.wall:,.0f}",
        ratio=issued.wall / signed.wall,
        least=HALF_OF_SIGNING,
    )
    yield bench.tell(
        f"{name}, database included",
        issued.busy,
        "per second of processor time",
        against=f"signing alone: {signed.busy:,.0f}",
        ratio=issued.busy / signed.busy,
        least=HALF_OF_SIGNING,
    )
    yield bench.tell(
        "credential with rdfc and jcs proof",
        proven,
        "per second of processor time",
        against=f"@digitalbazaar/vc, rdfc proof only: {peer:,.1f}",
        ratio=proven / peer,
        least=TIMES_THE_PEER,
    )


@contextmanager
def workers() -> Iterator[list[int]]:
    """Run the workers, and lend their numbers when all of them wait for work."""
    from mumpuni.config.children import running  # noqa: PLC0415 - needs the settings

    with ExitStack() as stack:
        pids = []
        for _worker in range(WORKERS):
            logs = Path(stack.enter_context(TemporaryDirectory()))
            [child] = stack.enter_context(running({"worker": ()}, logs))
            pids.append(child.process.pid)
        bench.wait_until("SELECT count(*) = %s FROM procrastinate_workers", WORKERS)
        yield pids


def issue(workers: list[int]) -> Rate:
    """Approve every request as the authority does, and wait until nothing is left to do."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from mumpuni.access.person import Person  # noqa: PLC0415 - needs the settings
    from mumpuni.access.roles import Role  # noqa: PLC0415 - needs the settings
    from mumpuni.certificates.models import CertificateRequest  # noqa: PLC0415 - likewise
    from mumpuni.kernel.workflow import perform  # noqa: PLC0415 - needs the settings

    officer = Person(None, "Petugas", frozenset({Role.CERTIFICATION_OFFICER}))
    requests = list(CertificateRequest.objects.order_by("pk"))
    began, meter = time.perf_counter(), bench.Meter([os.getpid(), *workers])
    for request in requests:
        perform(request, "approve", officer, at=timezone.now())
    bench.wait_until(ALL_ISSUED_AND_TOLD, meanwhile=meter.read)
    count = len(requests) * OF_A_SESSION
    return Rate(count / (time.perf_counter() - began), count / meter.read())


def what_was_signed() -> list[Share]:
    """Return what every worker would have to sign if all of it lay ready."""
    from mumpuni.certificates import award  # noqa: PLC0415 - needs the settings
    from mumpuni.certificates.models import Credential  # noqa: PLC0415 - needs the settings

    filled: dict[str, list[Values]] = {}
    rows = Credential.objects.select_related("certificate__status_list", "template")
    for credential in rows.order_by("pk"):
        values = award.values_of(credential.certificate)
        filled.setdefault(credential.template.content, []).append(values)
    return [
        [(content, values[start::WORKERS]) for content, values in filled.items()]
        for start in range(WORKERS)
    ]


def signed_alone(shares: list[Share]) -> tuple[Rate, float]:
    """Sign in as many processes as there were workers; return the proofs' rate apart."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    connection.close()  # no process shall inherit it
    alike = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(WORKERS, mp_context=alike) as processes:
        rates, proven = zip(*processes.map(sign, shares), strict=True)
    busy = statistics.mean(rate.busy for rate in rates)
    return Rate(sum(rate.wall for rate in rates), busy), statistics.mean(proven)


def sign(share: Share) -> tuple[Rate, float]:
    """Write out credentials with their proofs, and then tokens; templates are compiled before."""
    from mumpuni.certificates import award  # noqa: PLC0415 - needs the settings
    from mumpuni.credentials import jwt, proofs  # noqa: PLC0415 - needs the settings
    from mumpuni.credentials.tests.badges import (  # noqa: PLC0415 - needs the settings
        CREATED,
        JWT_SIGNER,
        SIGNER,
    )

    ready = [(award.compiled(content).shape, values) for content, many in share for values in many]
    began, busy_since = time.perf_counter(), time.process_time()
    for shape, values in ready:
        signatures = proofs.sign(shape, values, SIGNER, CREATED)
        proofs.secured_document(shape, values, signatures, SIGNER.verification_method, CREATED)
    proven = time.process_time() - busy_since
    for shape, values in ready:
        jwt.sign(shape.document_bytes(values), JWT_SIGNER)
    count, busy = len(ready), time.process_time() - busy_since
    return Rate(count / (time.perf_counter() - began), count / busy), count / proven


def peer_rate(share: Share) -> float:
    """Return how many proofs of one of the credentials npm's issuer makes in its own time."""
    from mumpuni.certificates import award  # noqa: PLC0415 - needs the settings
    from mumpuni.credentials.tests import peers  # noqa: PLC0415 - needs the settings
    from mumpuni.credentials.tests.test_proofs import CONTEXT_FILES  # noqa: PLC0415 - likewise

    content, [values, *_others] = share[0]
    document = json.loads(award.compiled(content).shape.document_bytes(values))
    question = {"credential": document, "date": document["validFrom"], "rounds": PEER_ROUNDS}
    rdfc, _jcs = peers.ask("sign-credentials.mjs", question | {"key": peer_key()}, CONTEXT_FILES)
    return float(rdfc["perSecond"])


def peer_key() -> dict[str, str]:
    from mumpuni.credentials import signing  # noqa: PLC0415 - needs the settings
    from mumpuni.credentials.tests import badges  # noqa: PLC0415 - needs the settings

    return {
        "id": badges.SIGNER.verification_method,
        "type": "Multikey",
        "controller": badges.ISSUER,
        "publicKeyMultibase": signing.multikey(signing.public_key(badges.ED25519)),
        "secretKeyMultibase": signing.multibase(b"\x80\x26" + badges.ED25519.private_bytes_raw()),
    }


if __name__ == "__main__":
    sys.exit(main())
