"""A sanction case: proposed, reviewed, answered by the body, decreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted
from mumpuni.oversight import actions, queries, rules
from mumpuni.oversight.forms import (
    AnswerForm,
    DecreeForm,
    NewCaseForm,
    OpinionForm,
    ProposalForm,
    RulingsForm,
)
from mumpuni.oversight.models import Affected, Group, Ruling, SanctionCase
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

DECIDED = (SanctionCase.State.DECREED, SanctionCase.State.DROPPED)
# where the rows of a group are listed; the lists are searched by the body's name
LISTS: dict[str, tuple[str, dict[str, str]]] = {
    Group.SESSIONS: ("assessment:sessions", {}),
    Group.DECISIONS: ("assessment:sessions", {"state": "plenary"}),
    Group.REQUESTS: ("certificates:requests", {}),
}


@dataclass(frozen=True)
class Touched:
    """A group that a decision touches: how many there are, where they are listed, the ruling."""

    group: Group
    count: int
    url: str
    ruling: Ruling | None


def _touched(case: SanctionCase) -> list[Touched]:
    """Return what a case would touch as things stand; once decided, what was ruled on."""
    if case.state in DECIDED:
        found = [Affected(Group(one.group), one.count) for one in case.ruled.values()]
    else:
        found = case.affected
    return [
        Touched(one.group, one.count, _list_of(one.group, case), case.ruled.get(one.group))
        for one in found
    ]


def _list_of(group: str, case: SanctionCase) -> str:
    if group not in LISTS:
        return ""
    name, query = LISTS[group]
    return reverse(name, query={"q": case.organisation.name, **query})


@page
def case(request: PageRequest, pk: int) -> HttpResponse:
    """Show a case: what is proposed, whom it touches, what it obliges to, how it ended."""
    person = request.person
    record = get_object_or_404(queries.case_in_full(person), pk=pk)
    all_seen = queries.sees_all(person)
    decreed = record.state == SanctionCase.State.DECREED
    until = rules.last_day_to_appeal(record)
    appeal = queries.appeal_of(record) if decreed else None
    context = record_page(
        request,
        record,
        all_seen=all_seen,
        touched=_touched(record) if all_seen or decreed else [],
        obligations=queries.obligations_of(record, person),
        may_oblige=person.holds(Permission.OBLIGATION_PREPARE) and record.takes_obligations,
        appeal=appeal,
        appeal_until=until,
        may_appeal=until is not None
        and appeal is None
        and timezone.localdate() <= until
        and person.can(Permission.APPEAL_FILE, record),
    )
    context["history"] = queries.told(context["history"], person)
    return render(request, "oversight/case.html", context)


@page
def propose(request: PageRequest) -> HttpResponse:
    """Propose a sanction, or that a freeze be lifted; `?lsp=` suggests a body by its code."""
    person = request.person
    if not person.holds(Permission.SANCTION_PROPOSE):
        raise NotPermitted(gettext("Sanksi diusulkan oleh staf BNSP."))

    def save(given: dict[str, Any]) -> str:
        values = dict(given)
        body, kind = values.pop("organisation"), values.pop("kind")
        licence = queries.licence_called(body.pk)
        if licence is None:
            problem = gettext("Lembaga ini belum berlisensi.")
            raise Invalid(problem, fields={"organisation": [problem]})
        made = actions.open_case(licence, kind, values, person, at=timezone.now())
        return made.get_absolute_url()

    return answer_form(
        request,
        NewCaseForm(request.POST or None, initial={"organisation": request.GET.get("lsp", "")}),
        save,
        title=_("Usulkan sanksi atau pencairan"),
        submit=_("Usulkan"),
        back=reverse("oversight:cases"),
    )


@page
def proposal(request: PageRequest, pk: int) -> HttpResponse:
    """Mend the proposal."""
    return _amended(request, pk, ProposalForm, "proposal", _("Ubah usulan"))


@page
def opinion(request: PageRequest, pk: int) -> HttpResponse:
    """Write what the review comes to."""
    return _amended(request, pk, OpinionForm, "opinion", _("Telaah hukum"))


@page
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """Say what the body has to say."""
    return _amended(request, pk, AnswerForm, "answer", _("Tanggapan LSP"))


@page
def decree(request: PageRequest, pk: int) -> HttpResponse:
    """Write number and first day of the decree."""
    return _amended(request, pk, DecreeForm, "decree", _("Isi SK"))


def _amended(
    request: PageRequest,
    pk: int,
    form_class: type[ModelForm[SanctionCase]],
    edit: str,
    title: _StrOrPromise,
) -> HttpResponse:
    record = get_object_or_404(queries.case_in_full(request.person), pk=pk)
    workflow.check_edit(record, edit, request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = form_class(request.POST or None, instance=record)
    return answer_form(
        request, form, save, title=title, template="oversight/amend.html", record=record, back=back
    )


@page
def rulings(request: PageRequest, pk: int) -> HttpResponse:
    """Say what becomes of each group that is touched."""
    record = get_object_or_404(queries.case_in_full(request.person), pk=pk)
    workflow.check_edit(record, actions.RULINGS, request.person, at=timezone.now())
    back = record.get_absolute_url()
    form = RulingsForm(
        request.POST or None,
        touched=record.affected,
        held=record.ruled,
    )

    def save(_given: dict[str, Any]) -> str:
        actions.rule_on(record, form.rulings(), request.person, at=timezone.now())
        return back

    return answer_form(
        request,
        form,
        save,
        title=_("Putusan atas yang terdampak"),
        template="oversight/amend.html",
        record=record,
        back=back,
    )
