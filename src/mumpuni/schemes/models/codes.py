"""How the code of a competency unit is written, whatever a person typed."""

import re

# One pattern per generation of codes, read without its separators; the groups are the parts.
GENERATIONS = (
    re.compile(r"([A-Z])(\d{2}[A-Z]{3}\d{2})(\d{3})(\d)"),  # since 2018: J.62DMI00.001.1
    re.compile(r"([A-Z])(\d{6})(\d{3})(\d{2})"),  # 2012 to 2017: J.611000.001.01
    re.compile(r"([A-Z]{3})([A-Z]{2}\d{2})(\d{3})(\d{2})"),  # before 2012: TIK.OP02.001.01
)
SEPARATORS = re.compile(r"[\s.\-_/]+")


def normalise_unit_code(typed: str) -> str:
    """Return the code as decrees print it, or the tidied text where it fits no known pattern.

    `m74dkv13.015.3`, `M 74DKV13 015 3` and `M.74DKV13.015.3` are one code.
    """
    bare = SEPARATORS.sub("", typed.upper())
    for pattern in GENERATIONS:
        if match := pattern.fullmatch(bare):
            return ".".join(match.groups())
    return typed.strip().upper()
