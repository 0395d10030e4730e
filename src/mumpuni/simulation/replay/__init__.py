"""A year of the authority's report, made again by the verbs that people use.

What the report counts is made case by case, on bodies whose names and days are simulated, and then
asked back by the figures of the year. Where its numbers do not fit together, an assumption fills
the gap and is told with the result.
"""

from mumpuni.simulation.replay.plan import Plan, read_plan
from mumpuni.simulation.replay.report import Replay
from mumpuni.simulation.replay.year import replay

__all__ = ["Plan", "Replay", "read_plan", "replay"]
