"""What came out of a replay, beside what the report prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mumpuni.simulation.replay.plan import ASSUMPTIONS, Plan
from mumpuni.surveillance.queries.figures import FIGURES, counted


@dataclass(frozen=True)
class Replay:
    """A year that was made again, and how long it took."""

    year: int
    plan: Plan
    seconds: float

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Each figure as it was printed and as the records give it; one query."""
        told = counted([self.year])
        return [
            {
                "key": figure.key,
                "label": str(figure.label),
                "printed": self.plan.expected[figure.key],
                "counted": told[figure.key, self.year],
                "agrees": told[figure.key, self.year] == self.plan.expected[figure.key],
            }
            for figure in FIGURES
        ]

    def told(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {
            "year": self.year,
            "figures": self.figures,
            "assumptions": [str(one) for one in ASSUMPTIONS],
            "seconds": round(self.seconds, 1),
        }
