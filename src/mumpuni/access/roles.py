"""The policy: which role may do what, and how far it reaches. Read it like a page of law."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What can be done, as `capability.verb`."""

    ACCESS_MANAGE = "access.manage"
    MEMBER_MANAGE = "member.manage"
    TOKEN_MANAGE = "token.manage"  # noqa: S105 - the name of a permission
    AUDIT_VIEW = "audit.view"
    POLICY_SET = "policy.set"

    SCHEME_VIEW = "scheme.view"
    SCHEME_AUTHOR = "scheme.author"
    SCHEME_VERIFY = "scheme.verify"
    SCHEME_NUMBER = "scheme.number"
    SCHEME_LOAD = "scheme.load"
    STANDARD_CHANGE = "standard.change"
    TRANSITION_PLAN = "transition.plan"

    LICENCE_VIEW = "licence.view"
    LICENCE_APPLY = "licence.apply"
    LICENCE_EXAMINE = "licence.examine"
    LICENCE_ASSESS = "licence.assess"
    LICENCE_DECIDE = "licence.decide"
    LICENCE_ENTER = "licence.enter"
    LICENCE_SANCTION = "licence.sanction"

    TASK_TAKE = "task.take"
    TASK_ASSIGN = "task.assign"
    CASE_LAPSE = "case.lapse"

    LICENSING_ASSESSOR_MANAGE = "licensing_assessor.manage"
    VISIT_VIEW = "visit.view"
    VISIT_PLAN = "visit.plan"
    VISIT_CONDUCT = "visit.conduct"
    FINDING_ANSWER = "finding.answer"
    FINDING_VERIFY = "finding.verify"
    FINDING_RAISE = "finding.raise"

    MEETING_VIEW = "meeting.view"
    MEETING_MANAGE = "meeting.manage"
    MEETING_VOTE = "meeting.vote"

    SURVEILLANCE_VIEW = "surveillance.view"
    SURVEILLANCE_PLAN = "surveillance.plan"
    DOSSIER_KEEP = "dossier.keep"

    ASSESSOR_VIEW = "assessor.view"
    ASSESSOR_PROPOSE = "assessor.propose"
    ASSESSOR_REGISTER = "assessor.register"

    VENUE_MANAGE = "venue.manage"
    SESSION_VIEW = "session.view"
    SESSION_MANAGE = "session.manage"
    CANDIDATE_VIEW = "candidate.view"
    CANDIDATE_ADMIT = "candidate.admit"
    CANDIDATE_APPLY = "candidate.apply"
    CANDIDATE_ASSESS = "candidate.assess"
    CERTIFICATION_DECIDE = "certification.decide"

    CERTIFICATE_VIEW = "certificate.view"
    CERTIFICATE_HOLD = "certificate.hold"
    CERTIFICATE_REQUEST = "certificate.request"
    CERTIFICATE_APPROVE = "certificate.approve"
    CERTIFICATE_ISSUE = "certificate.issue"
    CERTIFICATE_SUSPEND = "certificate.suspend"
    CERTIFICATE_REVOKE = "certificate.revoke"
    CERTIFICATE_REPLACE = "certificate.replace"

    KEY_MANAGE = "key.manage"

    SANCTION_VIEW = "sanction.view"
    SANCTION_PROPOSE = "sanction.propose"
    SANCTION_REVIEW = "sanction.review"
    SANCTION_DECREE = "sanction.decree"
    SANCTION_ANSWER = "sanction.answer"
    OBLIGATION_PREPARE = "obligation.prepare"
    OBLIGATION_RAISE = "obligation.raise"
    OBLIGATION_FULFIL = "obligation.fulfil"
    OBLIGATION_VERIFY = "obligation.verify"
    APPEAL_VIEW = "appeal.view"
    APPEAL_FILE = "appeal.file"
    APPEAL_HANDLE = "appeal.handle"
    APPEAL_DECIDE = "appeal.decide"

    REPORT_FILE = "report.file"
    REPORT_VIEW = "report.view"
    REPORT_HANDLE = "report.handle"


P = Permission


class Reach(StrEnum):
    """How far a role goes: every organisation, its own, or what concerns the person."""

    NATIONAL = "national"
    ORGANISATION = "organisation"
    PERSONAL = "personal"


