"""Whom to believe about a log: C2SP tlog-policy, that is its keys, its witnesses, and how many of them.

It knows nothing of this installation: an auditor keeps the file, and the log publishes its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from mumpuni.transparency.notes import LOG_KEY, WITNESS_KEY, Malformed, VerifierKey

NONE = "none"
ANY, ALL = "any", "all"
MAJORITY = "majority"
BLANKS = " \t"
CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
THRESHOLD = re.compile(r"[1-9]\d{0,8}")

type Saw = Callable[[VerifierKey], bool]


@dataclass(frozen=True)
class Group:
    """So many of these, each a witness or a group again."""

    threshold: int
    members: Sequence[VerifierKey | Group]

    def saw(self, saw: Saw) -> bool:
        """Tell whether enough members saw a head, when `saw` tells it of a witness."""
        return self.threshold <= sum(
            one.saw(saw) if isinstance(one, Group) else saw(one) for one in self.members
        )


@dataclass(frozen=True)
class TrustPolicy:
    """Which logs are believed, and which of the witnesses must have seen what they say."""

    logs: Sequence[VerifierKey]
    witnesses: Sequence[VerifierKey]
    quorum: Group

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Read a file.

        Raises:
            Malformed: it is not written as it should be, or asks for what cannot be.
        """
        if CONTROL.search(raw):
            raise Malformed("a policy has no control characters")
        reader = _Reader()
        # names are octets: those that are no UTF-8 stay apart
        for number, line in enumerate(raw.decode(errors="backslashreplace").split("\n"), 1):
            if line.strip(BLANKS) and not line.lstrip(BLANKS).startswith("#"):
                try:
                    reader.take(re.split(f"[{BLANKS}]+", line.strip(BLANKS)))
                except Malformed as error:
                    raise Malformed(f"line {number}: {error}") from error
        if reader.quorum is None:
            raise Malformed("a policy names its quorum")
        return cls(tuple(reader.logs), tuple(reader.witnesses), reader.quorum)

    def demanding(
        self, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey]
    ) -> TrustPolicy:
        """Return one that believes these logs instead, if any, and wants these witnesses besides."""
        return TrustPolicy(
            tuple(logs or self.logs),
            (*self.witnesses, *witnesses),
            Group(1 + len(witnesses), (self.quorum, *witnesses)),
        )


NOBODY = TrustPolicy((), (), Group(0, ()))
"""Believes no log yet, and asks for no witness."""


class _Reader:
    """What the lines so far have defined."""

    def __init__(self) -> None:
        self.logs: list[VerifierKey] = []
        self.witnesses: list[VerifierKey] = []
        self.quorum: Group | None = None
        self._named: dict[str, VerifierKey | Group] = {}
        self._members: set[str] = set()

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", key] | ["log", key, _]:
                self._add(self.logs, key, LOG_KEY)
            case ["witness", name, key] | ["witness", name, key, _]:
                self._define(name, self._add(self.witnesses, key, WITNESS_KEY))
            case ["group", name, threshold, *members] if members:
                self._define(name, self._group(threshold, members))
            case ["quorum", name] if self.quorum is None:
                self.quorum = Group(0, ()) if name == NONE else Group(1, [self._known(name)])
            case _:
                raise Malformed(f"nothing a policy says here: {' '.join(words)[:80]!r}")

    def _add(self, keys: list[VerifierKey], text: str, kind: int) -> VerifierKey:
        key = VerifierKey.parse(text)
        if key.kind != kind:
            raise Malformed(f"{key.name} signs something else")
        if key.public in {one.public for one in keys}:
            raise Malformed(f"the key of {key.name} is there twice")
        keys.append(key)
        return key

    def _define(self, name: str, what: VerifierKey | Group) -> None:
        if name == NONE or name in self._named:
            raise Malformed(f"{name!r} is taken")
        self._named[name] = what

    def _known(self, name: str) -> VerifierKey | Group:
        if name not in self._named:
            raise Malformed(f"{name!r} is not defined above")
        return self._named[name]

    def _group(self, threshold: str, names: list[str]) -> Group:
        members = []
        for name in names:
            members.append(self._known(name))
            if name in self._members:
                raise Malformed(f"{name!r} is a member already")
            self._members.add(name)
        counts = {ANY: 1, ALL: len(names)}
        count = counts.get(threshold) or (int(threshold) if THRESHOLD.fullmatch(threshold) else 0)
        if not 1 <= count <= len(names):
            raise Malformed(f"{threshold!r} of {len(names)} is no threshold")
        return Group(count, members)


def written(
    logs: Iterable[VerifierKey], address: str, witnesses: Sequence[tuple[VerifierKey, str]]
) -> str:
    """Return the policy that asks for more than half of the witnesses, each with its address.

    Two majorities share a witness: it would have to lie for two auditors to be shown two logs.
    """
    lines = [f"log {key} {address}" for key in logs]
    names = [f"w{number}" for number in range(1, len(witnesses) + 1)]
    lines += [
        f"witness {name} {key} {url}" for name, (key, url) in zip(names, witnesses, strict=True)
    ]
    if names:
        lines += [f"group {MAJORITY} {len(names) // 2 + 1} {' '.join(names)}"]
    lines += [f"quorum {MAJORITY if names else NONE}"]
    return "".join(f"{line}\n" for line in lines)
