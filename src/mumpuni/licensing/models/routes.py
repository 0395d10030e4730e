"""Through which states an application of each kind passes, and what each state is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.workflow import Text
from mumpuni.licensing.models.applications import LicenceApplication
from mumpuni.visits.models import Kind as Visit

State = LicenceApplication.State
Kind = LicenceApplication.Kind

ROUTES: dict[str, tuple[State, ...]] = {
    Kind.NEW: (
        State.SUBMITTED,
        State.DOCUMENT_VERIFICATION,
        State.FULL_ASSESSMENT,
        State.WITNESS,
        State.PLENARY,
    ),
    Kind.RENEWAL: (State.DOCUMENT_VERIFICATION, State.FULL_ASSESSMENT, State.PLENARY),
    Kind.SCOPE: (State.DOCUMENT_VERIFICATION, State.FULL_ASSESSMENT, State.PLENARY),
    Kind.CHANGE: (State.DOCUMENT_VERIFICATION, State.PLENARY),
}
VISITS: dict[tuple[str, str], str] = {
    (Kind.NEW, State.SUBMITTED): Visit.READINESS,
    (Kind.NEW, State.FULL_ASSESSMENT): Visit.ASSESSMENT,
    (Kind.NEW, State.WITNESS): Visit.WITNESS,
    (Kind.RENEWAL, State.FULL_ASSESSMENT): Visit.REVIEW,
    (Kind.SCOPE, State.FULL_ASSESSMENT): Visit.ASSESSMENT,
}
"""Which visit a phase of a kind of application is about."""

EXPLAINED: dict[str, Text] = {
    State.DRAFT: _("Pemohon melengkapi isian, dokumen, dan skema, lalu mengajukannya."),
    State.SUBMITTED: _("BNSP mengapresiasi kesiapan pimpinan dan pengelola LSP."),
    State.DOCUMENT_VERIFICATION: _(
        "BNSP memeriksa setiap dokumen; yang belum sesuai dikembalikan untuk diperbaiki."
    ),
    State.FULL_ASSESSMENT: _("Asesor lisensi menilai LSP di tempatnya."),
    State.WITNESS: _("Asesor lisensi menyaksikan uji kompetensi."),
    State.PLENARY: _("Pleno BNSP memutus permohonan."),
    State.GRANTED: _("Keputusan berlaku sejak hari diputuskan."),
}


def route_of(application: LicenceApplication) -> tuple[State, ...]:
    """Return the states between submission and decision, in their order."""
    route = ROUTES[application.kind]
    if application.kind == Kind.SCOPE and not application.needs_assessment:
        return tuple(state for state in route if state != State.FULL_ASSESSMENT)
    return route


def first_phase(application: LicenceApplication) -> str:
    """Return where a submission leads."""
    return route_of(application)[0]


def next_phase(application: LicenceApplication) -> str:
    """Return the state after the present one."""
    route = route_of(application)
    return route[route.index(State(application.state)) + 1]
