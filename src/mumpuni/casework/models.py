"""Documents that the authority issued."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.kernel.models import LONGEST_TITLE, Attached, AttachedQuerySet

RANDOM_BYTES = 16


def new_public_id() -> str:
    """Return an address nobody guesses: who has it, has the document."""
    return secrets.token_urlsafe(RANDOM_BYTES)


class IssuedDocument(Attached):
    """A decree, letter, report or certificate as it was issued: its facts never change (D-06).

    What it decides takes effect on `effective_on`, on the day of issue where that is empty. The PDF file
    is set from the facts at the first asking and kept. One that is `public` is everybody's to
    read, any other is read by whoever sees its case.
    """

    class Kind(models.TextChoices):
        DECREE = "decree", _("Surat keputusan")
        LICENCE = "licence", _("Sertifikat lisensi")
        ASSIGNMENT = "assignment", _("Surat tugas")
        REPORT = "report", _("Laporan kunjungan")
        MINUTES = "minutes", _("Risalah sidang")
        LETTER = "letter", _("Surat")
        DOSSIER = "dossier", _("Dosier kinerja")

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id)
    kind = models.CharField(_("jenis dokumen"), max_length=16, choices=Kind)
    number = models.CharField(_("nomor"), max_length=64)
    title = models.CharField(_("perihal"), max_length=LONGEST_TITLE)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("LSP")
    )
    issued_on = models.DateField(_("tanggal"))
    effective_on = models.DateField(_("berlaku mulai"), null=True)
    facts = models.JSONField()
    public = models.BooleanField(_("terbuka untuk umum"), default=False)
    simulated = models.BooleanField(_("simulasi"), default=False)
    file = models.FileField(_("berkas"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = AttachedQuerySet["IssuedDocument"].as_manager()

    class Meta:
        verbose_name = _("dokumen terbit")
        ordering = ["issued_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=~Q(kind="licence"),
                name="issued_document_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["case_kind", "case_id"], name="issued_document_of_case"),
            models.Index(fields=["organisation", "kind"], name="issued_document_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.public_id])
