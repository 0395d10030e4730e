"""Competency standards and what they are made of: units, elements, performance criteria."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CompetencyStandard(models.Model):
    """A published standard of competency, as a ministerial decree or a body abroad issued it.

    `key` is the natural key that loading and addresses use, as `skkni-321-2016`.
    """

    class Kind(models.TextChoices):
        SKKNI = "skkni", _("SKKNI")
        INTERNATIONAL = "international", _("Standar internasional")
        SPECIAL = "special", _("Standar khusus")

    class Status(models.TextChoices):
        """What is known of the standard's force; `LISTED` is published, its force unchecked."""

        IN_FORCE = "in_force", _("Berlaku")
        AMENDED = "amended", _("Diubah")
        LISTED = "listed", _("Tercatat")
        UNVERIFIED = "unverified", _("Belum terverifikasi")
        REVOKED = "revoked", _("Dicabut")

    key = models.SlugField(_("kunci"), max_length=64, unique=True)
    kind = models.CharField(_("jenis"), max_length=16, choices=Kind)
    status = models.CharField(_("status"), max_length=16, choices=Status)
    decree_kind = models.CharField(_("jenis keputusan"), max_length=80, blank=True)
    number = models.CharField(_("nomor"), max_length=32, blank=True)
    year = models.PositiveSmallIntegerField(_("tahun"), null=True, blank=True)
    title = models.TextField(_("judul"))
    category_letter = models.CharField(_("huruf kategori"), max_length=1, blank=True)
    category_name = models.CharField(_("kategori"), max_length=200, blank=True)
    major_group = models.CharField(_("golongan pokok"), max_length=200, blank=True)
    field = models.CharField(_("bidang"), max_length=200, blank=True)
    subfield = models.CharField(_("subbidang"), max_length=200, blank=True)
    amends = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("mengubah"),
    )
    portal_uuid = models.UUIDField(_("nomor pada portal SKKNI"), null=True, blank=True, unique=True)
    source = models.TextField(_("sumber"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "year"],
                condition=~Q(number=""),
                name="competency_standard_decree_once",
                violation_error_message=_("Keputusan dengan nomor dan tahun ini sudah ada."),
            ),
            models.CheckConstraint(
                name="competency_standard_amends_another",
                condition=Q(amends__isnull=True) | ~Q(amends=models.F("pk")),
                violation_error_message=_("Standar tidak dapat mengubah dirinya sendiri."),
            ),
        ]
        indexes = [
            models.Index(fields=["-year", "number"], name="standard_by_year"),
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"),
                name="standard_title_trigrams",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("schemes:standard", args=[self.key])

    @property
    def label(self) -> str:
        """The short name people cite, as `SKKNI 321/2016`, or the title where it has no number."""
        if not self.number:
            return self.title
        return f"{self.get_kind_display()} {self.number}/{self.year}"


class CompetencyUnitQuerySet(models.QuerySet["CompetencyUnit"]):
    def citable(self) -> CompetencyUnitQuerySet:
        """Units of standards that are not revoked."""
        return self.exclude(standard__status=CompetencyStandard.Status.REVOKED)

    def surest_first(self) -> CompetencyUnitQuerySet:
        """Units of standards in force first, revoked last; among equals the newest decree."""
        order = [
            When(standard__status=status, then=Value(place))
            for place, status in enumerate(CompetencyStandard.Status)
        ]
        return self.order_by(
            Case(*order, output_field=IntegerField()),
            models.F("standard__year").desc(nulls_last=True),
            "pk",
        )


class CompetencyUnit(models.Model):
    """A unit of competency; one code may stand in several standards, once in each.

    `code` is in the usual writing, `printed_code` as the decree's own page has it.
    """

    standard = models.ForeignKey(
        CompetencyStandard,
        to_field="key",  # a unit knows its address without asking for its standard
        on_delete=models.PROTECT,
        related_name="units",
        verbose_name=_("standar"),
    )
    position = models.PositiveSmallIntegerField(_("urutan"))
    code = models.CharField(_("kode unit"), max_length=32)
    printed_code = models.CharField(_("kode tercetak"), max_length=32)
    title = models.CharField(_("judul unit"), max_length=300)
    description = models.TextField(_("deskripsi"), blank=True)
    abridged = models.BooleanField(_("kriteria disingkat oleh sumbernya"), default=False)

    objects = CompetencyUnitQuerySet.as_manager()

    class Meta:
        ordering = ["standard_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "code"], name="competency_unit_once_per_standard"
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="unit_by_code"),
            # this kind of index also finds what is nearest to a mistyped code
            GistIndex(fields=["code"], opclasses=["gist_trgm_ops"], name="unit_code_trigrams"),
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"),
                name="unit_title_trigrams",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("schemes:unit", args=[self.standard_id, self.code])


class UnitElement(models.Model):
    """An element of a unit. Decrees misnumber some, so order is ours and the print is kept."""

    unit = models.ForeignKey(
        CompetencyUnit, on_delete=models.CASCADE, related_name="elements", verbose_name=_("unit")
    )
    position = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=16, blank=True)
    text = models.TextField(_("elemen"))

    class Meta:
        ordering = ["unit_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "position"], name="unit_element_once_per_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    @property
    def number(self) -> str:
        """The number as printed, or the position where the source prints none."""
        return self.printed_number or str(self.position)


class PerformanceCriterion(models.Model):
    """What can be seen when the element is done well (kriteria unjuk kerja, KUK)."""

    element = models.ForeignKey(
        UnitElement, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("elemen")
    )
    position = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=16, blank=True)
    text = models.TextField(_("kriteria unjuk kerja"))

    class Meta:
        ordering = ["element_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["element", "position"], name="performance_criterion_once_per_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    @property
    def number(self) -> str:
        """The number as printed, or element and position where the source prints none."""
        return self.printed_number or f"{self.element.position}.{self.position}"