class Role(models.TextChoices):
    """What a membership makes of a person in an organisation; everybody is an individual too."""

    AUTHORITY_ADMIN = "authority_admin", _("Administrator BNSP")
    DESK_COORDINATOR = "desk_coordinator", _("Koordinator bidang BNSP")
    LICENSING_OFFICER = "licensing_officer", _("Staf lisensi BNSP")
    LICENSING_ASSESSOR = "licensing_assessor", _("Asesor lisensi")
    SURVEILLANCE_OFFICER = "surveillance_officer", _("Staf surveilans BNSP")
    PLENARY_MEMBER = "plenary_member", _("Anggota pleno BNSP")
    LAW_OFFICER = "law_officer", _("Staf hukum BNSP")
    APPEAL_MEMBER = "appeal_member", _("Anggota komite banding BNSP")
    SCHEME_VERIFIER = "scheme_verifier", _("Verifikator skema")
    REFERENCE_AUTHOR = "reference_author", _("Penyusun skema acuan BNSP")
    REGISTRAR = "registrar", _("Registrar asesor BNSP")
    CERTIFICATION_OFFICER = "certification_officer", _("Staf sertifikasi BNSP")
    AUDITOR = "auditor", _("Auditor")
    BODY_ADMIN = "body_admin", _("Administrator LSP")
    BODY_SCHEME_AUTHOR = "body_scheme_author", _("Komite skema LSP")
    BODY_DECIDER = "body_decider", _("Pleno LSP")
    INDIVIDUAL = "individual", _("Perseorangan")
    SYSTEM = "system", _("Sistem")


