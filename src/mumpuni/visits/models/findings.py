"""What a visit found wanting, and what the body did about it."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import Record, StateField
from mumpuni.visits.models.visits import Visit

# a body is not told of these
UNTOLD = frozenset({"draft", "withdrawn"})


class FindingQuerySet(OwnedQuerySet["Finding"]):
    def about(self, record: Record) -> Self:
        """Keep what was found on visits made for a record."""
        return self.filter(visit__in=Visit.objects.about(record))

    def raised(self) -> Self:
        """Keep those that the body was told of."""
        return self.exclude(state__in=UNTOLD)


class Finding(OwnedRecord):
    """Something a body must mend, or may better, with its answer.

    The rounds of answers and returns are in the audit trail.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        OPEN = "open", _("Menunggu perbaikan")
        ANSWERED = "answered", _("Perbaikan diajukan")
        CLOSED = "closed", _("Ditutup")
        LAPSED = "lapsed", _("Lewat tenggat")
        WITHDRAWN = "withdrawn", _("Ditarik")

    class Grade(models.TextChoices):
        MAJOR = "major", _("Mayor")
        MINOR = "minor", _("Minor")
        OBSERVATION = "observation", _("Observasi")

    EDITABLE: ClassVar = ("grade", "item", "clause", "statement", "expectation")
    ANSWER: ClassVar = ("root_cause", "correction", "done_on")
    CHANGES: ClassVar = {"evidence": _("bukti perbaikan")}
    owners = ("visit__organisation_id",)
    view_permission = Permission.VISIT_VIEW

    state = StateField(State)
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, related_name="findings", verbose_name=_("kunjungan")
    )
    grade = models.CharField(_("kategori"), max_length=16, choices=Grade)
    item = models.CharField(_("butir instrumen"), max_length=24, blank=True)
    clause = models.CharField(_("acuan"), max_length=120, blank=True)
    statement = models.TextField(_("uraian temuan"))
    expectation = models.TextField(_("yang diharapkan"), blank=True)
    due_on = models.DateField(_("tenggat perbaikan"), null=True, editable=False)
    root_cause = models.TextField(_("akar masalah"), blank=True)
    correction = models.TextField(_("tindakan perbaikan"), blank=True)
    done_on = models.DateField(_("selesai pada"), null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("temuan")
        ordering = ["visit_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="finding_raised_has_due_day",
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(grade="observation")
                | Q(due_on__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="finding_by_due_day")]

    def __str__(self) -> str:
        return f"{self.get_grade_display()} {self.clause or self.item} · {self.visit.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("visits:finding", args=[self.pk])


def place_of_evidence(evidence: FindingEvidence, file_name: str) -> str:
    """Return where evidence is kept: under a name of ours, never the uploader's."""
    return f"visits/findings/{evidence.finding_id}/{uuid.uuid4().hex}"


class FindingEvidence(models.Model):
    """A file that shows that a finding was mended; one that is taken back stays on record."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")
    file = models.FileField(_("berkas"), upload_to=place_of_evidence)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    content_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("diunggah"))
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, editable=False)

    class Meta:
        ordering = ["finding_id", "pk"]

    def __str__(self) -> str:
        return self.file_name
