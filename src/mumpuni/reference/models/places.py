"""Where things are: provinces, regencies and cities, districts."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.reference.models.rows import ReferenceRow


class Region(ReferenceRow):
    """A region by its code of the interior ministry: `11`, `11.01`, `11.01.01`."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Provinsi")
        REGENCY = "regency", _("Kabupaten/kota")
        DISTRICT = "district", _("Kecamatan")

    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    level = models.CharField(_("tingkat"), max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="parts",
        verbose_name=_("bagian dari"),
    )
    name = models.CharField(_("nama"), max_length=120)
    other_name = models.CharField(_("nama lain"), max_length=120, blank=True)
    latitude = models.FloatField(_("lintang"), null=True)
    longitude = models.FloatField(_("bujur"), null=True)

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(fields=["level", "name"], name="region_by_level"),
            # one index, so that a search in all three columns at once can use it
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass(Upper("other_name"), name="gin_trgm_ops"),
                OpClass("code", name="gin_trgm_ops"),
                name="region_trigrams",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reference:region", args=[self.code])

    @property
    def identity_prefix(self) -> str:
        """The digits with which an identity number issued there begins."""
        return self.code.replace(".", "")
