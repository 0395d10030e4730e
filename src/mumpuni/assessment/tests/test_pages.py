"""Every page: what it shows, to whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.models import Candidate, Session, Venue
from mumpuni.assessment.tests import make
from mumpuni.kernel.time import legal_day

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
HTML = "<script>alert(1)</script>'; DROP TABLE x; --"


def staff(of: Organisation, role: Role = Role.BODY_ADMIN) -> User:
    return access.member(role, of=of)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def session() -> Session:
    """A running session with a candidate and an assessor who have accounts."""
    made = make.session_with(candidates=1)
    candidate = make.candidates_of(made)[0]
    candidate.individual.user = access.user("Sari")
    candidate.individual.save()
    assert candidate.assignment is not None
    make.as_assessor(candidate.assignment.assessor)
    return made


@pytest.fixture
def candidate(session: Session) -> Candidate:
    return make.candidates_of(session)[0]


def pages_of(session: Session, candidate: Candidate) -> list[str]:
    """Every page that belongs to a body's records."""
    s, c, v = session.pk, candidate.pk, session.venue_id
    return [
        *(
            reverse(f"assessment:{name}", args=[s])
            for name in (
                "session",
                "session-edit",
                "assign",
                "session-candidates",
                "enrol",
                "upload",
                "plenary",
            )
        ),
        reverse("assessment:session-step", args=[s, "to_plenary"]),
        *(
            reverse(f"assessment:{name}", args=[c])
            for name in (
                "candidate",
                "candidate-edit",
                "self-assessment",
                "results",
                "tie",
                "place",
            )
        ),
        reverse("assessment:candidate-step", args=[c, "absent"]),
        *(
            reverse(f"assessment:{name}", args=[v])
            for name in ("venue", "venue-edit", "venue-verify")
        ),
        reverse("assessment:venue-step", args=[v, "close"]),
    ]


LISTS = (
    "sessions",
    "session-new",
    "open-sessions",
    "my-applications",
    "my-assessments",
    "venues",
    "venue-new",
    "upload-template",
)


def test_a_stranger_is_asked_to_sign_in_everywhere(
    session: Session, candidate: Candidate, client: Client
) -> None:
    pages = pages_of(session, candidate) + [reverse(f"assessment:{name}") for name in LISTS]
    for url in pages:
        response = client.get(url)
        assert response.status_code == 302, url
        assert response["Location"].startswith("/akun/"), url


def test_another_body_finds_nothing(session: Session, candidate: Candidate) -> None:
    other = signed_in(staff(access.organisation()))
    for url in pages_of(session, candidate):
        assert other.get(url).status_code == 404, url
        assert other.post(url).status_code == 404, url
    posts = [
        reverse("assessment:release", args=[session.pk, candidate.assignment_id]),
        reverse("assessment:declare", args=[session.pk]),
        reverse("assessment:distribute", args=[session.pk]),
        reverse("assessment:apply", args=[session.pk]),
    ]
    for url in posts:
        assert other.post(url).status_code == 404, url


def test_another_body_moves_nothing_in_bulk(candidate: Candidate) -> None:
    other = signed_in(staff(access.organisation()))

    other.post(reverse("assessment:candidate-steps"), {"pk": candidate.pk, "step": "absent"})

    candidate.refresh_from_db()
    assert candidate.state == "admitted"


def test_the_body_opens_every_page(session: Session, candidate: Candidate) -> None:
    admin = signed_in(staff(session.organisation))
    for url in pages_of(session, candidate):
        assert admin.get(url).status_code == 200, url
    for name in LISTS:
        assert admin.get(reverse(f"assessment:{name}")).status_code == 200, name


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_are_downloaded(session: Session, kind: str) -> None:
    admin = signed_in(staff(session.organisation))
    for url in (
        reverse("assessment:sessions"),
        reverse("assessment:venues"),
        reverse("assessment:session-candidates", args=[session.pk]),
        reverse("assessment:plenary", args=[session.pk]),
    ):
        assert admin.get(url, {"format": kind}).getvalue()


def test_a_candidate_sees_their_own_record_and_nobody_elses(
    session: Session, candidate: Candidate
) -> None:
    assert candidate.individual.user is not None
    own = signed_in(candidate.individual.user)
    page = own.get(candidate.get_absolute_url())

    assert page.status_code == 200
    assert candidate.individual.document_number not in page.content.decode()
    listed = own.get(reverse("assessment:session-candidates", args=[session.pk]))
    assert candidate.individual.name in listed.content.decode()
    other = make.session_with(session.organisation, session.scheme_version, candidates=1)
    assert own.get(make.candidates_of(other)[0].get_absolute_url()).status_code == 404


