"""Who acts in the demonstration: an account for every role, all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, cached_property

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from mumpuni.access.models import Individual, Membership, Organisation, User
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.queries import memberships_of, person_for
from mumpuni.access.roles import AUTHORITY_ROLES, Role
from mumpuni.kernel.time import JAKARTA
from mumpuni.kernel.workflow import begin
from mumpuni.simulation.names import MadePerson

FIRST_DAY = date(2020, 1, 6)
PASSWORD = "kompeten-dan-mumpuni"  # noqa: S105 - of simulated accounts, printed for everybody
SECOND_FACTOR = "MUMPUNIDEMONSTRASI234567MUMPUNID"
AUTHORITY_NAMES = {
    Role.AUTHORITY_ADMIN: "Kirana Administrator",
    Role.DESK_COORDINATOR: "Panji Koordinator",
    Role.LICENSING_OFFICER: "Bagas Lisensi",
    Role.LICENSING_ASSESSOR: "Tirta Asesor Lisensi",
    Role.SURVEILLANCE_OFFICER: "Wulan Surveilans",
    Role.PLENARY_MEMBER: "Laras Pleno",
    Role.LAW_OFFICER: "Galih Hukum",
    Role.APPEAL_MEMBER: "Kartika Banding",
    Role.SCHEME_VERIFIER: "Sekar Verifikator",
    Role.REFERENCE_AUTHOR: "Yoga Penyusun Skema",
    Role.REGISTRAR: "Intan Registrar",
    Role.CERTIFICATION_OFFICER: "Dimas Sertifikasi",
    Role.AUDITOR: "Nirmala Auditor",
}
FURTHER: dict[Role, tuple[str, ...]] = {
    Role.PLENARY_MEMBER: ("Wening Pleno", "Jati Pleno"),
    Role.LAW_OFFICER: ("Ratna Hukum",),
    Role.APPEAL_MEMBER: ("Surya Banding", "Mega Banding"),
}


@dataclass(frozen=True)
class Account:
    """A simulated user with the role they play."""

    user: User
    role: Role
    organisation: Organisation | None = None

    @cached_property
    def person(self) -> Person:
        """The user as an actor for the organisation."""
        held = memberships_of(self.user, timezone.localdate())
        return person_for(self.user, held, self.organisation.pk if self.organisation else None)


@dataclass(frozen=True)
class Authority:
    """The authority, one member of its staff for every role, and who shares some roles with them."""

    organisation: Organisation
    staff: dict[Role, Account]
    further: dict[Role, tuple[Account, ...]]

    def __getitem__(self, role: Role) -> Person:
        return self.staff[role].person

    def everybody(self, role: Role) -> tuple[Account, ...]:
        """Return all who have a role."""
        return (self.staff[role], *self.further.get(role, ()))


def noon(day: date) -> datetime:
    """Return twelve o'clock in Jakarta, when everything in the demonstration happens."""
    return datetime.combine(day, time(12), JAKARTA)


def authority() -> Authority:
    """Return the authority with its simulated staff, who all have a second factor."""
    place = Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).first()
    if place is None:
        place = Organisation(kind=Organisation.Kind.AUTHORITY, name="BNSP", code="BNSP")
        begin(place, SYSTEM, at=noon(FIRST_DAY))
    staff = {
        role: engage(role, place, name, f"{_local(role)}@bnsp.contoh.test")
        for role, name in AUTHORITY_NAMES.items()
    }
    further = {
        role: tuple(
            engage(role, place, name, f"{_local(role)}-{ordinal}@bnsp.contoh.test")
            for ordinal, name in enumerate(names, 2)
        )
        for role, names in FURTHER.items()
    }
    return Authority(place, staff, further)


def _local(role: Role) -> str:
    return role.value.replace("_", "-")


def engage(role: Role, place: Organisation, name: str, email: str) -> Account:
    """Open an account and give it a role from the first day of the demonstration on."""
    user = open_account(name, email)
    begin(
        Membership(user=user, organisation=place, role=role, valid_from=FIRST_DAY),
        SYSTEM,
        at=noon(FIRST_DAY),
    )
    if role in AUTHORITY_ROLES:
        TOTP.activate(user, SECOND_FACTOR)
    return Account(user, role, place)


def open_account(name: str, email: str) -> User:
    """Open an account that signs in with `PASSWORD`."""
    user = User.objects.create(email=email, name=f"{name} (simulasi)", password=_hashed())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@cache
def _hashed() -> str:
    """Hash the one password of all once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def born(made: MadePerson, user: User | None = None) -> Individual:
    """Save a made-up person as a natural person, marked as simulated."""
    individual = Individual(
        user=user,
        name=made.name,
        sex=made.sex,
        born_in=made.born_in,
        born_on=made.born_on,
        email=made.email,
        phone=made.phone,
        simulated=True,
    )
    individual.identify(Individual.Document.NIK, made.nik)
    individual.save()
    return individual
