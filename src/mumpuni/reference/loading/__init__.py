"""Loads the data folder into the reference tables: once per release, never twice."""

from __future__ import annotations

from pathlib import Path

from mumpuni.reference.loading import catalogue, classifications, offices, places
from mumpuni.reference.loading.datasets import (
    CsvRow,
    Dataset,
    Outcome,
    load_datasets,
    read_rows,
    upsert,
)

__all__ = ["CsvRow", "Dataset", "Outcome", "load_all", "load_datasets", "read_rows", "upsert"]


def load_all(folder: Path, *, force: bool = False) -> list[Outcome]:
    """Load regions, classifications and the official lists."""
    datasets = (
        *places.DATASETS,
        *classifications.DATASETS,
        *catalogue.DATASETS,
        *offices.DATASETS,
    )
    return load_datasets(datasets, folder, force=force)
