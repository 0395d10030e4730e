"""Data sets: files with a source and a licence, loaded once per release, in one transaction."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction
from django.utils import timezone

from mumpuni.reference.models import DatasetRelease, ReferenceRow

type CsvRow = dict[str, str]


@dataclass(frozen=True)
class Dataset:
    """Files of the data folder and the function that loads them and returns its row count."""

    key: str
    version: str
    source: str
    licence: str
    files: tuple[str, ...]
    load: Callable[[Path], int]

    def digest(self, folder: Path) -> str:
        """Return the SHA-256 over the names and contents of the files."""
        whole = hashlib.sha256()
        for name in self.files:
            whole.update(name.encode() + b"\0")
            whole.update(hashlib.sha256((folder / name).read_bytes()).digest())
        return whole.hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What became of one data set."""

    key: str
    row_count: int
    loaded: bool


def load_datasets(datasets: Sequence[Dataset], folder: Path, *, force: bool) -> list[Outcome]:
    """Load, in order, each data set of which the files or the version changed since last time."""
    return [_load(dataset, folder, force=force) for dataset in datasets]


@transaction.atomic
def _load(dataset: Dataset, folder: Path, *, force: bool) -> Outcome:
    sha256 = dataset.digest(folder)
    latest = DatasetRelease.objects.filter(key=dataset.key).order_by("-loaded_at").first()
    if latest and not force and (latest.version, latest.sha256) == (dataset.version, sha256):
        return Outcome(dataset.key, latest.row_count, loaded=False)
    row_count = dataset.load(folder)
    DatasetRelease.objects.update_or_create(
        key=dataset.key,
        version=dataset.version,
        sha256=sha256,
        defaults={
            "source": dataset.source,
            "licence": dataset.licence,
            "row_count": row_count,
            "loaded_at": timezone.now(),
        },
    )
    return Outcome(dataset.key, row_count, loaded=True)


def read_rows(path: Path) -> list[CsvRow]:
    """Return the rows of a CSV file, each by its column names."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upsert[M: models.Model](
    model: type[M], rows: Sequence[M], *, by: Sequence[str], keep: Sequence[str] = ()
) -> list[M]:
    """Insert the rows, or bring those that exist by the natural key up to date; one query a batch.

    Args:
        model: the table.
        rows: what the release holds.
        by: the fields of the natural key.
        keep: fields that people change later, so only set on insertion.

    Returns:
        the rows, each with its primary key.
    """
    fixed = {*by, *keep, model._meta.pk.name}
    fields = [f.name for f in model._meta.concrete_fields if f.name not in fixed]
    return model._default_manager.bulk_create(
        rows, batch_size=2_000, update_conflicts=True, unique_fields=by, update_fields=fields
    )


def retire_others(model: type[ReferenceRow], rows: Sequence[ReferenceRow], **scope: str) -> None:
    """Mark the model's rows that the release leaves out as not current any more."""
    kept = [row.pk for row in rows]
    model._default_manager.filter(**scope, current=True).exclude(pk__in=kept).update(current=False)
