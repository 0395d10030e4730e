"""How fast the public log takes leaves in, publishes them and proves them, beside hashing alone.

    .venv/bin/python benchmarks/log.py [LEAVES]

Leaves are appended as the issue appends them, a thousand at a time, and published at once, in a
database of their own. Proofs of inclusion are those that documents and pages carry, with the
checkpoint. Hashing alone is what no log can do without: SHA-256 of as many leaves and of the nodes
above them, in memory. Ends with 1 when an aim is missed.
"""

from __future__ import annotations

import os
import random
import sys
import time
from hashlib import sha256

import bench

LEAVES, AT_A_TIME = 100_000, 1_000
SINGLY, TOGETHER = 300, 10_000
LEAST_A_SECOND = 10_000


def main() -> int:
    """Append, publish, prove, compare."""
    [wanted] = bench.numbers(LEAVES)
    batches = max(1, wanted // AT_A_TIME)
    with bench.database("log"):
        meter = bench.Meter([os.getpid()])
        appended, published = append(batches), publish()
        used = meter.read()
        singly, together = prove_singly(), prove_together()
    leaves = batches * AT_A_TIME
    hashed = hash_alone(leaves)
    held = [
        bench.tell(
            f"log: append and publish {leaves:,} leaves",
            leaves / (appended + published),
            "per second",
        ),
        bench.tell(
            f"log: append and publish {leaves:,} leaves",
            leaves / used,
            "per second of processor time, database included",
            against=f"hashing alone: {leaves / hashed:,.0f}",
            ratio=hashed / used,
        ),
        bench.tell(
            "log: append and publish",
            leaves / used,
            "per second of processor time, database included",
            least=LEAST_A_SECOND,
        ),
        bench.tell(f"log: proofs of inclusion among {leaves:,}, singly", singly, "per second"),
        bench.tell(f"log: proofs of inclusion among {leaves:,}, together", together, "per second"),
    ]
    return int(not all(held))


def append(batches: int) -> float:
    """Append batches, each in a transaction, and return how many seconds that took."""
    from mumpuni.transparency.actions import Deed, append  # noqa: PLC0415 - needs the settings
    from mumpuni.transparency.models import Leaf  # noqa: PLC0415 - needs the settings

    deeds = [
        Deed(Leaf.Action.ISSUE, sha256(place.to_bytes(8)).digest(), "benchmark", place)
        for place in range(batches * AT_A_TIME)
    ]
    began = time.perf_counter()
    for first in range(0, len(deeds), AT_A_TIME):
        append(deeds[first : first + AT_A_TIME])
    return time.perf_counter() - began


def publish() -> float:
    """Publish what waits, and return how many seconds that took."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from mumpuni.transparency.actions import publish  # noqa: PLC0415 - needs the settings

    began = time.perf_counter()
    publish(timezone.now())
    return time.perf_counter() - began


def prove_singly() -> float:
    """Return how many leaves a second are proven to as many who ask for one."""
    from mumpuni.transparency.models import Leaf  # noqa: PLC0415 - needs the settings
    from mumpuni.transparency.queries import proof_of  # noqa: PLC0415 - needs the settings

    leaves = random.sample(list(Leaf.objects.all()), SINGLY)
    began = time.perf_counter()
    for leaf in leaves:
        proof_of(leaf)
    return SINGLY / (time.perf_counter() - began)


def prove_together() -> float:
    """Return how many a second are proven where all of them are written at once."""
    from mumpuni.transparency.models import Leaf  # noqa: PLC0415 - needs the settings
    from mumpuni.transparency.queries import proofs_of  # noqa: PLC0415 - needs the settings

    leaves = list(Leaf.objects.order_by("index")[:TOGETHER])
    began = time.perf_counter()
    proven = len(list(proofs_of(leaves)))
    return proven / (time.perf_counter() - began)


def hash_alone(leaves: int) -> float:
    """Hash a tree in memory, and return how many seconds of the processor that took."""
    from mumpuni.transparency.tree import leaf_hash, node_hash  # noqa: PLC0415 - needs the settings

    lines = [place.to_bytes(80) for place in range(leaves)]
    began = time.process_time()
    level = [leaf_hash(line) for line in lines]
    while len(level) > 1:
        level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=False)]
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
