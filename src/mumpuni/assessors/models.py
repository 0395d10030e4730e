"""The register of assessors: who they are, until when, for which schemes and bodies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Individual, Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.schemes.models import Scheme


class Assessor(OwnedRecord):
    """A competency assessor: proposed by a body, registered by the authority."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        REGISTERED = "registered", _("Terdaftar")
        SUSPENDED = "suspended", _("Dibekukan")
        REVOKED = "revoked", _("Dicabut")
        REFUSED = "refused", _("Ditolak")

    EDITABLE: ClassVar = ("certificate_number", "certified_on")
    owners = ("proposed_by_id", "appointments__organisation_id")
    personal: ClassVar = {Permission.CANDIDATE_ASSESS: "individual__user_id"}
    view_permission = Permission.ASSESSOR_VIEW

    state = StateField(State)
    individual = models.OneToOneField(
        Individual, on_delete=models.PROTECT, related_name="assessor", verbose_name=_("orang")
    )
    proposed_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("diusulkan oleh")
    )
    number = models.CharField(
        _("nomor registrasi"), max_length=32, unique=True, null=True, blank=True, editable=False
    )
    certificate_number = models.CharField(_("nomor sertifikat asesor"), max_length=64)
    certified_on = models.DateField(_("tanggal sertifikat asesor"))
    simulated = models.BooleanField(_("data simulasi"), default=False)

    objects = OwnedQuerySet["Assessor"].as_manager()

    def __str__(self) -> str:
        return self.individual.name

    def get_absolute_url(self) -> str:
        return reverse("assessors:assessor", args=[self.pk])


class AssessorTerm(models.Model):
    """A period in which the assessor is current; both days included."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="terms")
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))

    class Meta:
        ordering = ["assessor_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="assessor_term_period", condition=Q(valid_until__gte=F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_until}"


class Appointment(models.Model):
    """An assessor's place with a certification body."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assessor_appointments"
    )
    valid_from = models.DateField(_("mulai"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "organisation", "valid_from"], name="appointment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessor} · {self.organisation}"


class AssessorScope(models.Model):
    """A scheme the assessor is technically competent to assess."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="scope")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("mulai"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "scheme"],
                name="assessor_scope_once",
                violation_error_message=_("Skema ini sudah ada dalam lingkup asesor."),
            )
        ]

    def __str__(self) -> str:
        return str(self.scheme)
