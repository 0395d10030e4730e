"""Small official lists: patterns of numbers, assessment forms, satisfaction, regulations."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.reference.models.rows import ReferenceRow


class NumberPattern(ReferenceRow):
    """How a kind of number is written: its pattern, a regular expression, a masked sample."""

    subject = models.CharField(_("objek"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"))
    pattern = models.CharField(_("pola"), max_length=80)
    expression = models.CharField(_("ekspresi reguler"), max_length=120)
    sample = models.CharField(_("contoh"), max_length=80)
    parts = models.TextField(_("komponen"), blank=True)
    certainty = models.TextField(_("kepastian"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.subject


class InstrumentForm(ReferenceRow):
    """A form of the assessment instruments (MUK) in one version of them."""

    muk_version = models.CharField(_("versi MUK"), max_length=8)
    code = models.CharField(_("kode"), max_length=16)
    position = models.PositiveSmallIntegerField(_("urutan"))
    title = models.CharField(_("judul"), max_length=200)
    group = models.CharField(_("kelompok"), max_length=16)
    phase = models.CharField(_("fase"), max_length=40)
    filled_by = models.CharField(_("pengisi"), max_length=200)
    signed_by = models.CharField(_("penanda tangan"), max_length=200)
    content = models.TextField(_("isi pokok"))
    used_when = models.TextField(_("dipakai bila"))
    certainty = models.TextField(_("kepastian"))

    class Meta:
        ordering = ["muk_version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["muk_version", "code"], name="instrument_form_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reference:form", args=[self.muk_version, self.code])


class SatisfactionElement(ReferenceRow):
    """An element of the public satisfaction index (IKM). Sources disagree on two codes: use names.

    `weight` is a fraction of the whole, as `1/9`.
    """

    name = models.CharField(_("unsur"), max_length=120, unique=True)
    code = models.CharField(_("kode"), max_length=4)
    weight = models.CharField(_("bobot"), max_length=8)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SatisfactionBand(ReferenceRow):
    """What a satisfaction index says: the bounds (both included), the grade, the verdict."""

    perception = models.PositiveSmallIntegerField(_("nilai persepsi"), unique=True)
    lowest_mean = models.DecimalField(_("nilai interval terendah"), max_digits=6, decimal_places=4)
    highest_mean = models.DecimalField(
        _("nilai interval tertinggi"), max_digits=6, decimal_places=4
    )
    lowest_index = models.DecimalField(_("nilai konversi terendah"), max_digits=5, decimal_places=2)
    highest_index = models.DecimalField(
        _("nilai konversi tertinggi"), max_digits=5, decimal_places=2
    )
    grade = models.CharField(_("mutu pelayanan"), max_length=1)
    verdict = models.CharField(_("kinerja unit pelayanan"), max_length=40)

    class Meta:
        ordering = ["perception"]

    def __str__(self) -> str:
        return f"{self.grade} {self.verdict}"


class Regulation(ReferenceRow):
    """A guideline of the authority or a law it cites; the certainty tells how sure the title is."""

    number = models.CharField(_("nomor pedoman"), max_length=16, blank=True)
    title = models.CharField(_("judul"), max_length=300)
    position = models.PositiveSmallIntegerField(_("urutan"))
    latest_basis = models.CharField(_("dasar terakhir diketahui"), max_length=120, blank=True)
    earlier_basis = models.CharField(_("dasar sebelumnya"), max_length=120, blank=True)
    cited_for = models.TextField(_("disebut untuk"), blank=True)
    certainty = models.CharField(_("kepastian"), max_length=120)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["number", "title"], name="regulation_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
