"""Official classifications; a code means nothing without its system and version."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.reference.models.rows import ReferenceRow


class ClassificationCode(ReferenceRow):
    """An entry of KBLI (activities), KBJI (occupations) or KKNI (levels of qualification)."""

    class System(models.TextChoices):
        KBLI = "kbli", _("KBLI (lapangan usaha)")
        KBJI = "kbji", _("KBJI (jabatan)")
        KKNI = "kkni", _("KKNI (jenjang kualifikasi)")

    system = models.CharField(_("klasifikasi"), max_length=4, choices=System)
    version = models.CharField(_("versi"), max_length=8)
    code = models.CharField(_("kode"), max_length=8)
    level = models.PositiveSmallIntegerField(_("tingkat"))
    level_name = models.CharField(_("nama tingkat"), max_length=40)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="parts",
        verbose_name=_("bagian dari"),
    )
    title = models.CharField(_("judul"), max_length=300)
    attributes = models.JSONField(_("keterangan"), default=dict)

    class Meta:
        ordering = ["system", "version", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "version", "code"], name="classification_code_once_per_version"
            )
        ]
        indexes = [
            models.Index(fields=["system", "version", "level"], name="classification_by_level"),
            # one index, so that a search in both columns at once can use it
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"),
                OpClass(Upper("code"), name="gin_trgm_ops"),
                name="classification_trigrams",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reference:code", args=[self.system, self.version, self.code])
