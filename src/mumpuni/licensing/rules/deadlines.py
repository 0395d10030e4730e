"""How long each turn of an application takes at most, and what ends when time is over."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Task
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import LicenceApplication

WORKING_DAYS = gettext_lazy("hari kerja")

APPRECIATION_DAYS = Policy(
    name="licensing.appreciation_days",
    label=gettext_lazy("Apresiasi permohonan lisensi"),
    unit=WORKING_DAYS,
    default=10,
    source="rancangan",
)
VERIFICATION_DAYS = Policy(
    name="licensing.verification_days",
    label=gettext_lazy("Verifikasi dokumen permohonan lisensi"),
    unit=WORKING_DAYS,
    default=14,
    source="rancangan",
)
CORRECTION_DAYS = Policy(
    name="licensing.correction_days",
    label=gettext_lazy("Perbaikan dokumen oleh pemohon lisensi"),
    unit=WORKING_DAYS,
    default=30,
    source="rancangan (L-30)",
)
ASSESSMENT_DAYS = Policy(
    name="licensing.assessment_days",
    label=gettext_lazy("Asesmen penuh LSP"),
    unit=WORKING_DAYS,
    default=60,
    source="rancangan",
)
WITNESS_DAYS = Policy(
    name="licensing.witness_days",
    label=gettext_lazy("Penyaksian uji LSP"),
    unit=WORKING_DAYS,
    default=60,
    source="rancangan",
)
PLENARY_DAYS = Policy(
    name="licensing.plenary_days",
    label=gettext_lazy("Keputusan pleno atas permohonan lisensi"),
    unit=WORKING_DAYS,
    default=30,
    source="rancangan",
)


def correction_time_over(application: LicenceApplication, attempt: Attempt) -> None:
    """L-30: an application whose time for corrections is over lapses, not on the last day itself."""
    last = Task.objects.about(application).filter(state=Task.State.OPEN).get().due_on
    if last is not None and attempt.on <= last:
        raise Refused(
            _("Waktu perbaikan masih berjalan sampai %s.") % date_format(last), code="L-30"
        )
