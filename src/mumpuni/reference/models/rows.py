"""What all reference rows share, and the record of what was loaded when."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReferenceRow(models.Model):
    """A row loaded from a data set. A later release that leaves it out makes it not current.

    Rows are never deleted: schemes and certificates of the past go on citing them.
    """

    current = models.BooleanField(_("masih berlaku"), default=True)

    class Meta:
        abstract = True


class DatasetRelease(models.Model):
    """One release of a data set, as it was loaded."""

    key = models.CharField(_("kunci"), max_length=64)
    version = models.CharField(_("versi"), max_length=120)
    source = models.TextField(_("sumber"))
    licence = models.TextField(_("lisensi"))
    sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField(_("jumlah baris"))
    loaded_at = models.DateTimeField(_("dimuat pada"), default=timezone.now)

    class Meta:
        ordering = ["key", "-loaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version", "sha256"], name="dataset_release_recorded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
