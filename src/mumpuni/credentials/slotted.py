"""Texts with numbered slots, and sorted lines of them whose order is known before they are filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

type Part = str | int
"""A piece of a text: constant, or the number of the slot that fills it."""
type Line = tuple[Part, ...]
"""A line cut so that constants and slots alternate."""


@dataclass(frozen=True)
class Text:
    """A text with slots."""

    template: str
    pick: Callable[[Sequence[str]], Any]

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Text:
        parts = list(parts)
        template = "".join("%s" if isinstance(p, int) else p.replace("%", "%%") for p in parts)
        return cls(template, picker([part for part in parts if isinstance(part, int)]))

    def fill(self, slots: Sequence[str]) -> str:
        text: str = self.template % self.pick(slots)
        return text


@dataclass(frozen=True)
class Run:
    """Neighbouring lines of a sorted whole."""

    text: Text
    ordered: bool
    """Whether they stay sorted and distinct whatever fills them."""

    def fill(self, slots: Sequence[str]) -> str:
        text = self.text.fill(slots)
        if self.ordered:
            return text
        return "".join([f"{line}\n" for line in sorted(set(text.split("\n")) - {""})])


def runs(lines: Iterable[Line], *, beginning: Line = ()) -> tuple[Run, ...]:
    """Sort lines, as far as that is possible before they are filled.

    Two lines keep their order if their constant beginnings differ; where one begins with all of
    another's, they come into one run that is sorted each time. `beginning` is common to all.
    """
    groups: list[list[Line]] = []
    for line in sorted(lines):
        if groups and any(_may_overtake(earlier, line) for earlier in groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    found: list[Run] = []
    for ordered, alike in groupby(groups, key=lambda group: len(group) == 1):
        for together in [list(chain(*alike))] if ordered else alike:
            parts = [part for line in together for part in (*beginning, *line, "\n")]
            found.append(Run(Text.of(parts), ordered))
    return tuple(found)


def is_constant(line: Line) -> bool:
    return all(isinstance(part, str) for part in line)


def merged(parts: Iterable[Part]) -> Line:
    """Join neighbouring constants."""
    line: list[Part] = []
    for part in parts:
        if isinstance(part, str) and line and isinstance(line[-1], str):
            line[-1] += part
        elif part != "":
            line.append(part)
    return tuple(line)


def picker(keys: Sequence[Any]) -> Callable[[Any], Any]:
    """Return a function that picks a tuple of items, however few."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda source: tuple(source[key] for key in keys)


def _may_overtake(earlier: Line, later: Line) -> bool:
    return not is_constant(earlier) and str(later[0]).startswith(str(earlier[0]))
