"""What a body must do because of a case, until when, and what it showed."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import Attached, AttachedQuerySet, Event, StateField

LONGEST_DAYS = 730


class ObligationQuerySet(AttachedQuerySet["Obligation"], OwnedQuerySet["Obligation"]):  # type: ignore[override] # as of visits
    def told(self) -> Self:
        """Keep those that the body was told of."""
        return self.exclude(state__in=[Obligation.State.PREPARED, Obligation.State.DISCARDED])

    def unsettled(self) -> Self:
        """Keep those that are neither fulfilled nor waived."""
        return self.filter(state__in=UNSETTLED)


class Obligation(Attached, OwnedRecord):
    """Something that a decision obliges a body to; prepared with the case, in force with its decree."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Disiapkan")
        OPEN = "open", _("Menunggu pemenuhan")
        SUBMITTED = "submitted", _("Pemenuhan diajukan")
        FULFILLED = "fulfilled", _("Dipenuhi")
        WAIVED = "waived", _("Dibebaskan")
        DISCARDED = "discarded", _("Dibuang")

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Surat pernyataan bermeterai")
        RETURN_BLANKS = "return_blanks", _("Pengembalian blangko kosong")
        EVIDENCE = "evidence", _("Penyerahan bukti")
        SURVEILLANCE = "surveillance", _("Menerima surveilans")
        TRAINING = "training", _("Pelatihan")
        OTHER = "other", _("Lainnya")

    EDITABLE: ClassVar = ("kind", "text", "days")
    ANSWER: ClassVar = ("report",)
    CHANGES: ClassVar = {"files": _("bukti pemenuhan")}
    view_permission = Permission.SANCTION_VIEW

    state = StateField(State)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="obligations",
        verbose_name=_("LSP"),
    )
    kind = models.CharField(_("jenis kewajiban"), max_length=16, choices=Kind)
    text = models.TextField(_("isi kewajiban"), max_length=5_000)
    days = models.PositiveSmallIntegerField(
        _("jangka waktu (hari)"),
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
        help_text=_("Dihitung sejak kewajiban berlaku."),
    )
    due_on = models.DateField(_("tenggat"), null=True, editable=False)
    report = models.TextField(_("uraian pemenuhan"), max_length=5_000, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("kewajiban")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="obligation_in_force_has_due_day",
                condition=Q(state__in=["prepared", "discarded"]) | Q(due_on__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["case_kind", "case_id"], name="obligation_of_case"),
            models.Index(fields=["state", "due_on"], name="obligation_by_due_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.organisation}"

    @cached_property
    def prepared_by(self) -> frozenset[str]:
        """The actor who laid it down; one query."""
        events = Event.objects.filter(subject=self.subject, subject_id=self.pk, step="begin")
        return frozenset(events.values_list("actor", flat=True))

    def get_absolute_url(self) -> str:
        return reverse("oversight:obligation", args=[self.pk])


UNSETTLED = (Obligation.State.OPEN, Obligation.State.SUBMITTED)


def place_of_file(file: ObligationFile, file_name: str) -> str:
    """Return where a file is kept: under a name of ours, never the uploader's."""
    return f"oversight/obligations/{file.obligation_id}/{uuid.uuid4().hex}"


class ObligationFile(models.Model):
    """A file that shows how an obligation was met; one that is taken back stays on record."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(_("berkas"), upload_to=place_of_file)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    content_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("diunggah"))
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, editable=False)

    class Meta:
        ordering = ["obligation_id", "pk"]

    def __str__(self) -> str:
        return self.file_name
