"""A badge as the packages above issue it, its shape, and keys that are their own identifiers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.credentials import contexts, signing

HOST = "https://sertifikasi.contoh.id"
UNITS = [f"J.620900.0{number:02}.01" for number in range(1, 7)]
CREATED = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
"""When everything here is signed; it is valid from then on, for three years."""

ED25519 = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
P256 = ec.derive_private_key(20_260_101, ec.SECP256R1())
SIGNER = signing.Ed25519Signer(signing.did_key(signing.public_key(ED25519)), ED25519)
JWT_SIGNER = signing.P256Signer(signing.did_key(signing.public_key(P256)), P256)
ISSUER = SIGNER.verification_method.partition("#")[0]
JWT_ISSUER = JWT_SIGNER.verification_method.partition("#")[0]

HARD_NAMES = [
    "Siti Nurhaliza®",
    "Zoë Łukasiewicz-O’Brien",
    "Nguye\u0302\u0303n Va\u0306n A",
    "محمد بن عبد الله",
    "שרה בת־שבע",
    "👩🏽‍🏫 Guru Teladan",
    'Budi "Anto" Santoso \\ S.Kom.',
    "A" * 120,
    "孫\u2028悟空 %s {{name}} {}",
]


def template(issuer: str = ISSUER) -> dict[str, Any]:
    """Return a template with 16 blank nodes, three of which depend on the values."""
    return {
        "@context": [contexts.CREDENTIALS_V2, contexts.OPEN_BADGES],
        "id": f"{HOST}/c/{{{{public_id}}}}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Sertifikat Kompetensi Pemrogram",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "LSP “Contoh” 100%"},
        "validFrom": "{{valid_from}}",
        "validUntil": "{{valid_until}}",
        "credentialStatus": [
            {
                "id": f"{HOST}/status/1/{purpose}#{{{{status_index}}}}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": "{{status_index}}",
                "statusListCredential": f"{HOST}/status/1/{purpose}",
            }
            for purpose in ("revocation", "suspension")
        ],
        "credentialSubject": _subject(),
    }


def _subject() -> dict[str, Any]:
    scheme = f"{HOST}/s/pemrogram/2"
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": f"{{{{{marker}}}}}",
                "identityType": kind,
            }
            for kind, marker in (("name", "name"), ("identifier", "number"))
        ],
        "licenseNumber": "{{number}}",
        "achievement": {
            "id": scheme,
            "type": ["Achievement"],
            "name": "Pemrogram",
            "description": "Kompeten sebagai pemrogram",
            "criteria": {"narrative": "Enam unit SKKNI, diuji oleh asesor"},
            "resultDescription": [
                {
                    "id": f"{scheme}#{unit}",
                    "type": ["ResultDescription"],
                    "name": f"Unit {unit}",
                    "resultType": "Result",
                }
                for unit in UNITS
            ],
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetName": f"Unit {unit}",
                    "targetCode": unit,
                    "targetFramework": "SKKNI",
                    "targetUrl": f"{HOST}/u/{unit}",
                }
                for unit in UNITS
            ],
        },
        "result": [
            {"type": ["Result"], "resultDescription": f"{scheme}#{unit}", "value": "Kompeten"}
            for unit in UNITS
        ],
    }


def values(name: str = "Budi Santoso", number: int = 1) -> dict[str, str]:
    return {
        "public_id": f"{number:016}",
        "valid_from": "2026-11-25T00:00:00Z",
        "valid_until": "2029-11-25T00:00:00Z",
        "status_index": str(number),
        "name": name,
        "number": f"62090 2512 {number:07} 2026",
    }
