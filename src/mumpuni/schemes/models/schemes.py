"""Certification schemes: what is certified, made of units, in versions that never change."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.reference.models import ClassificationCode
from mumpuni.schemes.models.standards import CompetencyStandard, CompetencyUnit

HIGHEST_KKNI_LEVEL = 9
LONGEST_VALIDITY_MONTHS = 120
LONGEST_TEXT = 20_000


class Scheme(models.Model):
    """What stays the same through all versions of a scheme: its owner, its kind, its number."""

    class Kind(models.TextChoices):
        """The value is the digit in the scheme's number (docs/rules/schemes.md)."""

        KKNI = "1", _("KKNI")
        OCCUPATION = "2", _("Okupasi")
        CLUSTER = "3", _("Klaster")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="schemes", verbose_name=_("pemilik")
    )
    kind = models.CharField(_("jenis skema"), max_length=1, choices=Kind)
    number = models.CharField(
        _("nomor skema"), max_length=64, unique=True, null=True, blank=True, editable=False
    )

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()} · {self.organisation}"


class SchemeVersionQuerySet(OwnedQuerySet["SchemeVersion"]):
    def assessable(self) -> SchemeVersionQuerySet:
        """Keep versions that may be assessed against: verified, and their units are known."""
        known = SchemeUnit.objects.filter(scheme_version=OuterRef("pk"))
        return self.filter(Exists(known), state=SchemeVersion.State.VERIFIED)

    def built_from(self, standard: CompetencyStandard) -> SchemeVersionQuerySet:
        """Keep versions that have a unit of a standard."""
        units = SchemeUnit.objects.filter(unit__standard=standard)
        return self.filter(pk__in=units.values("scheme_version"))

    def published(self) -> SchemeVersionQuerySet:
        """Keep versions that everybody may read."""
        return self.filter(state__in=SchemeVersion.PUBLISHED)


class SchemeVersion(OwnedRecord):
    """A version of a scheme. Once verified it never changes: what is new is a new version."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        RETURNED = "returned", _("Dikembalikan")
        VERIFIED = "verified", _("Terverifikasi")
        RETIRED = "retired", _("Tidak berlaku")

    CHANGES: ClassVar = {
        "units": _("unit kompetensi"),
        "remarks": _("catatan verifikator"),
        "answers": _("jawaban penyusun"),
    }
    EDITABLE: ClassVar = (
        "title",
        "title_en",
        "purpose",
        "requirements",
        "kkni_level",
        "kbli",
        "kbji",
        "validity_months",
    )
    PUBLISHED: ClassVar = (State.VERIFIED, State.RETIRED)
    UNDER_WAY: ClassVar = (State.DRAFT, State.SUBMITTED, State.RETURNED)

    owners = ("scheme__organisation_id",)
    view_permission = Permission.SCHEME_VIEW

    state = StateField(State)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    title = models.CharField(_("judul"), max_length=200)
    title_en = models.CharField(_("judul dalam bahasa Inggris"), max_length=200, blank=True)
    purpose = models.TextField(_("tujuan"), max_length=LONGEST_TEXT, blank=True)
    requirements = models.TextField(_("persyaratan dasar"), max_length=LONGEST_TEXT, blank=True)
    kkni_level = models.PositiveSmallIntegerField(
        _("jenjang KKNI"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_KKNI_LEVEL)],
    )
    sector_category = models.CharField(_("kategori KBLI"), max_length=1, blank=True, editable=False)
    kbli = models.ForeignKey(
        ClassificationCode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"system": "kbli"},
        verbose_name=_("KBLI"),
    )
    kbji = models.ForeignKey(
        ClassificationCode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"system": "kbji"},
        verbose_name=_("KBJI"),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("masa berlaku sertifikat (bulan)"),
        default=36,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_VALIDITY_MONTHS)],
    )
    submitted_on = models.DateField(_("diajukan pada"), null=True, editable=False)
    verified_on = models.DateField(_("diverifikasi pada"), null=True, editable=False)
    retired_on = models.DateField(_("tidak berlaku sejak"), null=True, editable=False)
    source = models.TextField(_("sumber"), blank=True, editable=False)
    # how many its owner had submitted that year when it was, itself among them; 0 before that
    count_in_year = models.PositiveIntegerField(_("urutan pengajuan"), default=0, editable=False)
    volume_reason = models.TextField(
        _("dasar verifikasi"), max_length=LONGEST_TEXT, blank=True, editable=False
    )

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version"], name="scheme_version_once"),
            models.CheckConstraint(
                name="scheme_version_verified_has_date",
                condition=~Q(state__in=["verified", "retired"]) | Q(verified_on__isnull=False),
            ),
            models.CheckConstraint(
                name="scheme_version_retired_has_date",
                condition=~Q(state="retired") | Q(retired_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="scheme_version_one_under_way",
                violation_error_message=_(
                    "Skema ini sudah punya versi yang sedang disusun (S-09)."
                ),
            ),
        ]
        verbose_name = _("skema sertifikasi")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("schemes:scheme", args=[self.pk])

    @property
    def is_published(self) -> bool:
        """Whether everybody may read this version."""
        return self.state in self.PUBLISHED

    @property
    def number(self) -> str:
        """The scheme's number, or an empty text before its first verification."""
        return self.scheme.number or ""


class SchemeUnit(models.Model):
    """A unit of a scheme version, in its place."""

    class Part(models.TextChoices):
        CORE = "core", _("Inti")
        ELECTIVE = "elective", _("Pilihan")

    scheme_version = models.ForeignKey(
        SchemeVersion, on_delete=models.CASCADE, related_name="scheme_units"
    )
    unit = models.ForeignKey(CompetencyUnit, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("urutan"))
    part = models.CharField(_("bagian"), max_length=8, choices=Part, default=Part.CORE)

    class Meta:
        ordering = ["scheme_version_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme_version", "unit"],
                name="scheme_unit_once",
                violation_error_message=_("Unit ini sudah ada dalam skema."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)