def test_a_fellow_candidate_is_not_listed_to_a_candidate(session: Session) -> None:
    fellow = make.open_session(session.organisation, session.scheme_version)
    me, other = make.admitted(fellow, 2)
    me.individual.user = access.user()
    me.individual.save()

    page = signed_in(me.individual.user).get(
        reverse("assessment:session-candidates", args=[fellow.pk])
    )

    assert other.individual.name not in page.content.decode()


@pytest.mark.parametrize("rows", [2, 20])
def test_pages_cost_the_same_however_many_candidates_there_are(
    rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = make.plenary_session(candidates=rows)
    candidate = make.candidates_of(session)[0]
    admin = signed_in(staff(session.organisation))
    urls = [
        session.get_absolute_url(),
        candidate.get_absolute_url(),
        session.venue.get_absolute_url(),
        reverse("assessment:session-candidates", args=[session.pk]),
        reverse("assessment:plenary", args=[session.pk]),
        reverse("assessment:self-assessment", args=[candidate.pk]),
        reverse("assessment:sessions"),
        reverse("assessment:venues"),
        reverse("assessment:open-sessions"),
    ]
    for url in urls:
        with django_assert_max_num_queries(MOST_QUERIES):
            assert admin.get(url).status_code == 200, url


@pytest.mark.parametrize("step", ["draft", "open"])
def test_a_session_with_steps_to_check_stays_within_the_cost(
    step: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    day = legal_day(timezone.now())
    session = make.open_session(on=day) if step == "open" else make.draft_session(on=day)
    if step == "open":
        make.admitted(session, 20, at=timezone.now())
    admin = signed_in(staff(session.organisation))

    with django_assert_max_num_queries(MOST_QUERIES):
        page = admin.get(session.get_absolute_url())

    assert page.status_code == 200


def test_the_self_assessment_of_eight_units_stays_within_the_cost(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    session = make.open_session(scheme_version=make.scheme(units=8))
    candidate = make.applicant(session)
    admin = signed_in(staff(session.organisation))
    url = reverse("assessment:self-assessment", args=[candidate.pk])

    with django_assert_max_num_queries(MOST_QUERIES):
        page = admin.get(url)

    assert page.content.decode().count('type="radio"') >= 8 * 2 * 2


def test_a_body_plans_and_opens_a_session_in_the_browser() -> None:
    version = make.scheme()
    body = make.body(version)
    venue = make.venue(body, version)
    admin = signed_in(staff(body))
    day = legal_day(timezone.now()) + timedelta(days=30)

    response = admin.post(
        reverse("assessment:session-new"),
        {"scheme_version": version.pk, "venue": venue.pk, "held_on": day, "quota": 20},
    )

    session = Session.objects.get()
    assert response["Location"] == session.get_absolute_url()
    assert session.number == f"JA/{body.code}/{timezone.localdate().year}/0001"
    refused = admin.post(reverse("assessment:session-step", args=[session.pk, "open"]))
    assert refused.status_code == 409
    assert "A-05" in refused.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_on", "2026-02-31"),
        ("held_on", "besok"),
        ("quota", "0"),
        ("quota", "9" * 40),
        ("venue", "0"),
        ("scheme_version", HTML),
    ],
)
def test_a_wrong_plan_comes_back_as_it_was_typed(field: str, value: str) -> None:
    version = make.scheme()
    body = make.body(version)
    given = {
        "scheme_version": version.pk,
        "venue": make.venue(body, version).pk,
        "held_on": "2026-12-24",
        "quota": "17",
    }

    page = signed_in(staff(body)).post(reverse("assessment:session-new"), {**given, field: value})

    assert page.status_code == 422
    assert 'id="kesalahan"' in page.content.decode()
    assert not Session.objects.exists()


def test_a_venue_of_another_body_cannot_be_chosen() -> None:
    version = make.scheme()
    body, other = make.body(version), make.body(version)
    foreign = make.venue(other, version)

    page = signed_in(staff(body)).post(
        reverse("assessment:session-new"),
        {
            "scheme_version": version.pk,
            "venue": foreign.pk,
            "held_on": "2026-12-24",
            "quota": "17",
        },
    )

    assert page.status_code == 422
    assert foreign.name not in page.content.decode()


def test_a_venue_is_added_verified_and_closed_in_the_browser() -> None:
    version = make.scheme()
    body = make.body(version)
    admin = signed_in(staff(body))
    admin.post(
        reverse("assessment:venue-new"),
        {
            "name": HTML,
            "code": "TUK.01",
            "kind": "independent",
            "keeper": "Bu Rini",
            "address": "Jalan Uji 2",
        },
    )
    venue = Venue.objects.get()
    url = reverse("assessment:venue-verify", args=[venue.pk])
    given = {
        "scheme": version.scheme_id,
        "letter_number": "ST/9",
        "verified_on": "2026-01-06",
        "first_verifier": "Verifikator Satu",
        "second_verifier": "bu  rini",
    }

    refused = admin.post(url, given)
    admin.post(url, {**given, "second_verifier": "Verifikator Dua"})
    page = admin.get(venue.get_absolute_url()).content.decode()
    admin.post(reverse("assessment:venue-step", args=[venue.pk, "close"]), {"note": "Pindah."})

    assert refused.status_code == 422
    assert "A-02" in refused.content.decode()
    assert "Verifikator Dua" in page
    assert "<script>alert" not in page
    venue.refresh_from_db()
    assert venue.state == "closed"


def test_an_assessor_is_assigned_declares_and_is_released_in_the_browser() -> None:
    session = make.draft_session()
    assessor = make.registered(session)
    admin = signed_in(staff(session.organisation))

    admin.post(
        reverse("assessment:assign", args=[session.pk]),
        {"assessor": assessor.pk, "letter_number": "ST/1"},
    )
    assignment = session.assignments.get(assessor=assessor)
    own = signed_in(make.account_of(assessor))
    assert "Saya menyatakan tidak berpihak" in own.get(session.get_absolute_url()).content.decode()
    own.post(reverse("assessment:declare", args=[session.pk]))
    assignment.refresh_from_db()
    declared = assignment.impartial
    admin.post(reverse("assessment:release", args=[session.pk, assignment.pk]))

    assert declared
    assert not session.assignments.exists()


def test_the_plenary_decides_in_bulk_and_hears_what_was_refused() -> None:
    session = make.plenary_session(candidates=3, not_yet=1)
    client = signed_in(staff(session.organisation, Role.BODY_DECIDER))
    everybody = make.candidates_of(session)
    url = reverse("assessment:candidate-steps")
    back = reverse("assessment:plenary", args=[session.pk])

    page = client.post(
        url, {"pk": [one.pk for one in everybody], "step": "competent", "next": back}
    )

    assert page.status_code == 409
    assert page.content.decode().count("A-26") == 1
    assert [one.state for one in make.candidates_of(session)] == [
        "competent",
        "competent",
        "recommended",
    ]


def test_candidates_are_distributed_placed_and_admitted_in_the_browser() -> None:
    session = make.open_session()
    candidates = make.submitted(session, 3)
    admin = signed_in(staff(session.organisation))

    admin.post(reverse("assessment:distribute", args=[session.pk]))
    placed = admin.post(
        reverse("assessment:place", args=[candidates[0].pk]),
        {"assignment": session.assignments.all()[0].pk},
    )
    admin.post(
        reverse("assessment:candidate-steps"),
        {"pk": [one.pk for one in candidates], "step": "admit", "next": "/"},
    )

    assert placed.status_code == 302
    assert {one.state for one in make.candidates_of(session)} == {"admitted"}


def test_an_assessor_records_results_bit_by_bit(session: Session, candidate: Candidate) -> None:
    assert candidate.assignment is not None
    account = candidate.assignment.assessor.individual.user
    assert account is not None
    client = signed_in(account)
    url = reverse("assessment:results", args=[candidate.pk])
    first, *_others = session.scheme_version.scheme_units.all()

    half = client.post(
        url, {f"unit-{first.pk}-outcome": "K", f"unit-{first.pk}-evidence": "Dilihat sendiri."}
    )
    wrong = client.post(url, {f"unit-{first.pk}-outcome": "LULUS"})
    long = client.post(
        url, {f"unit-{first.pk}-outcome": "K", f"unit-{first.pk}-evidence": "a" * 6000}
    )

    assert half.status_code == 302
    assert (wrong.status_code, long.status_code) == (422, 422)
    assert candidate.unit_results.get().evidence == "Dilihat sendiri."
    mine = client.get(reverse("assessment:my-assessments")).content.decode()
    assert candidate.individual.name in mine


def test_the_body_cannot_record_results(session: Session, candidate: Candidate) -> None:
    client = signed_in(staff(session.organisation))
    part = session.scheme_version.scheme_units.all()[0]

    page = client.post(
        reverse("assessment:results", args=[candidate.pk]), {f"unit-{part.pk}-outcome": "K"}
    )

    assert page.status_code == 422
    assert not candidate.unit_results.exists()


def test_a_tie_is_declared_with_the_end_of_a_training(candidate: Candidate) -> None:
    client = signed_in(staff(candidate.session.organisation))
    url = reverse("assessment:tie", args=[candidate.pk])

    missing = client.post(url, {"kind": "trainer"})
    given = client.post(url, {"kind": "trainer", "ended_on": "2026-01-31"})

    assert (missing.status_code, given.status_code) == (422, 302)
    assert candidate.assignment is not None
    assert candidate.assignment.assessor.ties.count() == 1
