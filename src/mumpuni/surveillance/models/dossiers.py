"""How a body fared over five years, kept as it was when it asked to be licensed further."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.licensing.models import Licence, LicenceApplication


def digest(facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of facts, written in one way only."""
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


class Dossier(OwnedRecord):
    """The facts of a body's performance from a day to a day; nothing ever changes them (U-08)."""

    class State(models.TextChoices):
        KEPT = "kept", _("Disimpan")

    owners = ("licence__organisation_id",)
    view_permission = Permission.LICENCE_VIEW

    state = StateField(State)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, related_name="+", verbose_name=_("lisensi")
    )
    application = models.OneToOneField(
        LicenceApplication, on_delete=models.PROTECT, related_name="+"
    )
    first = models.DateField(_("dari"))
    last = models.DateField(_("hingga"))
    facts: models.JSONField[Any, dict[str, Any]] = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = OwnedQuerySet["Dossier"].as_manager()

    class Meta:
        verbose_name = _("dosier kinerja")
        constraints: ClassVar = [
            models.CheckConstraint(name="dossier_period", condition=Q(last__gte=F("first")))
        ]

    def __str__(self) -> str:
        return str(_("Dosier kinerja %s") % self.licence.organisation)

    def get_absolute_url(self) -> str:
        return reverse("surveillance:kept-dossier", args=[self.pk])

    @property
    def is_intact(self) -> bool:
        """Whether the facts are those that were kept."""
        return digest(self.facts) == self.sha256
