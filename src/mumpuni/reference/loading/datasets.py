"""Data sets: files with a source and a licence, loaded once per release, in one transaction."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from mumpuni.reference.models import DatasetRelease, ReferenceRow

BATCH = 2_000

type CsvRow = dict[str, str]


@dataclass
class Loading:
    """A release on its way into the database: reads its files, writes rows, counts what differs."""

    folder: Path
    row_count: int = 0
    added: int = 0
    changed: int = 0
    retired: int = 0

    def read(self, name: str) -> list[CsvRow]:
        """Return the rows of a CSV file, each by its column names."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def upsert[M: models.Model](
        self, model: type[M], rows: Sequence[M], *, by: Sequence[str], keep: Sequence[str] = ()
    ) -> list[M]:
        """Insert the rows that are new and update those that differ.

        Args:
            model: the table.
            rows: what the release holds.
            by: the fields of the natural key.
            keep: fields that people change later, so only set on insertion.

        Returns:
            the rows, each with its primary key.
        """
        key = [model._meta.get_field(name) for name in by]
        fixed = {*by, *keep, model._meta.pk.name}
        fields = [field for field in model._meta.concrete_fields if field.name not in fixed]
        known = {_values(row, key): row for row in model._default_manager.all()}
        written = []
        for row in rows:
            old = known.get(_values(row, key))
            if old is None:
                self.added += 1
            elif _values(old, fields) != _values(row, fields):
                self.changed += 1
            else:
                row.pk = old.pk
                continue
            written.append(row)
        model._default_manager.bulk_create(
            written,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=by,
            update_fields=[field.name for field in fields],
        )
        self.row_count += len(rows)
        return list(rows)

    def retire_others(
        self, model: type[ReferenceRow], rows: Sequence[ReferenceRow], **scope: str
    ) -> None:
        """Mark the model's rows that the release leaves out as not current any more."""
        kept = [row.pk for row in rows]
        others = model._default_manager.filter(**scope, current=True).exclude(pk__in=kept)
        self.retired += others.update(current=False)


@dataclass(frozen=True)
class Dataset:
    """Files of the data folder and the function that loads them."""

    key: str
    version: str
    source: str
    licence: str
    files: tuple[str, ...]
    load: Callable[[Loading], None]

    def digest(self, folder: Path) -> str:
        """Return the SHA-256 over the names and contents of the files."""
        whole = hashlib.sha256()
        for name in self.files:
            whole.update(name.encode() + b"\0")
            whole.update(hashlib.sha256((folder / name).read_bytes()).digest())
        return whole.hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What became of one data set; without `loading` it was as it is already."""

    key: str
    row_count: int
    loading: Loading | None = None

    @property
    def loaded(self) -> bool:
        """Whether the files were read."""
        return self.loading is not None


def load_datasets(datasets: Sequence[Dataset], folder: Path, *, force: bool) -> list[Outcome]:
    """Load data sets in order; see `load_dataset`."""
    return [load_dataset(dataset, folder, force=force) for dataset in datasets]


@transaction.atomic
def load_dataset(dataset: Dataset, folder: Path, *, force: bool) -> Outcome:
    """Load a data set if its files or its version changed since last time, or if told to."""
    sha256 = dataset.digest(folder)
    latest = DatasetRelease.objects.filter(key=dataset.key).order_by("-loaded_at").first()
    if latest and not force and (latest.version, latest.sha256) == (dataset.version, sha256):
        return Outcome(dataset.key, latest.row_count)
    loading = Loading(folder)
    dataset.load(loading)
    DatasetRelease.objects.update_or_create(
        key=dataset.key,
        version=dataset.version,
        sha256=sha256,
        defaults={
            "source": dataset.source,
            "licence": dataset.licence,
            "row_count": loading.row_count,
            "loaded_at": timezone.now(),
        },
    )
    return Outcome(dataset.key, loading.row_count, loading)


def _values(row: models.Model, fields: Sequence[Any]) -> tuple[Any, ...]:
    """Return what the row holds as the database would give it back: `1.50` as a decimal."""
    return tuple(field.to_python(getattr(row, field.attname)) for field in fields)
