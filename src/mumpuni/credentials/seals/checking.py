"""Whether the seal of a PDF holds, asked of pyHanko, which shares no code with our sealing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mumpuni.credentials.errors import NotVerified

EXAMINER = Path(__file__).with_name("examiner.py")
LARGEST = 10 * 1024 * 1024
SECONDS = 20


@dataclass(frozen=True)
class SealReport:
    """What the first signature in a file is worth."""

    signer: str
    certificate: bytes
    intact: bool
    """The signed bytes are those that were signed."""
    nothing_hidden: bool
    """The signature leaves out nothing but itself."""
    whole_file: bool
    """Nothing stands behind the seal, or only proofs for the archive, which cover the rest."""
    final: bool
    """The seal forbids changes, and none was made."""
    trusted: bool
    """The certificate descends from one of the given roots."""
    claimed_at: datetime | None
    stamped_at: datetime | None
    """When a trusted time-stamp authority saw the seal."""
    attachment: bytes
    """The file attached under the name that was asked for, if there is one."""

    @property
    def holds(self) -> bool:
        """Tell whether this is the file that the holder of a trusted key sealed."""
        return all((self.intact, self.nothing_hidden, self.whole_file, self.final, self.trusted))


def check_seal(
    pdf: bytes,
    *,
    roots: Sequence[bytes] = (),
    stamp_roots: Sequence[bytes] = (),
    at: datetime | None = None,
    attachment: str = "",
) -> SealReport:
    """Examine a file from anybody, now or as if it were `at` a moment in the past.

    `roots` and `stamp_roots` (DER) are trusted as they are, those under them while they are valid;
    `attachment` is the name of an attached file to return.

    Raises:
        NotVerified: `seal-missing`, `seal-unreadable`, `file-too-large`, or `check-too-long`.
    """
    if len(pdf) > LARGEST:
        raise NotVerified("file-too-large")
    if b"/ByteRange" not in pdf:
        raise NotVerified("seal-missing")
    question = {
        "trusted": [root.hex() for root in roots],
        "stamped_by": [root.hex() for root in stamp_roots],
        "at": at and at.isoformat(),
        "attachment": attachment,
    }
    return _report(_examined(json.dumps(question).encode() + b"\n" + pdf))


def _examined(question: bytes) -> dict[str, Any]:
    """Ask in another process: what a hostile file uses up there is not ours."""
    try:
        done = subprocess.run(  # noqa: S603 - a program of ours
            [sys.executable, "-I", EXAMINER],
            input=question,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise NotVerified("check-too-long") from error
    except subprocess.CalledProcessError as error:
        raise NotVerified("seal-unreadable", f"ended with {error.returncode}") from error
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _report(answer: dict[str, Any]) -> SealReport:
    if "code" in answer:
        raise NotVerified(answer["code"], answer.get("detail", ""))
    return SealReport(
        **answer
        | {
            "certificate": bytes.fromhex(answer["certificate"]),
            "claimed_at": _moment(answer["claimed_at"]),
            "stamped_at": _moment(answer["stamped_at"]),
            "attachment": bytes.fromhex(answer["attachment"]),
        }
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
