"""The register of assessors: who they are, until when, for which schemes and bodies."""

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
from mumpuni.schemes.models import Scheme


def holding_on(day: date) -> Q:
    """Match rows whose period, open at its end or not, has the day; both ends included."""
    return Q(valid_until=None, valid_from__lte=day) | Q(valid_from__lte=day, valid_until__gte=day)


class AssessorQuerySet(OwnedQuerySet["Assessor"]):
    def current_on(self, day: date) -> Self:
        """Keep those who may assess on a day: registered, within a term, not suspended."""
        of_assessor = {"assessor": OuterRef("pk")}
        term = AssessorTerm.objects.filter(holding_on(day), **of_assessor)
        suspended = AssessorSuspension.objects.filter(
            Q(lifted_on=None) | Q(lifted_on__gt=day), suspended_on__lte=day, **of_assessor
        )
        return self.filter(
            Exists(term),
            ~Exists(suspended),
            Q(revoked_on=None) | Q(revoked_on__gt=day),
            registered_on__lte=day,
        )

    def with_scheme_on(self, scheme_id: int, day: date) -> Self:
        """Keep those competent in a scheme on a day."""
        rows = AssessorScope.objects.filter(holding_on(day), scheme_id=scheme_id)
        return self.filter(Exists(rows.filter(assessor=OuterRef("pk"))))

    def appointed_on(self, organisation_id: int, day: date) -> Self:
        """Keep those who belong to a certification body on a day."""
        rows = Appointment.objects.filter(holding_on(day), organisation_id=organisation_id)
        return self.filter(Exists(rows.filter(assessor=OuterRef("pk"))))

    def with_last_day(self) -> Self:
        """Add `last_day`, on which the latest term ends."""
        latest = AssessorTerm.objects.filter(assessor=OuterRef("pk")).order_by("-valid_until")
        return self.annotate(last_day=Subquery(latest.values("valid_until")[:1]))


class Assessor(OwnedRecord):
    """A competency assessor: proposed by a body, registered by the authority.

    `state` is where the register stands now by decision; `queries.standing_on` answers for a day.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        REGISTERED = "registered", _("Terdaftar")
        SUSPENDED = "suspended", _("Dibekukan")
        REVOKED = "revoked", _("Dicabut")
        REFUSED = "refused", _("Ditolak")

    EDITABLE: ClassVar = ("certificate_number", "certified_on")
    CHANGES: ClassVar = {"scope": _("lingkup skema"), "appointments": _("penempatan")}
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
    registered_on = models.DateField(_("terdaftar sejak"), null=True, editable=False)
    revoked_on = models.DateField(_("dicabut sejak"), null=True, editable=False)
    simulated = models.BooleanField(_("data simulasi"), default=False)

    objects = AssessorQuerySet.as_manager()

    class Meta:
        verbose_name = _("asesor")
        constraints = [
            models.CheckConstraint(
                name="assessor_registered_has_number_and_date",
                condition=Q(state__in=["proposed", "refused"])
                | Q(number__isnull=False, registered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="assessor_revoked_has_date",
                condition=~Q(state="revoked") | Q(revoked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.individual.name

    def get_absolute_url(self) -> str:
        return reverse("assessors:assessor", args=[self.pk])


class AssessorTerm(models.Model):
    """A period in which the assessor is current, by which certificate; both days included."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="terms")
    certificate_number = models.CharField(_("nomor sertifikat asesor"), max_length=64)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))

    class Meta:
        ordering = ["assessor_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="assessor_term_period", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.UniqueConstraint(
                fields=["assessor", "valid_from"], name="assessor_term_once_per_certificate"
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="assessor_term_by_end")]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_until}"


class AssessorSuspension(models.Model):
    """A time in which the assessor may not assess; on the day it is lifted they may again."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="suspensions")
    suspended_on = models.DateField(_("dibekukan sejak"))
    lifted_on = models.DateField(_("dipulihkan pada"), null=True, blank=True)

    class Meta:
        ordering = ["assessor_id", "suspended_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessor"],
                condition=Q(lifted_on=None),
                name="assessor_suspension_one_open",
            ),
            models.CheckConstraint(
                name="assessor_suspension_period",
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("suspended_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suspended_on} – {self.lifted_on or ''}"


class Appointment(models.Model):
    """An assessor's place with a certification body; both days included."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assessor_appointments"
    )
    valid_from = models.DateField(_("mulai"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        ordering = ["assessor_id", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "organisation"],
                condition=Q(valid_until=None),
                name="appointment_one_open",
            ),
            models.CheckConstraint(
                name="appointment_period",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} · {self.organisation}"


class AssessorScope(models.Model):
    """A scheme the assessor is technically competent to assess; both days included."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="scope")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("mulai"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        ordering = ["assessor_id", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "scheme"],
                condition=Q(valid_until=None),
                name="assessor_scope_one_open",
            ),
            models.CheckConstraint(
                name="assessor_scope_period",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.scheme)
