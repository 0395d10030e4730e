"""Licences: terms, scope and sanctions as dated facts, so that any past day can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, NamedTuple

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.licensing.models.applications import LicenceApplication
from mumpuni.licensing.models.bodies import BodyType, CandidateGroup, FounderKind
from mumpuni.licensing.models.sanctions import Sanction
from mumpuni.schemes.models import SchemeVersion


class Status(models.TextChoices):
    """How a licence stands on a day, as follows from its terms and sanctions."""

    ACTIVE = "active", _("Aktif")
    FROZEN = "frozen", _("Dibekukan")
    REVOKED = "revoked", _("Dicabut")
    EXPIRED = "expired", _("Kedaluwarsa")
    NOT_LICENSED = "not_licensed", _("Belum berlisensi")


class LicenceQuerySet(OwnedQuerySet["Licence"]):
    def with_history(self) -> LicenceQuerySet:
        """Fetch along what `status_on` reads; two more queries."""
        return self.prefetch_related("terms", "sanctions")

    def with_status(self, on: date) -> LicenceQuerySet:
        """Add `status` on a day, the same as `status_on` says, and the last day of all terms."""
        terms = LicenceTerm.objects.filter(licence=OuterRef("pk"))
        begun = terms.filter(valid_from__lte=on)
        sanctions = Sanction.objects.filter(licence=OuterRef("pk")).in_force(on)
        return self.annotate(  # type: ignore[no-redef] # the model tells their types
            status=Case(
                When(~Exists(begun), then=Value(Status.NOT_LICENSED)),
                When(
                    Exists(sanctions.filter(kind=Sanction.Kind.REVOCATION)),
                    then=Value(Status.REVOKED),
                ),
                When(~Exists(begun.filter(valid_until__gte=on)), then=Value(Status.EXPIRED)),
                When(Exists(sanctions), then=Value(Status.FROZEN)),
                default=Value(Status.ACTIVE),
                output_field=CharField(),
            ),
            valid_until=Subquery(terms.order_by("-valid_until").values("valid_until")[:1]),
        )


class Licence(OwnedRecord):
    """The right of a certification body to certify; its number outlives each term.

    `state` is where the licence stands now by decision; `queries.status_on` answers for a day.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Aktif")
        FROZEN = "frozen", _("Dibekukan")
        REVOKED = "revoked", _("Dicabut")

    CHANGES: ClassVar = {
        **{field.name: field for field in Sanction._meta.fields},
        "sanction": _("sanksi yang disiapkan"),
        "term": _("masa lisensi"),
        "scope": _("ruang lingkup"),
    }
    view_permission = Permission.LICENCE_VIEW

    state = StateField(State)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="licence", verbose_name=_("LSP")
    )
    application = models.OneToOneField(
        LicenceApplication,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="licence",
    )
    number = models.CharField(_("nomor lisensi"), max_length=32, unique=True)
    ordinal = models.PositiveIntegerField(_("nomor urut"), unique=True)
    body_type = models.CharField(_("jenis LSP"), max_length=16, choices=BodyType)
    founder_kind = models.CharField(_("jenis pembentuk"), max_length=16, choices=FounderKind)
    founder_name = models.CharField(_("nama lembaga pembentuk"), max_length=200)
    candidate_group = models.CharField(
        _("asesi yang dilayani"), max_length=16, choices=CandidateGroup
    )
    sector_code = models.CharField(_("kode sektor"), max_length=4)
    source = models.CharField(_("sumber"), max_length=200, blank=True, editable=False)
    simulated = models.BooleanField(_("data simulasi"), default=False)

    status: str  # added by `with_status`
    valid_until: date | None  # likewise

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lisensi")

    def __str__(self) -> str:
        return f"{self.number} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("licensing:licence", args=[self.pk])

    @property
    def history(self) -> History:
        """Its terms and sanctions; no query after `with_history`."""
        return History(self.terms.all(), self.sanctions.all())

    def status_on(self, day: date) -> Status:
        """Tell how the licence stands on any past or future day, by what is recorded now."""
        return self.history.status_on(day)

    def sanction_on(self, day: date) -> Sanction | None:
        """Return the sanction in force on a day, a revocation before a freeze."""
        return self.history.sanction_on(day)

    def term_on(self, day: date) -> LicenceTerm | None:
        """Return the term that covers a day."""
        return self.history.term_on(day)

    @property
    def last_day(self) -> date:
        """The last day of all its terms; no query after `with_history`."""
        return max(term.valid_until for term in self.terms.all())

    @property
    def standing_scope(self) -> list[LicenceScope]:
        """The scope that no decision ended; no query where the scope was fetched."""
        return [row for row in self.scope.all() if row.valid_until is None]

    @property
    def imposed_sanctions(self) -> list[Sanction]:
        """All sanctions ever imposed, in force or lifted."""
        return [one for one in self.sanctions.all() if one.imposed_at is not None]

    def standing(self, kind: str) -> Sanction | None:
        """Return the sanction of a kind that was imposed and not lifted."""
        imposed = (one for one in self.imposed_sanctions if one.lifted_on is None)
        return next((one for one in imposed if one.kind == kind), None)

    @property
    def prepared_sanction(self) -> Sanction | None:
        """The sanction that is written down but not yet imposed."""
        return next((one for one in self.sanctions.all() if one.imposed_at is None), None)


