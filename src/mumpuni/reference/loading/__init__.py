"""Loads the data folder into the reference tables: once per release, never twice."""

from __future__ import annotations

from pathlib import Path

from mumpuni.reference.loading import calendar, catalogue, classifications, offices, places
from mumpuni.reference.loading.datasets import (
    CsvRow,
    Dataset,
    Loading,
    Outcome,
    load_dataset,
    load_datasets,
)

__all__ = [
    "DATASETS",
    "CsvRow",
    "Dataset",
    "Loading",
    "Outcome",
    "load_all",
    "load_dataset",
    "load_datasets",
]

DATASETS = (
    *places.DATASETS,
    *classifications.DATASETS,
    *catalogue.DATASETS,
    *offices.DATASETS,
    *calendar.DATASETS,
)


def load_all(folder: Path, *, force: bool = False) -> list[Outcome]:
    """Load regions, classifications and the official lists."""
    return load_datasets(DATASETS, folder, force=force)
