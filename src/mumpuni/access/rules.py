"""What giving and ending roles and tokens requires; docs/rules/access.md has the texts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.models import AccessToken, Individual, Membership, Organisation
from mumpuni.access.person import Person
from mumpuni.access.roles import AUTHORITY_ROLES, BODY_ROLES, Permission, Role
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt

ROLES_IN: Final[dict[str, frozenset[Role]]] = {
    Organisation.Kind.AUTHORITY: AUTHORITY_ROLES,
    Organisation.Kind.CERTIFICATION_BODY: BODY_ROLES,
    Organisation.Kind.PARTNER: frozenset(),
}
ADMINISTRATORS: Final = frozenset({Role.AUTHORITY_ADMIN, Role.BODY_ADMIN})

TOKEN_LIFE = Policy(
    name="access.token_life",
    label=gettext_lazy("Umur terpanjang token akses"),
    unit=gettext_lazy("hari"),
    default=365,
    source="rancangan (K-20)",
)


def role_belongs_there(membership: Membership, attempt: Attempt) -> None:
    """K-10: an organisation gives the roles of its kind only."""
    if membership.role not in ROLES_IN[membership.organisation.kind]:
        raise Refused(
            _("Peran “%(role)s” tidak ada di lembaga jenis “%(kind)s”.")
            % {
                "role": membership.get_role_display(),
                "kind": membership.organisation.get_kind_display(),
            },
            code="K-10",
        )


def authority_gives_its_own(membership: Membership, attempt: Attempt) -> None:
    """K-11: roles of the authority are given and ended by its administrator only."""
    if membership.role in AUTHORITY_ROLES and not attempt.actor.can(
        Permission.ACCESS_MANAGE, membership
    ):
        raise Refused(_("Peran BNSP hanya diatur oleh administrator BNSP."), code="K-11")


def not_to_oneself(membership: Membership, attempt: Attempt) -> None:
    """K-12: nobody gives a role to themselves."""
    if attempt.actor.key == f"user:{membership.user_id}":
        raise Refused(
            _("Peran untuk diri sendiri harus diberikan oleh administrator lain."), code="K-12"
        )


def not_held_already(membership: Membership, attempt: Attempt) -> None:
    """K-13: a role is held once."""
    same = Membership.objects.in_force(attempt.on).filter(
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        role=membership.role,
    )
    if same.exists():
        raise Refused(_("Orang ini sudah memegang peran itu."), code="K-13")


def an_administrator_remains(membership: Membership, attempt: Attempt) -> None:
    """K-14: the last administrator of an organisation stays until there is another."""
    if membership.role not in ADMINISTRATORS:
        return
    others = (
        Membership.objects.in_force(attempt.on)
        .filter(organisation_id=membership.organisation_id, role=membership.role)
        .exclude(pk=membership.pk)
        .exclude(user_id=membership.user_id)
    )
    if not others.exists():
        raise Refused(
            _("Ini administrator terakhir lembaga. Beri peran itu kepada orang lain dahulu."),
            code="K-14",
        )


def expires_in_time(token: AccessToken, attempt: Attempt) -> None:
    """K-20: a token ends, and not later than the policy allows."""
    longest = timedelta(days=TOKEN_LIFE.on(attempt.on))
    if not attempt.at < token.expires_at <= attempt.at + longest:
        raise Refused(_("Token harus berakhir dalam %d hari ke depan.") % longest.days, code="K-20")


def reaches_no_further(token: AccessToken, attempt: Attempt) -> None:
    """K-21: a token acts for the organisation its maker acts for, within what they may do."""
    maker = attempt.actor
    assert isinstance(maker, Person)
    beyond = sorted(scope for scope in token.scopes if scope not in scopes_of(maker))
    if beyond or token.organisation_id != maker.organisation_id:
        raise Refused(
            _("Token tidak boleh melebihi wewenang pembuatnya (%s).") % ", ".join(beyond),
            code="K-21",
        )


def account_may_claim(individual: Individual | None, user_id: int) -> None:
    """K-40: an account becomes a person on record by a confirmed e-mail address told there."""
    confirmed = (
        individual is not None
        and bool(individual.email)
        and (
            EmailAddress.objects.filter(
                user_id=user_id, verified=True, email__iexact=individual.email
            ).exists()
        )
    )
    if individual is None or individual.user_id is not None or not confirmed:
        raise Refused(
            _(
                "Nomor identitas ini tidak tercatat dengan surel Anda yang sudah dikonfirmasi."
                " Konfirmasikan surel akun Anda, atau minta LSP memperbaiki surel yang tercatat."
            ),
            code="K-40",
        )


def scopes_of(person: Person) -> list[Permission]:
    """Return what a token of this person may do: all they hold but making tokens."""
    return [
        permission
        for permission in Permission
        if permission != Permission.TOKEN_MANAGE and person.holds(permission)
    ]


def belongs_to(organisation: Organisation, attempt: Attempt) -> bool:
    """Tell whether who acts is of an organisation on the day, whichever they act for now.

    Looks through the memberships in hand, since a page asks this for each of its steps.
    """
    actor = attempt.actor
    return actor.organisation_id == organisation.pk or any(
        f"user:{one.user_id}" == actor.key
        and one.valid_from <= attempt.on
        and (one.valid_until is None or attempt.on <= one.valid_until)
        for one in organisation.memberships.all()
    )


def policy_is_declared(value: PolicyValue, attempt: Attempt) -> None:
    """K-30: a value is set for a policy that the rules ask for."""
    if value.name not in Policy.registered:
        raise Refused(_("Kebijakan “%s” tidak dikenal.") % value.name, code="K-30")


def holds_from_today_on(value: PolicyValue, attempt: Attempt) -> None:
    """K-31: what was decided under a policy is never judged by a later value."""
    if value.valid_from < attempt.on:
        raise Refused(
            _("Nilai kebijakan hanya dapat ditetapkan atau ditarik mulai hari ini."), code="K-31"
        )