VIEW_ALL = frozenset(
    {P.SCHEME_VIEW, P.LICENCE_VIEW, P.ASSESSOR_VIEW, P.SESSION_VIEW, P.CERTIFICATE_VIEW}
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.AUTHORITY_ADMIN: VIEW_ALL
    | {
        P.ACCESS_MANAGE,
        P.MEMBER_MANAGE,
        P.AUDIT_VIEW,
        P.POLICY_SET,
        P.REPORT_VIEW,
        P.LICENCE_ENTER,
    },
    Role.DESK_COORDINATOR: VIEW_ALL
    | {
        P.TASK_TAKE,
        P.TASK_ASSIGN,
        P.STANDARD_CHANGE,
        P.REPORT_VIEW,
        P.VISIT_VIEW,
        P.MEETING_VIEW,
        P.SURVEILLANCE_VIEW,
        P.LICENSING_ASSESSOR_MANAGE,
        P.SANCTION_VIEW,
        P.APPEAL_VIEW,
    },
    Role.LICENSING_OFFICER: VIEW_ALL
    | {
        P.LICENCE_EXAMINE,
        P.TASK_TAKE,
        P.VISIT_VIEW,
        P.VISIT_PLAN,
        P.FINDING_VERIFY,
        P.MEETING_VIEW,
        P.MEETING_MANAGE,
        P.SURVEILLANCE_VIEW,
        P.SANCTION_VIEW,
    },
    Role.LICENSING_ASSESSOR: frozenset(
        {
            P.SCHEME_VIEW,
            P.LICENCE_VIEW,
            P.LICENCE_ASSESS,
            P.TASK_TAKE,
            P.VISIT_VIEW,
            P.VISIT_CONDUCT,
            P.FINDING_VERIFY,
        }
    ),
    Role.SURVEILLANCE_OFFICER: VIEW_ALL
    | {
        P.TASK_TAKE,
        P.REPORT_VIEW,
        P.VISIT_VIEW,
        P.VISIT_PLAN,
        P.FINDING_VERIFY,
        P.SURVEILLANCE_VIEW,
        P.SURVEILLANCE_PLAN,
        P.SANCTION_VIEW,
        P.SANCTION_PROPOSE,
    },
    Role.PLENARY_MEMBER: VIEW_ALL
    | {
        P.LICENCE_DECIDE,
        P.LICENCE_ENTER,
        P.TASK_TAKE,
        P.VISIT_VIEW,
        P.MEETING_VIEW,
        P.MEETING_VOTE,
        P.SURVEILLANCE_VIEW,
        P.SANCTION_VIEW,
        P.APPEAL_VIEW,
    },
    Role.LAW_OFFICER: VIEW_ALL
    | {
        P.TASK_TAKE,
        P.REPORT_VIEW,
        P.REPORT_HANDLE,
        P.VISIT_VIEW,
        P.MEETING_VIEW,
        P.SURVEILLANCE_VIEW,
        P.MEETING_MANAGE,
        P.SANCTION_VIEW,
        P.SANCTION_PROPOSE,
        P.SANCTION_REVIEW,
        P.SANCTION_DECREE,
        P.OBLIGATION_PREPARE,
        P.OBLIGATION_VERIFY,
        P.APPEAL_VIEW,
        P.APPEAL_HANDLE,
    },
    Role.APPEAL_MEMBER: VIEW_ALL
    | {
        P.TASK_TAKE,
        P.MEETING_VIEW,
        P.MEETING_VOTE,
        P.SANCTION_VIEW,
        P.APPEAL_VIEW,
        P.APPEAL_DECIDE,
    },
    Role.SCHEME_VERIFIER: frozenset(
        {P.SCHEME_VIEW, P.SCHEME_VERIFY, P.SCHEME_NUMBER, P.STANDARD_CHANGE, P.TASK_TAKE}
    ),
    Role.REFERENCE_AUTHOR: frozenset({P.SCHEME_VIEW, P.SCHEME_AUTHOR, P.TRANSITION_PLAN}),
    Role.REGISTRAR: frozenset({P.SCHEME_VIEW, P.ASSESSOR_VIEW, P.ASSESSOR_REGISTER}),
    Role.CERTIFICATION_OFFICER: VIEW_ALL
    | {
        P.CANDIDATE_VIEW,
        P.CERTIFICATE_APPROVE,
        P.CERTIFICATE_SUSPEND,
        P.CERTIFICATE_REVOKE,
        P.CERTIFICATE_REPLACE,
        P.KEY_MANAGE,
    },
    Role.AUDITOR: VIEW_ALL
    | {
        P.CANDIDATE_VIEW,
        P.AUDIT_VIEW,
        P.REPORT_VIEW,
        P.VISIT_VIEW,
        P.MEETING_VIEW,
        P.SURVEILLANCE_VIEW,
        P.SANCTION_VIEW,
        P.APPEAL_VIEW,
    },
    Role.BODY_ADMIN: VIEW_ALL
    | {
        P.MEMBER_MANAGE,
        P.LICENCE_APPLY,
        P.TRANSITION_PLAN,
        P.VISIT_VIEW,
        P.FINDING_ANSWER,
        P.SANCTION_VIEW,
        P.SANCTION_ANSWER,
        P.OBLIGATION_FULFIL,
        P.APPEAL_VIEW,
        P.APPEAL_FILE,
        P.ASSESSOR_PROPOSE,
        P.VENUE_MANAGE,
        P.SESSION_MANAGE,
        P.CANDIDATE_VIEW,
        P.CANDIDATE_APPLY,
        P.CANDIDATE_ADMIT,
        P.CERTIFICATE_REQUEST,
    },
    Role.BODY_SCHEME_AUTHOR: frozenset({P.SCHEME_VIEW, P.SCHEME_AUTHOR, P.TRANSITION_PLAN}),
    Role.BODY_DECIDER: frozenset(
        {P.SCHEME_VIEW, P.SESSION_VIEW, P.CANDIDATE_VIEW, P.CERTIFICATION_DECIDE}
    ),
    Role.INDIVIDUAL: frozenset(
        {P.TOKEN_MANAGE, P.CANDIDATE_APPLY, P.CANDIDATE_ASSESS, P.CERTIFICATE_HOLD}
    ),
    Role.SYSTEM: frozenset(
        {
            P.ACCESS_MANAGE,
            P.MEMBER_MANAGE,
            P.SCHEME_AUTHOR,
            P.SCHEME_LOAD,
            P.SCHEME_NUMBER,
            P.LICENCE_ENTER,
            P.STANDARD_CHANGE,
            P.CERTIFICATE_ISSUE,
            P.KEY_MANAGE,
            P.REPORT_FILE,
            P.CASE_LAPSE,
            P.FINDING_RAISE,
            P.DOSSIER_KEEP,
            P.LICENCE_SANCTION,
            P.OBLIGATION_PREPARE,
            P.OBLIGATION_RAISE,
        }
    ),
}

BODY_ROLES = frozenset({Role.BODY_ADMIN, Role.BODY_SCHEME_AUTHOR, Role.BODY_DECIDER})
AUTHORITY_ROLES = frozenset(
    {
        Role.AUTHORITY_ADMIN,
        Role.DESK_COORDINATOR,
        Role.LICENSING_OFFICER,
        Role.LICENSING_ASSESSOR,
        Role.SURVEILLANCE_OFFICER,
        Role.PLENARY_MEMBER,
        Role.LAW_OFFICER,
        Role.APPEAL_MEMBER,
        Role.SCHEME_VERIFIER,
        Role.REFERENCE_AUTHOR,
        Role.REGISTRAR,
        Role.CERTIFICATION_OFFICER,
        Role.AUDITOR,
    }
)
# whoever writes the authority's own schemes writes nobody else's
NATIONAL_ROLES = (AUTHORITY_ROLES - {Role.REFERENCE_AUTHOR}) | {Role.SYSTEM}


def reach(role: Role) -> Reach:
    """Return how far a role's permissions go."""
    if role in NATIONAL_ROLES:
        return Reach.NATIONAL
    return Reach.PERSONAL if role == Role.INDIVIDUAL else Reach.ORGANISATION
