"""A small national registry to try: made by the verbs that people use, labelled as simulated."""

from mumpuni.simulation.demo.welcome import welcome
from mumpuni.simulation.demo.world import make

__all__ = ["make", "welcome"]
