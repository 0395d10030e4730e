"""Venues of assessment (TUK) and their verification per scheme."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.reference.models import Region
from mumpuni.schemes.models import Scheme


class Venue(OwnedRecord):
    """A place where a certification body assesses."""

    class State(models.TextChoices):
        OPEN = "open", _("Dipakai")
        CLOSED = "closed", _("Ditutup")

    class Kind(models.TextChoices):
        TEMPORARY = "temporary", _("TUK sewaktu")
        WORKPLACE = "workplace", _("TUK tempat kerja")
        INDEPENDENT = "independent", _("TUK mandiri")

    EDITABLE: ClassVar = ("name", "code", "kind", "keeper", "address", "region")
    view_permission = Permission.SESSION_VIEW

    state = StateField(State)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="venues", verbose_name=_("LSP")
    )
    name = models.CharField(_("nama TUK"), max_length=200)
    code = models.CharField(_("nomor TUK"), max_length=64)
    kind = models.CharField(_("jenis TUK"), max_length=16, choices=Kind)
    keeper = models.CharField(
        _("penanggung jawab TUK"),
        max_length=200,
        help_text=_("Pemilik atau pengelola tempat; tidak boleh menjadi verifikatornya."),
    )
    address = models.TextField(_("alamat"), max_length=1000)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("wilayah")
    )

    objects = OwnedQuerySet["Venue"].as_manager()

    class Meta:
        verbose_name = _("TUK")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="venue_code_once",
                violation_error_message=_("Nomor TUK ini sudah dipakai."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("assessment:venue", args=[self.pk])


class VenueVerification(models.Model):
    """The finding of two verifiers that a venue fits a scheme (PBNSP 214)."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="verifications")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    letter_number = models.CharField(_("nomor surat tugas"), max_length=64)
    verified_on = models.DateField(_("diverifikasi pada"))
    first_verifier = models.CharField(_("verifikator pertama"), max_length=200)
    second_verifier = models.CharField(_("verifikator kedua"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "scheme"],
                name="venue_verification_once",
                violation_error_message=_("TUK ini sudah diverifikasi untuk skema tersebut."),
            ),
            models.CheckConstraint(
                name="venue_verifiers_are_two",
                condition=~models.Q(first_verifier=models.F("second_verifier")),
                violation_error_message=_("Verifikator TUK harus dua orang yang berbeda."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} · {self.scheme}"
