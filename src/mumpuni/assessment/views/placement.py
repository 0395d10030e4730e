"""Pages of a session's candidates: the list, placing them with assessors, the plenary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mumpuni.assessment import actions, queries
from mumpuni.assessment.forms import PlacementForm
from mumpuni.assessment.models import Candidate, Outcome
from mumpuni.kernel import workflow
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.steps import bulk_steps
from mumpuni.web.tables import Choice, Column, Search, Table, badge
from mumpuni.web.tones import badge_html

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

ADMISSION_STEPS = ("submit", "admit", "return", "absent", "withdraw")
PLENARY_STEPS = ("competent", "not_yet", "send_back")


def _recommendation(candidate: Candidate) -> SafeString | str:
    if not candidate.recommendation:
        return "–"
    tone = "good" if candidate.recommendation == Outcome.COMPETENT else "plain"
    return badge_html(candidate.recommendation, tone=tone)


def _units(candidate: Candidate) -> str:
    counted: Any = candidate
    return f"{counted.competent_count}/{counted.judged_count} K"


NAME = Column("individual.name", gettext_lazy("Nama"), sort="individual__name", link=True)
ASSESSOR = Column(
    "assignment.assessor.individual.name",
    gettext_lazy("Asesor"),
    sort="assignment__assessor__individual__name",
)
RECOMMENDATION = Column(
    "recommendation",
    gettext_lazy("Rekomendasi"),
    sort="recommendation",
    render=_recommendation,
)
STATE = Column("state", gettext_lazy("Status"), sort="state", render=badge)
BY_NAME = Search("q", ["individual__name"], hint=gettext_lazy("Nama"))
BY_STATE = Choice("state", gettext_lazy("Status"), choices=Candidate.State.choices)

CANDIDATES = Table(
    columns=[
        NAME,
        Column("affiliation", gettext_lazy("Hubungan"), sort="affiliation"),
        ASSESSOR,
        RECOMMENDATION,
        STATE,
    ],
    filters=[BY_NAME, BY_STATE],
    default_sort="individual__name",
    empty=gettext_lazy("Belum ada asesi pada jadwal ini."),
)
PLENARY = Table(
    columns=[
        NAME,
        ASSESSOR,
        Column("competent_count", gettext_lazy("Unit"), value=_units),
        RECOMMENDATION,
        STATE,
    ],
    filters=[
        BY_NAME,
        BY_STATE,
        Choice("recommendation", gettext_lazy("Rekomendasi"), choices=Outcome.choices),
    ],
    default_sort="individual__name",
    empty=gettext_lazy("Belum ada asesi yang direkomendasikan."),
)


@page
def session_candidates(request: PageRequest, pk: int) -> HttpResponseBase:
    """List a session's candidates, with steps on many at once."""
    session = get_object_or_404(queries.sessions(request.person), pk=pk)
    url = reverse("assessment:candidate-steps")
    return CANDIDATES.respond(
        request,
        queries.candidates(request.person).filter(session=session),
        title=_("Asesi"),
        template="assessment/session_candidates.html",
        context={
            "session": session,
            "edits": workflow.permitted_edits(session, request.person, at=timezone.now()),
        },
        bulk=bulk_steps(Candidate, ADMISSION_STEPS, request.person, url),
    )


@page
def plenary(request: PageRequest, pk: int) -> HttpResponseBase:
    """Decide on many candidates, each as the assessor recommended."""
    session = get_object_or_404(queries.sessions(request.person), pk=pk)
    url = reverse("assessment:candidate-steps")
    return PLENARY.respond(
        request,
        queries.candidates_judged(request.person)
        .filter(session=session)
        .exclude(recommendation=""),
        title=_("Pleno"),
        template="assessment/plenary.html",
        context={"session": session},
        bulk=bulk_steps(Candidate, PLENARY_STEPS, request.person, url),
    )


@page
@require_POST
def distribute(request: PageRequest, pk: int) -> HttpResponse:
    """Place all waiting candidates evenly."""
    session = get_object_or_404(queries.sessions(request.person), pk=pk)
    event = workflow.amend_parts(
        session, "placement", actions.distribute, request.person, at=timezone.now()
    )
    if event is None:
        messages.info(request, _("Semua asesi yang menunggu sudah punya asesor."))
    else:
        messages.success(request, _("Asesi dibagi rata kepada asesor."))
    return redirect("assessment:session-candidates", pk=pk)


@page
def place(request: PageRequest, pk: int) -> HttpResponse:
    """Place one candidate with an assessor of the session."""
    candidate = get_object_or_404(queries.candidates(request.person), pk=pk)
    form = PlacementForm(
        request.POST or None,
        session=candidate.session,
        initial={"assignment": candidate.assignment_id},
    )

    def save(given: dict[str, Any]) -> str:
        change = actions.place([candidate], given["assignment"].pk)
        workflow.amend_parts(
            candidate.session, "placement", change, request.person, at=timezone.now()
        )
        return candidate.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Tentukan asesor"), back=candidate.get_absolute_url()
    )
