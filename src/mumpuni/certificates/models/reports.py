"""What the public tells the authority about a certificate that seems wrong."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.certificates.models.requests import LONGEST_TEXT
from mumpuni.kernel.models import StateField


class MisuseReport(OwnedRecord):
    """A report by anybody, with an account or without."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Diterima")
        HANDLED = "handled", _("Ditindaklanjuti")
        CLOSED = "closed", _("Ditutup")

    EDITABLE: ClassVar = ("claimed_number", "claimed_name", "description", "contact")
    CONFIDENTIAL: ClassVar = frozenset({"contact"})
    owners: ClassVar[tuple[str, ...]] = ()
    view_permission = Permission.REPORT_VIEW

    state = StateField(State)
    claimed_number = models.CharField(_("nomor pada dokumen"), max_length=64)
    claimed_name = models.CharField(_("nama pada dokumen"), max_length=200, blank=True)
    description = models.TextField(
        _("apa yang janggal"),
        max_length=LONGEST_TEXT,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
    )
    contact = models.CharField(
        _("surel atau telepon Anda"),
        max_length=200,
        blank=True,
        help_text=_("Boleh dikosongkan. Hanya dipakai untuk menghubungi Anda kembali."),
    )

    objects = OwnedQuerySet["MisuseReport"].as_manager()

    class Meta:
        verbose_name = _("laporan penyalahgunaan")

    def __str__(self) -> str:
        return self.claimed_number

    def get_absolute_url(self) -> str:
        return reverse("certificates:report", args=[self.pk])
