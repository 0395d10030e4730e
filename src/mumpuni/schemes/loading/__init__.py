"""Loads the published standards of the data folder: once per release, never twice."""

from __future__ import annotations

from pathlib import Path

from mumpuni.reference.loading import Outcome, load_datasets
from mumpuni.schemes.loading import decrees, third_party

__all__ = ["load_standards"]


def load_standards(folder: Path, *, force: bool = False) -> list[Outcome]:
    """Load the ministerial standards, then the units that only schemes of others tell of."""
    return load_datasets((*decrees.DATASETS, *third_party.DATASETS), folder, force=force)
