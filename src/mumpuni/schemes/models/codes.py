"""How the code of a competency unit is written, whatever a person typed."""

import re

# One pattern per generation of codes, read without its separators; the groups are the parts.
GENERATIONS = (
    re.compile(r"([A-Z])(\d{2}[A-Z]{3}\d{2})(\d{3})(\d)"),  # since 2018: J.62DMI00.001.1
    re.compile(r"([A-Z])(\d{6})(\d{3})(\d{2})"),  # 2012 to 2017: J.611000.001.01
    re.compile(r"([A-Z]{3})([A-Z]{2}\d{2})(\d{3})(\d{2})"),  # before 2012: TIK.OP02.001.01
)
SEPARATORS = re.compile(r"[\s.\-_/]+")
# the same codes within a line of other text, with anything between their parts
WITHIN_TEXT = tuple(
    re.compile(rf"\b{pattern.pattern.replace(')(', r')[\s.\-_/]*(')}\b") for pattern in GENERATIONS
)


def normalise_unit_code(typed: str) -> str:
    """Return the code as decrees print it, or the tidied text where it fits no known pattern.

    `m74dkv13.015.3`, `M 74DKV13 015 3` and `M.74DKV13.015.3` are one code.
    """
    bare = SEPARATORS.sub("", typed.upper())
    for pattern in GENERATIONS:
        if match := pattern.fullmatch(bare):
            return ".".join(match.groups())
    return typed.strip().upper()


def unit_codes_in(pasted: str) -> list[str]:
    """Return the codes in a list that somebody pasted, one a line, titles and numbering left out.

    A line in which no known pattern is found stays as it is, for the writer to mend.
    """
    lines = (line.strip() for line in re.split(r"[\n\r;,\t|]+", pasted))
    return list(dict.fromkeys(_code_in(line) for line in lines if any(map(str.isalnum, line))))


def _code_in(line: str) -> str:
    for pattern in WITHIN_TEXT:
        if match := pattern.search(line.upper()):
            return ".".join(match.groups())
    return line
