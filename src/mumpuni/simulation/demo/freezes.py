"""The seven bodies that the authority froze in 2024: names, days, terms and reasons are real.

What the annual report does not tell is simulated and says so: licences and their numbers, decree
numbers, regions, people, and how each case went. One of them, LSP Hatsindo Indonesia Teknik, certified people before.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date

from django.conf import settings
from django.utils.text import slugify

from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.assessment.models import Session
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.actions import EnteredLicence, enter_licences
from mumpuni.licensing.models import Affiliation, Licence
from mumpuni.oversight.actions import open_case, rule_on
from mumpuni.oversight.models import Ruling, SanctionCase
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion
from mumpuni.simulation.demo import assessors, bodies, certificates, sessions, votes
from mumpuni.simulation.demo.cast import Authority, born, noon
from mumpuni.simulation.names import people

SOURCE = "seed/sanksi_pembekuan_2024.csv"
WITH_CERTIFICATES = "LSP Hatsindo Indonesia Teknik"
LICENSED_ON, CERTIFIED_ON = date(2022, 3, 15), date(2023, 2, 1)
HELD_ON, HELD_TOO_LATE = date(2024, 10, 17), date(2024, 11, 28)
# the names of the others do not tell where they are
SEATS = {"LSP SMKN 1 Singaraja": "51.08"}
UNTOLD = "Tidak dirinci dalam laporan (simulasi)."
G = SanctionCase.Ground
GROUNDS = {"pencetakan": G.MISPRINT, "standar": G.STANDARD, "berat": G.GRAVE_BREACH}
# simulated licences are numbered after this, far above the real ones
NUMBERED_FROM = 9000


def freeze_all(authority: Authority, version: SchemeVersion) -> None:
    """Enter the seven as licensed bodies and freeze each on its day."""
    for seed, row in enumerate(_rows(), 20):
        body, licence = _entered(row, version)
        if row["nama_lsp"] == WITH_CERTIFICATES:
            _certify(authority, body, version, seed)
        _freeze(authority, licence, row)


def _rows() -> Iterator[dict[str, str]]:
    with (settings.DATA / SOURCE).open(newline="") as file:
        yield from csv.DictReader(file)


def _entered(row: Mapping[str, str], version: SchemeVersion) -> tuple[bodies.Body, Licence]:
    name = row["nama_lsp"]
    domain = slugify(name.removeprefix("LSP "))
    profile = bodies.CONSTRUCTION if row["sektor_menurut_dokumen"] else bodies.SCHOOL
    organisation = bodies.organisation(
        name,
        domain,
        code=f"{NUMBERED_FROM + int(row['no'])}",
        region=Region.objects.filter(code=SEATS.get(name)).first(),
    )
    entry = EnteredLicence(
        body=organisation,
        founder_name=f"Pembentuk {name} (simulasi)",
        decree_number=f"KEP.SIMULASI/{row['no']}/{LICENSED_ON.year}",
        valid_from=LICENSED_ON,
        schemes=[version],
        source="Laporan Kinerja BNSP 2024, 3.E (nama LSP); selebihnya simulasi",
        **vars(profile),
    )
    [licence] = enter_licences([entry], SYSTEM, at=noon(LICENSED_ON))
    return bodies.staffed(organisation, domain), licence


def _certify(authority: Authority, body: bodies.Body, version: SchemeVersion, seed: int) -> None:
    """Certify the people of one session; the freeze comes before those of another are asked for."""
    assessing = assessors.register(authority, body, people(1, seed), [version], CERTIFIED_ON)
    venue = sessions.open_venue(body, [version], CERTIFIED_ON)

    def decided(day: date, count: int, crowd: int) -> Session:
        session = sessions.open_session(body, version, venue, assessing, day)
        candidates = [born(made) for made in people(count, crowd)]
        sessions.admit(body, session, candidates, Affiliation.NONE)
        sessions.hold(body, session, assessing, not_yet=0)
        sessions.decide(body, session)
        return session

    certificates.issue(authority, certificates.ask(body, decided(HELD_ON, 4, seed + 100)))
    decided(HELD_TOO_LATE, 2, seed + 200)


def _freeze(authority: Authority, licence: Licence, row: Mapping[str, str]) -> None:
    """Take a case to its decree: one of the law desk proposes it, another reviews it."""
    effective_on = date.fromisoformat(row["mulai"])
    at, told = noon(effective_on), row["alasan_menurut_dokumen"].strip("()")
    proposer, reviewer = (account.person for account in authority.everybody(Role.LAW_OFFICER))
    proposal = {"ground": _ground(told), "reason": told, "months": int(row["durasi_bulan"])}
    case = open_case(licence, SanctionCase.Kind.FREEZE, proposal, proposer, at=at)
    touched = {
        one.group.value: {"fate": Ruling.likeliest(one.group), "note": ""} for one in case.affected
    }
    if touched:
        rule_on(case, touched, proposer, at=at)
    perform(case, "to_review", proposer, at=at)
    amend(case, {"opinion": UNTOLD, "urgency": UNTOLD}, reviewer, at=at)
    perform(case, "to_plenary", reviewer, at=at)
    votes.carry(authority, case, "sanction", effective_on)
    decree = f"SIMULASI-BEKU/{row['no']}/{effective_on.year}"
    amend(case, {"decree_number": decree, "effective_on": effective_on}, reviewer, at=at)
    perform(case, "decree", reviewer, at=at)


def _ground(told: str) -> str:
    return next((ground for words, ground in GROUNDS.items() if words in told), G.OTHER)
