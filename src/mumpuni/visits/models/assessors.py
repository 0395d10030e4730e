"""The register of licensing assessors: who may visit bodies for the authority, and their ties."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Individual, Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.reference.models import Region


class LicensingAssessorQuerySet(OwnedQuerySet["LicensingAssessor"]):
    def current_from(self, first: date, last: date) -> Self:
        """Keep those who are active and, on all days from one to another, within a term."""
        term = LicensingAssessorTerm.objects.filter(
            assessor=OuterRef("pk"), valid_from__lte=first, valid_until__gte=last
        )
        return self.filter(Exists(term), state=LicensingAssessor.State.ACTIVE)

    def with_last_day(self) -> Self:
        """Add `last_day`, on which the latest term ends."""
        latest = LicensingAssessorTerm.objects.filter(assessor=OuterRef("pk"))
        return self.annotate(
            last_day=Subquery(latest.order_by("-valid_until").values("valid_until")[:1])
        )


class LicensingAssessor(OwnedRecord):
    """Somebody who visits certification bodies for the authority."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("Calon asesor lisensi")
        ACTIVE = "active", _("Aktif")
        SUSPENDED = "suspended", _("Dibekukan")
        ENDED = "ended", _("Berakhir")

    class Grade(models.TextChoices):
        """The order of what they may be trusted with; the law's own names are unverified."""

        JUNIOR = "junior", _("Muda")
        SENIOR = "senior", _("Madya")
        LEAD = "lead", _("Lead asesor")

    EDITABLE: ClassVar = ("grade", "province")
    CHANGES: ClassVar = {"terms": _("masa berlaku"), "ties": _("ikatan")}
    owners = ()
    view_permission = Permission.VISIT_VIEW

    state = StateField(State)
    individual = models.OneToOneField(
        Individual,
        on_delete=models.PROTECT,
        related_name="licensing_assessor",
        verbose_name=_("orang"),
    )
    number = models.CharField(
        _("nomor asesor lisensi"),
        max_length=32,
        unique=True,
        null=True,
        blank=True,
        editable=False,
    )
    grade = models.CharField(_("jenjang"), max_length=16, choices=Grade)
    province = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("provinsi"),
    )
    simulated = models.BooleanField(_("data simulasi"), default=False)

    objects = LicensingAssessorQuerySet.as_manager()

    class Meta:
        verbose_name = _("asesor lisensi")
        constraints = [
            models.CheckConstraint(
                name="licensing_assessor_active_has_number",
                condition=Q(state="candidate") | Q(state="ended") | Q(number__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.individual.name

    def get_absolute_url(self) -> str:
        return reverse("visits:assessor", args=[self.pk])


class LicensingAssessorTerm(models.Model):
    """A period in which the assessor is current, by which certificate; both days included."""

    assessor = models.ForeignKey(LicensingAssessor, on_delete=models.PROTECT, related_name="terms")
    certificate_number = models.CharField(_("nomor sertifikat"), max_length=64)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))

    class Meta:
        ordering = ["assessor_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="licensing_assessor_term_period", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.UniqueConstraint(
                fields=["assessor", "valid_from"], name="licensing_assessor_term_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_until}"


class DeclaredTie(models.Model):
    """What ties an assessor to an organisation, as they or the coordinator declared it."""

    class Kind(models.TextChoices):
        EMPLOYMENT = "employment", _("Hubungan kerja")
        FOUNDING = "founding", _("Pendirian atau kepemilikan")
        TRAINING = "training", _("Pelatihan")
        FAMILY = "family", _("Keluarga")
        CONSULTANCY = "consultancy", _("Konsultansi")

    assessor = models.ForeignKey(LicensingAssessor, on_delete=models.PROTECT, related_name="ties")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("lembaga")
    )
    kind = models.CharField(_("jenis ikatan"), max_length=16, choices=Kind)
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    declared_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["assessor_id", "-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="declared_tie_period",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.organisation}"
