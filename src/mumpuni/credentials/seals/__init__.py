"""The seal in a PDF: a PAdES signature over every byte that certifies the file as final.

The file itself stays as it came; the seal is one revision behind it. Whoever has the facts can
therefore make the file again and compare, byte for byte, with what stands before the seal.
"""

from mumpuni.credentials.seals.certificates import self_signed_certificate
from mumpuni.credentials.seals.checking import SealReport, check_seal
from mumpuni.credentials.seals.sealing import seal, unsealed
from mumpuni.credentials.seals.stamping import TimeStampFailed, time_stamp

__all__ = [
    "SealReport",
    "TimeStampFailed",
    "check_seal",
    "seal",
    "self_signed_certificate",
    "time_stamp",
    "unsealed",
]
