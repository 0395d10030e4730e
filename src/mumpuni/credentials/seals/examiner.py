"""A program: reads a stranger's PDF in a process of its own, which may not grow or run for long.

In: a line of JSON (`trusted`, `stamped_by`: certificates in hexadecimal; `at`: a moment or null;
`attachment`: a name or nothing), then the file. Out: a line of JSON, `{"code": …}` or the facts of a `SealReport`.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import datetime
from typing import Any

import pikepdf
from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

SECONDS_OF_CPU = 20
BYTES_OF_MEMORY = 1 << 30


def main() -> None:
    limit(resource.RLIMIT_CPU, SECONDS_OF_CPU)
    limit(resource.RLIMIT_AS, BYTES_OF_MEMORY)
    question = json.loads(sys.stdin.buffer.readline())
    print(json.dumps(examined(sys.stdin.buffer.read(), question)))  # noqa: T201 - its answer


def limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def examined(pdf: bytes, question: dict[str, Any]) -> dict[str, Any]:
    """Say what the first signature of a file is worth."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if not reader.embedded_regular_signatures:
            return {"code": "seal-missing"}
        seal = reader.embedded_regular_signatures[0]
        return facts(seal, question) | {
            "nothing_hidden": nothing_hidden(seal, pdf),
            "whole_file": covers_all(reader.embedded_signatures[-1]),
            "attachment": attachment(pdf, question["attachment"]).hex(),
        }
    except (Exception, RecursionError) as error:  # noqa: BLE001 - made to break it, anything is raised
        return {"code": "seal-unreadable", "detail": type(error).__name__}


def facts(seal: EmbeddedPdfSignature, question: dict[str, Any]) -> dict[str, Any]:
    at = question["at"] and datetime.fromisoformat(question["at"])
    status: PdfSignatureStatus = validate_pdf_signature(
        seal, context(question["trusted"], at), context(question["stamped_by"], None)
    )
    stamp = status.timestamp_validity
    claimed = status.signer_reported_dt
    return {
        "signer": status.signing_cert.subject.native.get("common_name", ""),
        "certificate": status.signing_cert.dump().hex(),
        "intact": status.intact and status.valid,
        "final": bool(seal.docmdp_level) and unchanged(status),
        "trusted": status.trusted,
        "claimed_at": claimed and claimed.isoformat(),
        "stamped_at": stamp.timestamp.isoformat() if stamp and proven(stamp) else None,
    }


def nothing_hidden(seal: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether the gap in the signed bytes holds the signature and no more than zeros behind."""
    _, begins, ends, _ = seal.byte_range
    proof = cms.ContentInfo.load(seal.pkcs7_content).dump().hex().encode()
    whole: bytes = b"<" + proof.ljust(ends - begins - 2, b"0") + b">"
    return pdf[begins:ends].lower() == whole


def covers_all(last: EmbeddedPdfSignature) -> bool:
    """Tell whether the newest signature, or time stamp for the archive, covers the file."""
    return bool(last.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE)


def attachment(pdf: bytes, name: str) -> bytes:
    """Return the file that is attached under a name; nothing where there is none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if not name or name not in document.attachments:
            return b""
        return bytes(document.attachments[name].get_file().read_bytes())


def unchanged(status: PdfSignatureStatus) -> bool:
    """Proofs for the archive may follow a seal, nothing else may."""
    allowed = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}
    return bool(status.docmdp_ok and status.modification_level in allowed)


def proven(stamp: TimestampSignatureStatus) -> bool:
    return bool(stamp.intact and stamp.valid and stamp.trusted)


def context(trusted: list[str], at: datetime | None) -> ValidationContext:
    """Trust these certificates and no others, ask no network."""
    roots = [x509.Certificate.load(bytes.fromhex(root)) for root in trusted]
    return ValidationContext(trust_roots=roots, moment=at, allow_fetching=False)


if __name__ == "__main__":
    main()
