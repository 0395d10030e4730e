"""How many finished documents one core makes a second, beside how often it can sign with RSA-3072.

    .venv/bin/python benchmarks/make_documents.py

Finished: typeset with both codes, with the credential and the log's proof inside, and sealed. All
are timed in turn in the same run, in time of the processor, so the ratios tell of the code and not
of the machine or of what else it does. One line of JSON each; ends with 1 when the aim is missed.
"""

from __future__ import annotations

import json
import logging
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import django

from mumpuni.config import local

ROUNDS = 60
AIM = 60
RAW = "raw RSA-3072 signature"
FINISHED = "finished document"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
OFFLINE_LETTERS = 362
UNITS = 8


def main() -> int:
    """Measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mumpuni.config.settings")
    local.prepare_environment()
    django.setup()
    logging.disable(logging.ERROR)
    rates = per_second(tasks())
    for name, rate in rates.items():
        print(json.dumps(line(name, rate, rates[RAW])))
    return int(rates[FINISHED] < AIM)


def line(name: str, rate: float, raw: float) -> dict[str, Any]:
    aimed = name == FINISHED
    return {
        "name": f"documents: {name}",
        "value": round(rate, 1),
        "unit": "per second and core",
        "against": RAW,
        "ratio": round(rate / raw, 4),
        "aim": f">= {AIM} per second and core" if aimed else None,
        "holds": rate >= AIM if aimed else None,
    }


def per_second(tasks: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return by the median how often each is done a second, after a round that warms up."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for each in range(ROUNDS + 1):
        for name, task in tasks.items():
            began = time.process_time()
            task()
            if each:
                times[name].append(time.process_time() - began)
    return {name: 1 / statistics.median(taken) for name, taken in times.items()}


def tasks() -> dict[str, Callable[[], object]]:
    """Return what is timed; each document is another person's, so that nothing is remembered."""
    from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415 - as below
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as below

    from mumpuni.certificates.documents import (  # noqa: PLC0415 - needs the settings
        CREDENTIAL,
        LOG_PROOF,
        certificate_pdf,
    )
    from mumpuni.credentials.seals import seal, self_signed_certificate  # noqa: PLC0415 - likewise

    key = rsa.generate_private_key(65_537, 3_072)
    moment = datetime(2026, 6, 8, tzinfo=UTC)
    issuer = self_signed_certificate(
        "LSP Contoh", key, valid_from=moment, valid_until=moment.replace(year=2028)
    )
    numbers, letters = count(1), random.Random(3)  # noqa: S311 - the same letters each run

    def sign(content: bytes) -> bytes:
        return key.sign(content, padding.PKCS1v15(), SHA256())

    def sealed(content: bytes) -> bytes:
        return seal(
            content,
            sign=sign,
            certificate=issuer,
            reason="Penerbitan sertifikat",
            signed_at=moment,
            name="LSP Contoh",
        )

    def typeset() -> bytes:
        number = next(numbers)
        return certificate_pdf(
            certificate(number),
            attachments={CREDENTIAL: credential(number), LOG_PROOF: b"bukti\n" * 200},
            offline_code="".join(letters.choices(ALPHANUMERIC, k=OFFLINE_LETTERS)),
        )

    ready = typeset()
    return {
        RAW: lambda: sign(b"x" * 100),
        "seal on a document": lambda: sealed(ready),
        "document without a seal": typeset,
        FINISHED: lambda: sealed(typeset()),
    }


def certificate(number: int) -> Any:
    """Return a certificate that no database holds."""
    from mumpuni.certificates.models import Certificate  # noqa: PLC0415 - needs the settings

    return Certificate(
        public_id=f"{number:0>16}",
        number=f"62010 2512 3 {number:07} 2026",
        registration_number=f"TIK.1565.{number:05}.2026",
        holder_name=f"Dewi Ayu Lestari {number}",
        scheme_number="SKM/BNSP/00010/2/2023/1324",
        scheme_title="Pemrogram Junior",
        scheme_title_en="Junior Coder",
        scheme_version=1,
        field_name="Informasi dan Komunikasi",
        kkni_level=3,
        units=[
            {"code": f"J.620100.{place:03}.02", "title": f"Menerapkan hal ke-{place}"}
            for place in range(1, UNITS + 1)
        ],
        body_name="LSP Contoh",
        licence_number="BNSP-LSP-1565-ID",
        issued_on=date(2026, 6, 8),
        valid_until=date(2029, 6, 7),
    )


def credential(number: int) -> bytes:
    """Return as many bytes as a credential has; what they say does not matter here."""
    return json.dumps({"id": number, "result": [f"hasil {number}"] * 300}).encode()


if __name__ == "__main__":
    sys.exit(main())
