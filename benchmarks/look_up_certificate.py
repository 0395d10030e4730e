"""How many look-ups a second the API answers, against an empty answer and as the register grows.

    .venv/bin/python benchmarks/look_up_certificate.py [FEW [MANY]]

`mumpuni serve` answers over HTTP from a database of its own, filled with FEW certificates and then
with MANY. Empty answers and look-ups by number take turns in short rounds, so that what else the
machine does falls on both alike, each with an address of its own, as a proxy tells it. What counts
is time of the processor in the server and in the database: on one machine whoever asks takes as
much again. Ends with 1 when an aim is missed.
"""

from __future__ import annotations

import http.client
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import bench
import nation

FEW, MANY = 100_000, 1_000_000
OF_A_SESSION, SESSIONS_AT_A_TIME = 20, 5_000
CONNECTIONS, ROUNDS, SECONDS_OF_A_ROUND = 4, 6, 1.0
SESSIONS_ASKED_FOR = 60  # from all over the register; only their certificates are truly signed
HALF_OF_EMPTY, FLAT = 0.5, 0.9  # what is called flat allows for the noise of a machine
EMPTY = "/healthz"
SOME_SESSIONS = "SELECT id FROM certificates_certificaterequest ORDER BY md5(id::text) LIMIT %s"
FORGET_PROOFS = """
DELETE FROM certificates_credential WHERE certificate_id IN (
    SELECT id FROM certificates_certificate WHERE request_id = ANY(%s)
)
"""
NUMBERS = "SELECT number FROM certificates_certificate WHERE request_id = ANY(%s)"

type Rates = dict[str, float]
type Addresses = Callable[[], str]


def main() -> int:
    """Fill, serve, measure; twice."""
    few, many = bench.numbers(FEW, MANY)
    os.environ["MUMPUNI_PROXIES"] = "1"
    with bench.database("look_up_certificate"):
        nation.found()
        sessions = fill(0, few)
        of_few = measure()
        fill(sessions, many)
        of_many = measure()
    held = [against_empty(of_few, few), against_empty(of_many, many)]
    held.append(
        bench.tell(
            f"look-up among {many:,}, in empty answers",
            of_many["look-up"] / of_many["empty"],
            "of an empty answer's rate",
            against=f"among {few:,}",
            ratio=of_many["look-up"] / of_many["empty"] / (of_few["look-up"] / of_few["empty"]),
            least=FLAT,
        )
    )
    return int(not all(held))


def against_empty(rates: Rates, certificates: int) -> bool:
    return bench.tell(
        f"look-up among {certificates:,}",
        rates["look-up"],
        "per second of processor time, database included",
        against=f"empty answer: {rates['empty']:,.0f}",
        ratio=rates["look-up"] / rates["empty"],
        least=HALF_OF_EMPTY,
    )


def fill(sessions: int, certificates: int) -> int:
    """Add sessions until there are so many certificates; return how many sessions there are."""
    wanted = certificates // OF_A_SESSION
    for first in range(sessions + 1, wanted + 1, SESSIONS_AT_A_TIME):
        last = min(first + SESSIONS_AT_A_TIME - 1, wanted)
        nation.certify(first, last, size=OF_A_SESSION)
    return wanted


def measure() -> Rates:
    """Return by the median how many of each are answered in a second of processor time."""
    rates: dict[str, list[float]] = {"empty": [], "look-up": []}
    kinds: dict[str, Addresses] = {"empty": lambda: EMPTY, "look-up": look_ups()}
    with server() as (port, meter):
        for each in range(ROUNDS + 1):
            for kind, addresses in kinds.items():
                before = meter.read()
                answered = ask_for_a_while(port, addresses)
                if each:  # the first round warms up
                    rates[kind].append(answered / (meter.read() - before))
    return {kind: statistics.median(found) for kind, found in rates.items()}


def look_ups() -> Addresses:
    """Sign the certificates of some sessions, as workers do, and return what asks for them."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from mumpuni.certificates.actions import prove_request  # noqa: PLC0415 - needs the settings
    from mumpuni.transparency.actions import publish  # noqa: PLC0415 - needs the settings

    sessions = [session for (session,) in bench.ask(SOME_SESSIONS, SESSIONS_ASKED_FOR)]
    bench.do(FORGET_PROOFS, sessions)
    for session in sessions:
        prove_request(session, at=timezone.now())
    publish(timezone.now())
    numbers = [number for (number,) in bench.ask(NUMBERS, sessions)]
    return lambda: "/api/v1/verify?" + urlencode({"number": random.choice(numbers)})  # noqa: S311


def ask_for_a_while(port: int, addresses: Addresses) -> int:
    """Ask over some connections at the same time; return how many answers came."""
    until = time.perf_counter() + SECONDS_OF_A_ROUND
    answered = [0] * CONNECTIONS

    def ask(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            client = f"10.{random.randrange(1 << 8)}.{random.randrange(1 << 8)}.1"  # noqa: S311
            connection.request("GET", addresses(), headers={"X-Forwarded-For": client})
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                raise RuntimeError(f"answered {answer.status}")
            answered[place] += 1

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered)


@contextmanager
def server() -> Iterator[tuple[int, bench.Meter]]:
    """Serve, and lend the port and a meter of what the server and its database use."""
    from mumpuni.config.children import running, wait_for_port  # noqa: PLC0415 - needs the settings

    port = bench.free_port()
    with (
        TemporaryDirectory() as logs,
        running({"serve": ["--port", str(port)]}, Path(logs)) as children,
    ):
        wait_for_port(children, port)
        yield port, bench.Meter(bench.family_of(children[0].process.pid))


if __name__ == "__main__":
    sys.exit(main())
