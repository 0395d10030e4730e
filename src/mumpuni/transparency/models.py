"""The log as it is kept: leaves that find their place once, tiles that only grow, signed heads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from mumpuni.transparency.tree import HASH_BYTES

models.BinaryField.register_lookup(Length)


class Leaf(models.Model):
    """A deed to be published, or published at its index and time (T-01).

    Whom it concerns is for us alone: published is only what `Entry` says.
    """

    class Action(models.TextChoices):
        ISSUE = "issue", _("Diterbitkan")
        SUPERSEDE = "supersede", _("Digantikan")
        SUSPEND = "suspend", _("Dibekukan")
        REINSTATE = "reinstate", _("Dipulihkan")
        REVOKE = "revoke", _("Dicabut")
        KEY = "key", _("Kunci")
        TEMPLATE = "template", _("Templat")

    index = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField(null=True)
    action = models.CharField(max_length=16, choices=Action)
    commitment = models.BinaryField()
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="leaf_of_subject"),
            models.Index(fields=["id"], condition=Q(index=None), name="leaf_pending"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(index=None, at=None) | Q(index__gte=0, at__isnull=False),
                name="leaf_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(commitment__length=HASH_BYTES), name="leaf_commitment_is_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index}: {self.action}"


class Tile(models.Model):
    """Up to 256 hashes of one level; what it once held stays its beginning."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "number"], name="tile_once"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Checkpoint(models.Model):
    """The head of the log at a size, as it was signed; `key` is the newest that signed it."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    key = models.CharField(max_length=400)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size} ({self.at:%Y-%m-%d %H:%M:%S})"


class LogKey(models.Model):
    """A key of the log: it signs every head until it is retired, two of them for a while (T-06)."""

    verifier = models.CharField(max_length=400, unique=True)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.verifier


class Cosignature(models.Model):
    """A witness saw a checkpoint and found it to continue all it saw before."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=400)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["witness", "checkpoint"], name="cosignature_once"),
        ]

    def __str__(self) -> str:
        return self.line


class SelfCheck(models.Model):
    """What was found when everything kept was compared with what was published (T-02)."""

    at = models.DateTimeField()
    size = models.BigIntegerField()
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {len(self.findings)}"
