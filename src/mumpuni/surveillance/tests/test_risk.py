"""How risky a body is: explained, summed, the same for one and for all, quick for ten thousand."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mumpuni.certificates.tests import make as certificates
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.time import add_months
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.surveillance import actions, jobs
from mumpuni.surveillance.models import BY_KEY, SIGNALS, RiskScore, told
from mumpuni.surveillance.queries import risk
from mumpuni.surveillance.tests import make
from mumpuni.visits.models import Finding, Kind
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db

COUNT = st.integers(min_value=1, max_value=10**6)
# the facts of each signal, and those by which it grows
FACTS: dict[str, tuple[dict[str, int], str]] = {
    "onsite": ({"months": 10, "visited": 1}, "months"),
    "findings": ({"unsettled": 3, "major": 1, "lapsed": 0}, "lapsed"),
    "reports": ({"reports": 1, "months": 24}, "reports"),
    "volume": ({"now": 100, "before": 120, "months": 12}, "now"),
    "results": ({"decided": 100, "competent": 85, "expected": 850}, "competent"),
    "load": ({"candidates": 100, "days": 10}, "candidates"),
    "misprints": ({"misprints": 1, "certificates": 1000}, "misprints"),
    "deadlines": ({"missed": 1, "months": 24}, "missed"),
}


@pytest.fixture
def rich() -> Licence:
    """Make a body of which every signal has something to say."""
    make.set_policy("surveillance.least_candidates", 1)
    certificate = certificates.issued_certificate(
        certificates.decided_session(candidates=3, not_yet=2)
    )
    body = certificate.organisation
    certificates.decided_session(scheme_version=certificate.candidate.session.scheme_version)
    certificates.approved_replacement(certificate)
    certificates.report(claimed_number=certificate.number.lower())
    certificates.report(claimed_number="tidak dikenal")
    visits.reported_visit(
        body, Kind.SURVEILLANCE, ["major", "minor", "observation"], on=date(2026, 6, 1)
    )
    return Licence.objects.get(organisation=body)


def test_every_signal_explains_itself_and_the_parts_sum_to_the_score(rich: Licence) -> None:
    """U-06: the score is the sum of parts that name their numbers."""
    on = date(2026, 10, 1)

    found = next(one for one in risk.assessed(on) if one.licence == rich)

    assert {part.signal.key: dict(part.facts) for part in found.parts} == {
        "onsite": {"months": 4, "visited": 1},
        "findings": {"unsettled": 2, "major": 1, "lapsed": 0},
        "reports": {"reports": 1, "months": 24},
        "volume": {"now": 3, "before": 0, "months": 12},
        # half of the scheme's six candidates were competent
        "results": {"decided": 3, "competent": 1, "expected": 500},
        "load": {"candidates": 3, "days": 2},
        "misprints": {"misprints": 1, "certificates": 1},
        "deadlines": {"missed": 2, "months": 24},
    }
    assert found.score == sum(part.points for part in found.parts)
    assert [part.points for part in found.parts] == sorted(
        (part.points for part in found.parts), reverse=True
    )
    assert found.due_on == date(2028, 6, 1)
    sentences = " ".join(part.sentence for part in found.parts)
    assert "Kunjungan di tempat terakhir 4 bulan lalu." in sentences
    assert "2 temuan belum selesai: 1 mayor, 0 lewat tenggat." in sentences
    assert "33,3% dari 3 asesi kompeten; rata-rata skemanya 50,0%." in sentences


def test_a_body_alone_stands_as_among_all(rich: Licence) -> None:
    on = date(2026, 10, 1)

    [alone] = risk.assessed(on, [rich.organisation_id])

    assert alone == next(one for one in risk.assessed(on) if one.licence == rich)


def test_what_is_past_its_window_or_to_come_does_not_count(rich: Licence) -> None:
    before = risk.assessed(date(2026, 5, 31), [rich.organisation_id])
    later = risk.assessed(date(2028, 6, 9), [rich.organisation_id])

    assert {part.signal.key for part in before[0].parts} <= {"onsite", "findings", "deadlines"}
    assert not {"reports", "results", "load", "misprints"} & {
        part.signal.key for part in later[0].parts
    }


def test_who_never_was_visited_counts_from_the_licence_on() -> None:
    licensing.licence(on=date(2024, 1, 2))

    [found] = risk.assessed(date(2026, 1, 1))

    assert found.parts[0].facts == {"months": 23, "visited": 0}
    assert "Belum pernah dikunjungi" in found.parts[0].sentence
    assert (found.visited_on, found.due_on) == (None, date(2026, 1, 2))


def test_bodies_without_a_licence_in_force_are_not_watched() -> None:
    revoked, frozen = licensing.licence(), licensing.licence()
    licensing.revoke(revoked, on=date(2025, 1, 2))
    licensing.freeze(frozen, on=date(2025, 1, 2))

    assert [one.licence for one in risk.assessed(date(2026, 1, 5))] == [frozen]
    assert risk.assessed(date(2099, 1, 5)) == []


@pytest.mark.parametrize("key", [signal.key for signal in SIGNALS])
@given(lower=COUNT, more=COUNT)
def test_the_more_there_is_the_more_points_never_above_the_weight(
    key: str, lower: int, more: int
) -> None:
    """U-06: each part grows with what it measures and stays within its weight."""
    signal, (facts, name) = BY_KEY[key], FACTS[key]
    if key == "results":
        lower, more = 85 + lower % 15, 1
    on = make.TODAY

    less = signal.points({**facts, name: lower}, on)
    greater = signal.points({**facts, name: lower + more}, on)

    assert 0 <= less <= greater <= signal.weight.on(on)


def test_the_weights_make_a_thousand() -> None:
    assert sum(signal.weight.default for signal in SIGNALS) == 1000


@given(first=st.dates(), last=st.dates())
def test_months_between_days_are_whole(first: date, last: date) -> None:
    months = risk.months_between(first, last)

    assert months >= 0
    if first <= last < date(9990, 1, 1):
        assert add_months(first, months) <= last


def test_ten_thousand_bodies_are_ranked_by_ten_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make.bodies(10_000)

    with django_assert_max_num_queries(10):
        ranked = risk.assessed(make.TODAY)

    assert len(ranked) == 10_000
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    actions.assess(make.TODAY)
    assert RiskScore.objects.count() == 10_000


def test_what_is_kept_tells_the_same_and_forgets_who_is_watched_no_longer(rich: Licence) -> None:
    on = date(2026, 10, 1)
    actions.assess(on)

    kept = RiskScore.objects.get(licence=rich)
    [found] = risk.assessed(on, [rich.organisation_id])
    assert (kept.score, tuple(told(kept.parts))) == (found.score, found.parts)

    licensing.revoke(rich, on=on)
    actions.assess(on + timedelta(days=1), [rich.organisation_id])
    assert not RiskScore.objects.filter(licence=rich).exists()


def test_what_happens_to_a_body_changes_its_score() -> None:
    licence = licensing.licence(on=date(2024, 1, 2))
    jobs.assess_risks(timestamp=0)
    before = RiskScore.objects.get(licence=licence).score

    visit = visits.reported_visit(licence.organisation, Kind.SURVEILLANCE, ["minor"])
    finding = Finding.objects.get(visit=visit)
    visits.close(finding)
    for record in (visit, finding):
        event = record_event(record)
        jobs.assess_body(event_id=event)

    kept = RiskScore.objects.get(licence=licence)
    assert kept.visited_on == visit.ends_on
    assert kept.score < before


def record_event(record: Any) -> int:
    """Return the key of the newest event of a record."""
    key: int = events_of(record).order_by("-pk").values_list("pk", flat=True)[0]
    return key


def test_a_report_about_a_certificate_concerns_its_body() -> None:
    certificate = certificates.issued_certificate()
    known = certificates.report(claimed_number=certificate.registration_number)
    unknown = certificates.report(claimed_number="tidak dikenal")
    for report in (known, unknown):
        jobs.assess_body(event_id=record_event(report))

    kept = RiskScore.objects.get()
    assert kept.licence.organisation == certificate.organisation
    assert any(part.signal.key == "reports" for part in kept.reasons)
