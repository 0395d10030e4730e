"""Making a year again: the bodies of the day before it, then what happened to each group."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, islice

from django.db import transaction

from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Role
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.actions import EnteredLicence, enter_licences
from mumpuni.licensing.models import BodyType, CandidateGroup, FounderKind, Licence
from mumpuni.licensing.models import LicenceApplication as Application
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import verified_versions
from mumpuni.simulation.demo import bodies, cast, freezes, visits, votes
from mumpuni.simulation.demo.cast import noon
from mumpuni.simulation.replay.plan import Plan
from mumpuni.simulation.replay.report import Replay
from mumpuni.visits.models import Kind

Kinds = Application.Kind
SCHOOL, PROFESSION = bodies.SCHOOL, bodies.PROFESSION
COMPANY = bodies.Profile(BodyType.P2, FounderKind.COMPANY, CandidateGroup.NETWORK, "IND")
SOURCE = "Laporan Kinerja BNSP 2024 (jumlah); nama, hari, dan nomor simulasi"
# simulated licences are numbered after the frozen ones, far above the real ones
NUMBERED_FROM = 9100
WEEK = timedelta(days=7)
LONGEST = timedelta(days=5 * 365)

type Tell = Callable[[str], None]


def replay(year: int, plan: Plan, tell: Tell = lambda _line: None) -> Replay:
    """Make a year again in one transaction; the reference data is there, licences are not."""
    begun = time.monotonic()
    with transaction.atomic():
        _Year.of(year).make(plan, tell)
    return Replay(year, plan, time.monotonic() - begun)


@dataclass
class _Year:
    year: int
    authority: cast.Authority
    held: SchemeVersion
    added: SchemeVersion
    seats: Sequence[Region]
    ordinals: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def of(cls, year: int) -> _Year:
        authority = cast.authority()
        visits.register(authority, date(year, 6, 1))
        held, added = verified_versions().order_by("pk")[:2]
        seats = list(Region.objects.filter(level=Region.Level.REGENCY).order_by("code"))
        return cls(year, authority, held, added, seats)

    @property
    def first(self) -> date:
        return date(self.year, 1, 2)

    def make(self, plan: Plan, tell: Tell) -> None:
        tell("standing")
        standing = self._enter(plan)
        freezes.freeze_all(self.authority, self.held)
        tell("new licences")
        self._license(plan)
        renewing, staying = standing[: plan.renewals], standing[plan.renewals :]
        tell("renewals")
        self._renew(renewing)
        tell("scopes")
        self._rescope(staying[: plan.scopes], assessed=False)
        beyond = staying[plan.scopes :]
        self._rescope(beyond[: plan.scopes_assessed], assessed=True)
        tell("surveillance")
        self._watch(staying[-plan.surveillance :])

    def _enter(self, plan: Plan) -> list[Licence]:
        """Enter the licences of the day before; return those that outlive the year, renewals first.

        The others end during the year, since nobody asks to renew them.
        """
        profiles = _profiles(plan.standing_p1, plan.standing_p2, plan.standing_p3)
        renewed = self._days(plan.renewals, first=120, last=340)
        lasting = len(profiles) - plan.renewals
        ends = [
            *(day + 8 * WEEK for day in renewed),
            *(self.first + timedelta(days=370 + one % 1000) for one in range(lasting)),
            *self._days(plan.lapsed, first=20, last=340),
        ]
        profiles += [SCHOOL] * plan.lapsed
        entries = [self._entry(one, end) for one, end in zip(profiles, ends, strict=True)]
        made = enter_licences(entries, SYSTEM, at=noon(self.first - timedelta(days=1)))
        return made[: len(made) - plan.lapsed]

    def _entry(self, profile: bodies.Profile, end: date) -> EnteredLicence:
        ordinal = next(self.ordinals)
        name = f"LSP Simulasi {ordinal:04d} (simulasi)"
        seat = self.seats[ordinal % len(self.seats)]
        body = bodies.organisation(
            name, f"lsp{ordinal:04d}", region=seat, code=str(NUMBERED_FROM + ordinal)
        )
        return EnteredLicence(
            body=body,
            founder_name=f"Pembentuk {name}",
            decree_number=f"KEP.SIMULASI/{ordinal:04d}/{(end - LONGEST).year}",
            valid_from=end - LONGEST,
            valid_until=end,
            schemes=[self.held],
            source=SOURCE,
            **vars(profile),
        )

    def _license(self, plan: Plan) -> None:
        """License new bodies: some came and were visited, wholly or in part, a year before."""
        profiles = iter(_profiles(plan.new_p1, plan.new_p2, plan.new_p3))
        before = self.first - timedelta(days=120)
        granted: list[tuple[Application, date]] = []
        for day in self._days(plan.visited_before, first=10, last=60):
            application = self._apply(next(profiles), before)
            self._walk(application, before + 2 * WEEK, before + 4 * WEEK)
            granted.append((application, day))
        for day in self._days(plan.appreciated_before, first=40, last=340):
            application = self._apply(next(profiles), before)
            self._walk(application, before + 2 * WEEK, day - 4 * WEEK)
            granted.append((application, day))
        for day in self._days(plan.from_the_start, first=120, last=340):
            application = self._apply(next(profiles), day - 15 * WEEK)
            self._walk(application, day - 12 * WEEK, day - 4 * WEEK)
            granted.append((application, day))
        self._decide(granted)
        for day in self._days(plan.waiting, first=60, last=350):
            self._apply(SCHOOL, day)

    def _apply(self, profile: bodies.Profile, on: date) -> Application:
        ordinal = next(self.ordinals)
        name = f"LSP Simulasi {ordinal:04d} (simulasi)"
        seat = self.seats[ordinal % len(self.seats)]
        body = bodies.found(name, f"lsp{ordinal:04d}", seat.code)
        return bodies.apply(body, profile, [self.held], on)

    def _walk(self, application: Application, appreciated: date, assessed: date) -> None:
        """Take a new application from its submission to the plenary."""
        officer, assessor = (
            self.authority[Role.LICENSING_OFFICER],
            self.authority[Role.LICENSING_ASSESSOR],
        )
        visits.report(self.authority, application, appreciated)
        perform(application, "appreciate", officer, at=noon(appreciated))
        bodies.accept_documents(self.authority, application, appreciated + WEEK)
        for step, day in (("assess", assessed), ("witness", assessed + WEEK)):
            visits.report(self.authority, application, day)
            perform(application, step, assessor, at=noon(day), note="Simulasi.")

    def _renew(self, licences: Sequence[Licence]) -> None:
        granted: list[tuple[Application, date]] = []
        days = self._days(len(licences), first=120, last=340)
        for licence, day in zip(licences, days, strict=True):
            admin = self._administrator(licence)
            application = bodies.apply_again(
                licence.organisation, Kinds.RENEWAL, admin, day - 12 * WEEK
            )
            bodies.accept_documents(self.authority, application, day - 8 * WEEK)
            self._assess(application, day - 4 * WEEK)
            granted.append((application, day))
        self._decide(granted)

    def _rescope(self, licences: Sequence[Licence], *, assessed: bool) -> None:
        granted: list[tuple[Application, date]] = []
        days = self._days(len(licences), first=90, last=350)
        for licence, day in zip(licences, days, strict=True):
            admin = self._administrator(licence)
            application = bodies.apply_again(
                licence.organisation, Kinds.SCOPE, admin, day - 8 * WEEK, add=[self.added]
            )
            if assessed:
                officer, at = self.authority[Role.LICENSING_OFFICER], noon(day - 7 * WEEK)
                amend(application, {"needs_assessment": True}, officer, at=at)
            bodies.accept_documents(self.authority, application, day - 6 * WEEK)
            if assessed:
                self._assess(application, day - 4 * WEEK)
            granted.append((application, day))
        self._decide(granted)

    def _assess(self, application: Application, on: date) -> None:
        visits.report(self.authority, application, on)
        assessor = self.authority[Role.LICENSING_ASSESSOR]
        perform(application, "assess", assessor, at=noon(on), note="Simulasi.")

    def _decide(self, applications: Iterable[tuple[Application, date]]) -> None:
        """Let the plenary meet once for all of a day, and grant what it agreed to."""
        of_day: dict[date, list[Application]] = {}
        for application, day in applications:
            of_day.setdefault(day, []).append(application)
        member = self.authority[Role.PLENARY_MEMBER]
        for day, together in sorted(of_day.items()):
            votes.carry_all(self.authority, together, "grant", day)
            for application in together:
                decree = f"KEP.SIMULASI/{application.pk}/{day.year}"
                amend(application, {"decree_number": decree}, member, at=noon(day))
                perform(application, "grant", member, at=noon(day))

    def _watch(self, licences: Sequence[Licence]) -> None:
        days = self._days(len(licences), first=20, last=350)
        for licence, day in zip(licences, days, strict=True):
            visits.report_on(self.authority, licence, Kind.SURVEILLANCE, day)

    def _administrator(self, licence: Licence) -> Person:
        body = licence.organisation
        email = f"admin@lsp{body.code}.contoh.test"
        return cast.engage(Role.BODY_ADMIN, body, f"Admin {body.code}", email).person

    def _days(self, size: int, *, first: int, last: int) -> list[date]:
        """Spread so many over the year, by weeks, since the plenary meets once a week."""
        step = (last - first) / max(size, 1)
        return [self.first + (first + int(one * step)) // 7 * WEEK for one in range(size)]


def _profiles(p1: int, p2: int, p3: int) -> list[bodies.Profile]:
    """Return as many of each type, mixed."""
    given = [SCHOOL] * p1 + [COMPANY] * p2 + [PROFESSION] * p3
    stride = 7
    return [one for start in range(stride) for one in islice(given, start, None, stride)]
