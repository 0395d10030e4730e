"""For which bodies an application of a kind may be begun and granted."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.models import Organisation
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import ApplicationScheme, Licence, LicenceApplication, Status

Kind = LicenceApplication.Kind

RENEWAL_OPENS = Policy(
    name="licensing.renewal_opens_days",
    label=gettext_lazy("Relisensi dapat diajukan sebelum lisensi berakhir"),
    unit=gettext_lazy("hari"),
    default=180,
    source="panduan LSP, sekunder",
)
STANDING: dict[str, frozenset[Status]] = {
    Kind.RENEWAL: frozenset({Status.ACTIVE, Status.EXPIRED}),
    Kind.SCOPE: frozenset({Status.ACTIVE, Status.FROZEN}),
    Kind.CHANGE: frozenset({Status.ACTIVE, Status.FROZEN}),
}


def licence_permits(application: LicenceApplication, attempt: Attempt) -> None:
    """L-23: all but a new licence needs one that stands; a new one is for bodies without (L-07)."""
    licence = application.held_licence
    if application.kind == Kind.NEW:
        _check_unlicensed(application.organisation, licence)
        return
    if licence is None:
        raise Refused(
            _("Lembaga ini belum berlisensi. Ajukan lisensi baru lebih dahulu."), code="L-23"
        )
    status = licence.status_on(attempt.on)
    if status not in STANDING[application.kind]:
        raise Refused(
            _("Lisensi %(number)s berstatus “%(status)s”; “%(kind)s” tidak dapat diproses.")
            % {
                "number": licence.number,
                "status": status.label,
                "kind": application.get_kind_display(),
            },
            code="L-23",
        )


def _check_unlicensed(body: Organisation, licence: Licence | None) -> None:
    """L-07: a new licence is for a certification body that has none yet."""
    if body.kind != Organisation.Kind.CERTIFICATION_BODY:
        raise Refused(_("Lisensi hanya untuk lembaga sertifikasi profesi (LSP)."), code="L-07")
    if licence is not None:
        raise Refused(
            _("Lembaga ini sudah berlisensi dengan nomor %s.") % licence.number, code="L-07"
        )


def only_reduced_while_frozen(application: LicenceApplication, attempt: Attempt) -> None:
    """L-23: a frozen licence loses schemes on request, but gains none."""
    licence = application.held_licence
    if licence is None or licence.status_on(attempt.on) != Status.FROZEN:
        return
    if any(row.action == ApplicationScheme.Action.ADD for row in application.schemes.all()):
        raise Refused(
            _("Lisensi sedang dibekukan: skema hanya dapat dikeluarkan, tidak ditambah."),
            code="L-23",
        )


def renewal_not_early(application: LicenceApplication, attempt: Attempt) -> None:
    """L-24: a renewal is begun so many days before the last day of the licence, not earlier."""
    licence = application.held_licence
    if application.kind != Kind.RENEWAL or licence is None:
        return
    opens = licence.last_day - timedelta(days=RENEWAL_OPENS.on(attempt.on))
    if attempt.on < opens:
        raise Refused(
            _("Lisensi berlaku sampai %(last)s; relisensi dapat diajukan mulai %(opens)s.")
            % {"last": date_format(licence.last_day), "opens": date_format(opens)},
            code="L-24",
        )
