"""An answered batch: what page and files show, carried by the reader's browser and not kept here.

The browser gets it signed with the page and sends it back for each file, so that all files of a batch
tell the same, however long after.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from django.core import signing
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mumpuni.certificates.models.certificates import new_public_id
from mumpuni.certificates.verification import Verdict
from mumpuni.certificates.verification.batch import Answer
from mumpuni.web.tones import tone_of

PURPOSE = "mumpuni.portal.batch"
RANDOM_BYTES = 16
NAME_DIFFERS = "name_differs"
WORDS = {verdict.value: verdict.label for verdict in Verdict} | {
    NAME_DIFFERS: gettext_lazy("Nama tidak cocok")
}


@dataclass(frozen=True)
class Line:
    """A row with its answer; `repeats` is the number of an earlier line that asks the same, or 0."""

    number: int
    typed: str
    name: str
    verdict: str
    reason: str
    holder: str
    scheme: str
    body: str
    issued_on: str
    valid_until: str
    repeats: int

    @property
    def word(self) -> str:
        return str(WORDS[self.verdict])

    @property
    def tone(self) -> str:
        return "bad" if self.verdict == NAME_DIFFERS else tone_of(self.verdict)

    @property
    def again(self) -> str:
        """The sentence that says of which line this one is a repetition; empty of the first."""
        return _("Sama dengan baris %d.") % self.repeats if self.repeats else ""

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.valid_until) if self.valid_until else None


@dataclass(frozen=True)
class Answered:
    """Lines with what their receipt is known by; `random` makes the digest of a file unguessable."""

    code: str
    random: str
    at: str
    language: str
    simulated: bool
    lines: tuple[Line, ...]

    @property
    def given_at(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def by_verdict(self) -> dict[str, int]:
        """How many lines have which verdict, in the order of the verdicts."""
        counted = Counter(line.verdict for line in self.lines)
        return {verdict: counted[verdict] for verdict in WORDS if counted[verdict]}

    def with_verdict(self, verdict: str) -> Sequence[Line]:
        """Return the lines of a verdict; all of them where none has it."""
        return [line for line in self.lines if line.verdict == verdict] or self.lines

    def carried(self) -> str:
        """Return all of it as text that nobody can change."""
        return signing.dumps(asdict(self), salt=PURPOSE, compress=True)

    @classmethod
    def from_carried(cls, text: str) -> Self:
        """Read what `carried` wrote.

        Raises:
            signing.BadSignature: it was changed on the way.
        """
        given: dict[str, Any] = signing.loads(text, salt=PURPOSE)
        return cls(**given | {"lines": tuple(Line(**line) for line in given["lines"])})


def answered(answers: Sequence[Answer], at: datetime) -> Answered:
    """Gather answers under a new code, in the reader's language."""
    return Answered(
        code=new_public_id(),
        random=secrets.token_hex(RANDOM_BYTES),
        at=at.isoformat(timespec="seconds"),
        language=get_language() or "id",
        simulated=any(answer.verification.simulated for answer in answers),
        lines=tuple(line_of(number, answer) for number, answer in enumerate(answers, start=1)),
    )


def line_of(number: int, answer: Answer) -> Line:
    """Return what is told of a row; codes that lead to the holder are left out (V-10)."""
    told, facts = answer.verification, answer.verification.certificate
    return Line(
        number=number,
        typed=answer.asked.typed,
        name=answer.asked.name,
        verdict=NAME_DIFFERS if told.name_differs else told.verdict.value,
        reason=told.reason,
        holder=facts.holder_name if facts else "",
        scheme=facts.scheme_title if facts else "",
        body=told.body.name if told.body else "",
        issued_on=facts.issued_on.isoformat() if facts else "",
        valid_until=facts.valid_until.isoformat() if facts else "",
        repeats=0 if answer.repeats is None else answer.repeats + 1,
    )
