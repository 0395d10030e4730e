"""What a change of a standard must say, who announces it, and how bodies move on."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.workflow import AMEND, BEGIN, Attempt
from mumpuni.reference.queries.calendar import add_working_days
from mumpuni.schemes.models import (
    CompetencyStandard,
    SchemeTransition,
    SchemeVersion,
    StandardChange,
)

PLAN_DAYS = Policy(
    name="schemes.transition_plan_days",
    label=gettext_lazy("Rencana peralihan skema oleh LSP"),
    unit=gettext_lazy("hari kerja"),
    default=30,
    source="rancangan",
)


def not_yet_revoked(change: StandardChange, attempt: Attempt) -> None:
    """S-13: a standard ceases to be in force once."""
    if change.standard.status == CompetencyStandard.Status.REVOKED:
        raise Refused(_("Standar ini sudah dicabut."), code="S-13")


def announced_by_another(change: StandardChange, attempt: Attempt) -> None:
    """S-14: whoever wrote a change down does not announce it."""
    written = events_of(change).filter(actor=attempt.actor.key, step__in=(BEGIN, AMEND))
    if written.exists():
        raise Refused(_("Pencatat perubahan standar tidak mengumumkannya sendiri."), code="S-14")


def effective_day_come(change: StandardChange, attempt: Attempt) -> None:
    """S-15: a change takes effect on its day, not before."""
    if attempt.on < change.effective_on:
        raise Refused(
            _("Perubahan ini baru berlaku pada %s.") % date_format(change.effective_on), code="S-15"
        )


def plan_due(transition: SchemeTransition, since: date) -> date:
    """Return by when a body tells its plan: within its time, and within the transition."""
    return min(add_working_days(since, PLAN_DAYS.on(since)), transition.change.transition_until)


def planned_in_time(transition: SchemeTransition, attempt: Attempt) -> None:
    """S-16: a plan says what is done, and by a day within the transition."""
    last = transition.change.transition_until
    if not transition.plan.strip() or transition.ready_on is None:
        raise Refused(_("Isi rencana dan hari selesainya."), code="S-16")
    if transition.ready_on > last:
        raise Refused(
            _("Rencana selesai sesudah peralihan berakhir pada %s.") % date_format(last),
            code="S-16",
        )


def no_scheme_left(transition: SchemeTransition, attempt: Attempt) -> None:
    """S-17: a body has moved on when none of its verified schemes has a unit of the standard."""
    using = SchemeVersion.objects.assessable().built_from(transition.change.standard)
    left = using.filter(scheme__organisation=transition.organisation_id).count()
    if left:
        raise Refused(
            ngettext(
                "%d skema terverifikasi masih memakai unit standar ini.",
                "%d skema terverifikasi masih memakai unit standar ini.",
                left,
            )
            % left,
            code="S-17",
        )


def transition_over(transition: SchemeTransition, attempt: Attempt) -> None:
    """S-18: a transition lapses after its last day."""
    last = transition.change.transition_until
    if attempt.on <= last:
        raise Refused(_("Peralihan berjalan sampai %s.") % date_format(last), code="S-18")
