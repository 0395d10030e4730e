"""For what a body is visited."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a visit is for; each kind has an instrument of its own."""

    READINESS = "readiness", _("Apresiasi")
    ASSESSMENT = "assessment", _("Asesmen penuh")
    WITNESS = "witness", _("Penyaksian uji")
    REVIEW = "review", _("Penilaian kinerja")
    SURVEILLANCE = "surveillance", _("Surveilans")
    RECHECK = "recheck", _("Pemeriksaan ulang")