class LicenceTerm(models.Model):
    """A term for which a decree licenses the body; both days included."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="terms")
    application = models.ForeignKey(
        LicenceApplication, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decree_number = models.CharField(_("nomor SK"), max_length=64)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))

    class Meta:
        ordering = ["licence_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="licence_term_period", condition=Q(valid_until__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="licence_terms_do_not_overlap",
                expressions=[
                    ("licence", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_until",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decree_number}: {self.valid_from} – {self.valid_until}"


class History(NamedTuple):
    """The terms and sanctions of a licence, none for a body without one."""

    terms: Iterable[LicenceTerm]
    sanctions: Iterable[Sanction]

    def status_on(self, day: date) -> Status:
        """Tell how the licence stands on a day.

        A revocation outlasts the term; a term that has ended outweighs a freeze.
        """
        if not any(term.valid_from <= day for term in self.terms):
            return Status.NOT_LICENSED
        sanction = self.sanction_on(day)
        if sanction is not None and sanction.kind == Sanction.Kind.REVOCATION:
            return Status.REVOKED
        if self.term_on(day) is None:
            return Status.EXPIRED
        return Status.ACTIVE if sanction is None else Status.FROZEN

    def sanction_on(self, day: date) -> Sanction | None:
        """Return the sanction in force on a day, a revocation before a freeze."""
        holding = [sanction for sanction in self.sanctions if sanction.holds_on(day)]
        return max(holding, key=lambda one: one.kind == Sanction.Kind.REVOCATION, default=None)

    def term_on(self, day: date) -> LicenceTerm | None:
        """Return the term that covers a day."""
        covering = (term for term in self.terms if term.valid_from <= day <= term.valid_until)
        return next(covering, None)


class LicenceScopeQuerySet(models.QuerySet["LicenceScope"]):
    def in_force(self, on: date) -> LicenceScopeQuerySet:
        """Keep what may be certified on a day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)


class LicenceScope(models.Model):
    """A scheme version the body may certify, from a day to a day (both included)."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="scope")
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("mulai"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)
    application = models.ForeignKey(
        LicenceApplication, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        LicenceApplication, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = LicenceScopeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "scheme_version", "valid_from"], name="licence_scope_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.scheme_version)

    def holds_on(self, day: date) -> bool:
        """Tell whether the scheme may be certified on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class EndingReminder(models.Model):
    """That a body was told so many days before that its licence ends."""

    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, related_name="+")
    valid_until = models.DateField()
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "valid_until", "days"], name="ending_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_until} − {self.days}"
