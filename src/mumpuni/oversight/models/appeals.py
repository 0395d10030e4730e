"""Appeals of bodies against what the authority decided."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import LONGEST_TITLE, Attached, AttachedQuerySet, StateField
from mumpuni.licensing.models import LicenceApplication
from mumpuni.oversight.models.sanctions import LONGEST_TEXT, SanctionCase
from mumpuni.plenary.models import AgendaItem


class AppealQuerySet(AttachedQuerySet["Appeal"], OwnedQuerySet["Appeal"]):  # type: ignore[override] # as of visits
    pass


class Appeal(Attached, OwnedRecord):
    """An appeal against a decreed sanction or a refused application."""

    class State(models.TextChoices):
        FILED = "filed", _("Diajukan")
        COMMITTEE = "committee", _("Di komite banding")
        UPHELD = "upheld", _("Dikabulkan")
        DISMISSED = "dismissed", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Dicabut pemohon")

    EDITABLE: ClassVar = ("grounds",)
    view_permission = Permission.APPEAL_VIEW

    state = StateField(State)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appeals", verbose_name=_("LSP")
    )
    title = models.CharField(
        _("keputusan yang dibanding"), max_length=LONGEST_TITLE, editable=False
    )
    grounds = models.TextField(_("alasan banding"), max_length=LONGEST_TEXT)
    filed_on = models.DateField(_("diajukan pada"), editable=False)
    decided_on = models.DateField(_("diputus pada"), null=True, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("banding")
        constraints = [
            models.UniqueConstraint(
                fields=["case_kind", "case_id"],
                condition=~Q(state="withdrawn"),
                name="appeal_once",
                violation_error_message=_("Keputusan ini sudah dibanding."),
            ),
            models.CheckConstraint(
                name="appeal_decided_has_day",
                condition=~Q(state__in=["upheld", "dismissed"]) | Q(decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("oversight:appeal", args=[self.pk])

    @cached_property
    def decision(self) -> SanctionCase | LicenceApplication:
        """What was decided; one query."""
        found = self.case
        assert isinstance(found, SanctionCase | LicenceApplication)
        return found

    @cached_property
    def newest_vote(self) -> AgendaItem | None:
        """The last vote that decided on it; one query for all the rules that ask."""
        return AgendaItem.objects.newest_decided(self, "appeal")
