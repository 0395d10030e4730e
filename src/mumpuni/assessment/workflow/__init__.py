"""The lives of venues, sessions and candidates, each on one table."""

from mumpuni.assessment.workflow import candidates, sessions, venues

__all__ = ["candidates", "sessions", "venues"]
