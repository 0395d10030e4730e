"""How many certificates a second `mumpuni publish` writes as files, beside writing alone.

    .venv/bin/python benchmarks/publish_tree.py [CERTIFICATES]

The certificates are issued as workers issue them; the clock runs from an empty folder until all
that verifiers read lies in it, and again where nothing changed. Writing alone is the same files,
byte for byte, in another folder.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import bench
import nation

CERTIFICATES, BODIES, OF_A_SESSION = 5_000, 4, 1_000


def main() -> int:
    """Issue, publish, compare."""
    certificates, bodies = bench.numbers(CERTIFICATES, BODIES)
    sessions = max(1, certificates // OF_A_SESSION)
    with bench.database("publish_tree"), TemporaryDirectory() as folder:
        nation.found(bodies)
        nation.hold_sessions(1, sessions, size=OF_A_SESSION, bodies=bodies)
        issue()
        meter = bench.Meter([os.getpid()])
        first, used = publish(Path(folder)), meter.read()
        again = publish(Path(folder))
        files, alone = write_alone(Path(folder))
    count = sessions * OF_A_SESSION
    bench.tell(f"publish {count:,} certificates", count / first, "per second")
    bench.tell(
        f"publish {count:,} certificates",
        count / used,
        "per second of processor time, database included",
        against=f"writing the same {files:,} files: {count / alone:,.0f}",
        ratio=alone / used,
    )
    bench.tell(f"publish {count:,} certificates where nothing changed", again, "seconds")
    return 0


def issue() -> None:
    """Approve and issue all requests, in this process."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from mumpuni.access.person import Person  # noqa: PLC0415 - needs the settings
    from mumpuni.access.roles import Role  # noqa: PLC0415 - needs the settings
    from mumpuni.certificates.models import CertificateRequest  # noqa: PLC0415 - likewise
    from mumpuni.kernel.jobs import do_queued  # noqa: PLC0415 - needs the settings
    from mumpuni.kernel.workflow import perform  # noqa: PLC0415 - needs the settings

    officer = Person(None, "Petugas", frozenset({Role.CERTIFICATION_OFFICER}))
    for request in CertificateRequest.objects.order_by("pk"):
        perform(request, "approve", officer, at=timezone.now())
    do_queued()


def publish(folder: Path) -> float:
    """Publish into a folder, and return how many seconds that took."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from mumpuni.certificates.publication.places import Folder  # noqa: PLC0415 - needs the settings
    from mumpuni.certificates.publication.publishing import publish  # noqa: PLC0415 - likewise

    began = time.perf_counter()
    publish(Folder(folder), timezone.now(), sys.stderr.write)
    return time.perf_counter() - began


def write_alone(folder: Path) -> tuple[int, float]:
    """Write the files of a folder again; return how many, and seconds of the processor."""
    contents = {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    with TemporaryDirectory() as other:
        began = time.process_time()
        for parent in {path.parent for path in contents}:
            (Path(other) / parent).mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            (Path(other) / path).write_bytes(content)
        return len(contents), time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
