"""Who may be of a team: a lead, in force, free, not tied; and what only the team may do."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.visits.models import LicensingAssessor, TeamMember, Visit
from mumpuni.visits.rules.ties import FoundTie, found_ties

Duty = TeamMember.Duty
BUSY = (Visit.State.ASSIGNED, Visit.State.RUNNING)


def is_body(visit: Visit, _attempt: Attempt) -> None:
    """N-09: certification bodies are visited, and those that apply to become one."""
    if visit.organisation.kind != Organisation.Kind.CERTIFICATION_BODY:
        raise Refused(_("Hanya LSP yang dikunjungi."), code="N-09")


def team_has_lead(visit: Visit, _attempt: Attempt) -> None:
    """N-01: a team has one lead, whose grade is that of a lead."""
    lead = next((one for one in visit.team.all() if one.duty == Duty.LEAD), None)
    if lead is None:
        raise Refused(_("Tim belum punya ketua."), code="N-01")
    if lead.assessor.grade != LicensingAssessor.Grade.LEAD:
        raise Refused(
            _("%s memimpin tim, padahal jenjangnya bukan lead asesor.") % lead.assessor,
            code="N-01",
        )


def current_members(visit: Visit, _attempt: Attempt) -> None:
    """N-02: every member is active, and current on every day of the visit."""
    for assessor in [member.assessor for member in visit.team.all()]:
        current = any(
            term.valid_from <= visit.starts_on and visit.ends_on <= term.valid_until
            for term in assessor.terms.all()
        )
        if assessor.state != LicensingAssessor.State.ACTIVE or not current:
            raise Refused(_("%s tidak aktif pada semua hari kunjungan.") % assessor, code="N-02")


def untied(visit: Visit, _attempt: Attempt) -> None:
    """N-03: nobody is of the team who is tied to the body, unless the tie was waived."""
    for member in visit.team.all():
        ties = found_ties(member.assessor, visit.organisation_id, visit.starts_on)
        waived = bool(member.waiver_reason)
        _check_untied(member.assessor, [tie for tie in ties if not (waived and tie.waivable)])


def check_appointable(assessor: LicensingAssessor, visit: Visit) -> None:
    """N-03: who is tied beyond waiving is not even put on a team."""
    ties = found_ties(assessor, visit.organisation_id, visit.starts_on)
    _check_untied(assessor, [tie for tie in ties if not tie.waivable])


def _check_untied(assessor: LicensingAssessor, blocking: list[FoundTie]) -> None:
    if blocking:
        raise Refused(
            _("%(assessor)s terikat dengan lembaga ini: %(ties)s.")
            % {"assessor": assessor, "ties": ", ".join(map(str, blocking))},
            code="N-03",
        )


def check_waivable(member: TeamMember, visit: Visit, reason: str, attempt: Attempt) -> None:
    """N-15: only a tie that may be waived is waived, with a reason, by nobody for themselves."""
    ties = found_ties(member.assessor, visit.organisation_id, visit.starts_on)
    firm = [tie for tie in ties if not tie.waivable]
    if not ties:
        raise Refused(_("Tidak ada ikatan yang perlu dikecualikan."), code="N-15")
    if firm:
        raise Refused(
            _("Ikatan ini tidak dapat dikecualikan: %s.") % ", ".join(map(str, firm)), code="N-15"
        )
    if attempt.actor.key == f"user:{member.assessor.individual.user_id}":
        raise Refused(_("Pengecualian diberikan oleh orang lain."), code="N-15")
    if not reason.strip():
        raise Refused(_("Tuliskan alasan pengecualian."), code="N-15")


def available(visit: Visit, _attempt: Attempt) -> None:
    """N-04: nobody is sent to two visits on one day; one query."""
    other = (
        TeamMember.objects.filter(
            assessor__in=[one.assessor_id for one in visit.team.all()],
            visit__state__in=BUSY,
            visit__starts_on__lte=visit.ends_on,
            visit__ends_on__gte=visit.starts_on,
        )
        .exclude(visit=visit.pk)
        .select_related("assessor__individual", "visit")
        .first()
    )
    if other is not None:
        raise Refused(
            _("%(assessor)s bertugas dalam kunjungan lain (%(first)s – %(last)s).")
            % {
                "assessor": other.assessor,
                "first": date_format(other.visit.starts_on),
                "last": date_format(other.visit.ends_on),
            },
            code="N-04",
        )


def of_the_team(*duties: Duty) -> Callable[[Visit, Attempt], None]:
    """Make N-05: a visit is conducted by its team, by those of these duties."""

    def check(visit: Visit, attempt: Attempt) -> None:
        member = part_of(visit, attempt)
        if member is None or member.duty not in duties:
            raise Refused(
                _("Hanya tim kunjungan ini yang dapat melakukannya (%s).")
                % ", ".join(str(duty.label) for duty in duties),
                code="N-05",
            )

    return check


def part_of(visit: Visit, attempt: Attempt) -> TeamMember | None:
    """Return the part that whoever acts has in a visit."""
    return next(
        (
            one
            for one in visit.team.all()
            if attempt.actor.key == f"user:{one.assessor.individual.user_id}"
        ),
        None,
    )


team_leader = of_the_team(Duty.LEAD)
of_the_visiting_team = of_the_team(Duty.LEAD, Duty.MEMBER)
