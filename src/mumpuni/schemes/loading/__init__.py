"""Loads the published standards and schemes of the data folder: once per release, never twice."""

from __future__ import annotations

from pathlib import Path

from mumpuni.reference.loading import Outcome, load_datasets
from mumpuni.schemes.loading import decrees, examples, third_party

__all__ = ["DATASETS", "load_schemes", "load_standards"]

STANDARDS = (*decrees.DATASETS, *third_party.DATASETS)
DATASETS = (*STANDARDS, *examples.DATASETS)


def load_standards(folder: Path, *, force: bool = False) -> list[Outcome]:
    """Load the ministerial standards, then the units that only schemes of others tell of."""
    return load_datasets(STANDARDS, folder, force=force)


def load_schemes(folder: Path, *, force: bool = False) -> list[Outcome]:
    """Load the published schemes; standards and classifications must be there."""
    return load_datasets(examples.DATASETS, folder, force=force)
