"""Cases, obligations and appeals in the browser, of the authority and of the body."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests import make as assessment
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.oversight import actions
from mumpuni.oversight.models import Appeal, Obligation, SanctionCase
from mumpuni.oversight.tests import make
from mumpuni.plenary.tests import make as plenary
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"
MOST_QUERIES = 12
LISTS = ("cases", "obligations", "appeals")
K = SanctionCase.Kind


def sign_in(client: Client, user: User) -> None:
    client.force_login(user)
    session = client.session
    session["has_mfa"] = True
    session.save()


def sign_in_as(client: Client, role: Role, of: Organisation | None = None) -> User:
    user = access.member(role, of)
    sign_in(client, user)
    return user


@pytest.fixture
def licence() -> Licence:
    return licensing.licence(name="LSP Pertama")


@pytest.fixture
def story(licence: Licence) -> tuple[SanctionCase, Obligation, Appeal]:
    """A freeze with an obligation that the body showed, and its appeal."""
    day = timezone.localdate()
    obligation = make.obliged(licence, on=day)
    make.submit(obligation, on=day)
    case = SanctionCase.objects.get()
    return case, obligation, make.appealed(case, on=day)


def pages_of(case: SanctionCase, obligation: Obligation, appeal: Appeal) -> list[str]:
    """Return the addresses that the body has, too."""
    file = obligation.files.get()
    return [
        case.get_absolute_url(),
        obligation.get_absolute_url(),
        reverse("oversight:file", args=[obligation.pk, file.pk]),
        appeal.get_absolute_url(),
    ]


def pages_to_work_on(case: SanctionCase, obligation: Obligation, appeal: Appeal) -> list[str]:
    of_case = ["proposal", "rulings", "opinion", "answer", "decree", "prepare-obligation"]
    return [
        *(reverse(f"oversight:{name}", args=[case.pk]) for name in of_case),
        reverse("oversight:case-step", args=[case.pk, "drop"]),
        *(
            reverse(f"oversight:{name}", args=[obligation.pk])
            for name in ("amend-obligation", "fulfil")
        ),
        reverse("oversight:obligation-step", args=[obligation.pk, "fulfil"]),
        reverse("oversight:grounds", args=[appeal.pk]),
        reverse("oversight:appeal-step", args=[appeal.pk, "withdraw"]),
        reverse("oversight:file-appeal", args=["oversight.sanctioncase", case.pk]),
    ]


def test_a_stranger_is_asked_to_sign_in(
    client: Client, story: tuple[SanctionCase, Obligation, Appeal]
) -> None:
    lists = [reverse(f"oversight:{name}") for name in (*LISTS, "propose")]

    for address in [*lists, *pages_of(*story), *pages_to_work_on(*story)]:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )


def test_what_is_of_another_body_does_not_exist(
    client: Client, story: tuple[SanctionCase, Obligation, Appeal]
) -> None:
    sign_in_as(client, Role.BODY_ADMIN, licensing.applicant())
    withdrawing = reverse("oversight:withdraw-file", args=[story[1].pk, story[1].files.get().pk])

    for address in [*pages_of(*story), *pages_to_work_on(*story)]:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
    assert client.post(withdrawing).status_code == 404
    for name in LISTS:
        assert "LSP Pertama" not in client.get(reverse(f"oversight:{name}")).text
    assert client.get(reverse("oversight:propose")).status_code == 403


def test_a_body_is_told_of_its_case_when_it_is_asked(client: Client, licence: Licence) -> None:
    case = make.in_review(licence=licence, on=timezone.localdate())
    amend(case, {"opinion": "Rahasia telaah."}, make.law_officer(), at=timezone.now())
    sign_in_as(client, Role.BODY_ADMIN, licence.organisation)
    assert client.get(case.get_absolute_url()).status_code == 404

    perform(case, "hear", make.law_officer(), at=timezone.now())
    shown = client.get(case.get_absolute_url()).text
    assert "Kesalahan dalam pencetakan" in shown
    assert "Rahasia telaah" not in shown
    assert "Dibuat" not in shown, "the trail begins with the question"
    client.post(reverse("oversight:answer", args=[case.pk]), {"answer": f"Sudah ditarik. {HTML}"})
    client.post(reverse("oversight:case-step", args=[case.pk, "answer"]))

    case.refresh_from_db()
    assert (case.state, case.answer.startswith("Sudah ditarik")) == ("review", True)
    shown = client.get(case.get_absolute_url()).text
    assert HTML not in shown


def test_a_case_is_worked_on_from_desk_to_desk(client: Client) -> None:
    session = assessment.open_session()
    body = session.organisation
    sign_in_as(client, Role.LAW_OFFICER)
    facts = {"kind": "freeze", "ground": "misprint", "reason": "Salah cetak.", "months": "6"}
    proposing = reverse("oversight:propose")
    assert client.post(proposing, facts | {"organisation": "LSP Entah"}).status_code == 422
    unlicensed = licensing.applicant()
    refused = client.post(proposing, facts | {"organisation": unlicensed.name})
    assert "belum berlisensi" in refused.text
    client.post(proposing, facts | {"organisation": body.name})
    case = SanctionCase.objects.get()
    here = case.get_absolute_url()
    client.post(reverse("oversight:proposal", args=[case.pk]), facts | {"months": "3"})
    assert "Jadwal asesmen yang belum selesai" in client.get(here).text
    assert "Belum diputus" in client.get(here).text
    client.post(
        reverse("oversight:rulings", args=[case.pk]),
        {"sessions-fate": "transfer", "sessions-note": "Ke LSP tetangga."},
    )
    assert "Ke LSP tetangga." in client.get(here).text
    duty = {"kind": "return_blanks", "text": "Kembalikan blangko.", "days": "14"}
    client.post(reverse("oversight:prepare-obligation", args=[case.pk]), duty)
    obligation = Obligation.objects.get()
    amending = reverse("oversight:amend-obligation", args=[obligation.pk])
    client.post(amending, duty | {"days": "7"})
    client.post(here + "langkah/to_review")

    sign_in_as(client, Role.LAW_OFFICER)
    client.post(
        reverse("oversight:opinion", args=[case.pk]), {"opinion": "Cukup.", "urgency": "Mendesak."}
    )
    client.post(here + "langkah/to_plenary")
    case.refresh_from_db()
    plenary.carried(case, "sanction", timezone.now())
    decree = {"decree_number": "KEP.7/BNSP/2026", "effective_on": timezone.localdate().isoformat()}
    client.post(reverse("oversight:decree", args=[case.pk]), decree)
    client.post(here + "langkah/decree")

    case.refresh_from_db()
    obligation.refresh_from_db()
    assert (case.state, case.months, obligation.state) == ("decreed", 3, "open")
    assert obligation.days == 7


def test_a_body_fulfils_an_obligation_and_appeals(client: Client, licence: Licence) -> None:
    day = timezone.localdate()
    obligation = make.obliged(licence, on=day)
    case = SanctionCase.objects.get()
    sign_in_as(client, Role.BODY_ADMIN, licence.organisation)
    here = obligation.get_absolute_url()
    assert "Isi pemenuhan" in client.get(here).text
    filling = reverse("oversight:fulfil", args=[obligation.pk])
    sent = client.post(filling, {"report": "x", "file": visits.photo("x.png")})
    assert sent.status_code == 302
    file = obligation.files.get()
    download = client.get(reverse("oversight:file", args=[obligation.pk, file.pk]))
    assert download["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(download.streaming_content)  # type: ignore[attr-defined] # a file
    client.post(reverse("oversight:withdraw-file", args=[obligation.pk, file.pk]))
    client.post(filling, {"report": "Terlampir.", "file": visits.photo("y.png")})
    client.post(here + "langkah/submit")
    obligation.refresh_from_db()
    assert obligation.state == "submitted"

    listed = client.get(reverse("oversight:appeals")).text
    assert "Dapat dibanding" in listed
    assert "Ajukan banding" in client.get(case.get_absolute_url()).text
    filing = reverse("oversight:file-appeal", args=[case.subject, case.pk])
    client.post(filing, {"grounds": "Tidak sebanding."})
    appeal = Appeal.objects.get()
    client.post(reverse("oversight:grounds", args=[appeal.pk]), {"grounds": f"Lagi. {HTML}"})
    assert HTML not in client.get(appeal.get_absolute_url()).text
    assert "Dapat dibanding" not in client.get(reverse("oversight:appeals")).text


def test_only_a_body_appeals_and_only_against_what_may_be(client: Client) -> None:
    case = make.decreed(on=timezone.localdate())
    sign_in_as(client, Role.LAW_OFFICER)

    filing = reverse("oversight:file-appeal", args=[case.subject, case.pk])
    assert client.get(filing).status_code == 403
    nowhere = reverse("oversight:file-appeal", args=["access.organisation", case.pk])
    assert client.get(nowhere).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_filtered_sorted_and_downloaded(
    client: Client, story: tuple[SanctionCase, Obligation, Appeal], name: str
) -> None:
    sign_in_as(client, Role.LAW_OFFICER)
    address = reverse(f"oversight:{name}")

    assert "LSP Pertama" in client.get(address + "?q=pertama").text
    assert "LSP Pertama" not in client.get(address + "?q=kedua").text
    for asked in ("?state=entah", "?year=1999&kind=x", "?sort=-state", "?due_on_from=besok"):
        assert client.get(address + asked).status_code == 200
    for form in ("csv", "xlsx"):
        file = client.get(f"{address}?format={form}")
        assert b"".join(file.streaming_content)  # type: ignore[attr-defined] # a file


PAGES: dict[str, Callable[[tuple[SanctionCase, Obligation, Appeal]], str]] = {
    "cases": lambda _story: reverse("oversight:cases"),
    "obligations": lambda _story: reverse("oversight:obligations"),
    "appeals": lambda _story: reverse("oversight:appeals"),
    "case": lambda story: story[0].get_absolute_url(),
    "obligation": lambda story: story[1].get_absolute_url(),
    "appeal": lambda story: story[2].get_absolute_url(),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.LAW_OFFICER, Role.BODY_ADMIN])
def test_pages_take_few_queries(
    client: Client, story: tuple[SanctionCase, Obligation, Appeal], name: str, role: Role
) -> None:
    of = story[0].organisation if role == Role.BODY_ADMIN else None
    sign_in_as(client, role, of)
    address = PAGES[name](story)
    client.get(address)

    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    assert len(taken) <= MOST_QUERIES, [one["sql"][:120] for one in taken]


@pytest.mark.parametrize("state", ["review", "plenary"])
def test_an_open_case_takes_few_queries(client: Client, state: str) -> None:
    session = assessment.open_session()
    licence = session.organisation.licence
    case = (make.in_plenary if state == "plenary" else make.in_review)(K.FREEZE, licence)
    sign_in_as(client, Role.LAW_OFFICER)
    client.get(case.get_absolute_url())

    with CaptureQueriesContext(connection) as taken:
        assert client.get(case.get_absolute_url()).status_code == 200
    assert len(taken) <= MOST_QUERIES, [one["sql"][:120] for one in taken]


def test_a_lifting_shows_what_it_still_waits_for(client: Client, licence: Licence) -> None:
    make.decreed(licence=licence, on=timezone.localdate())
    case = make.in_plenary(K.LIFTING, licence, on=timezone.localdate())
    sign_in_as(client, Role.LAW_OFFICER)

    shown = client.get(case.get_absolute_url()).text

    assert "P-08" in shown
    assert actions.RULINGS not in shown


def test_a_licence_leads_to_its_cases_and_to_the_next_one(client: Client, licence: Licence) -> None:
    case = make.decreed(licence=licence, on=timezone.localdate())
    licence.organisation.refresh_from_db()
    sign_in_as(client, Role.LAW_OFFICER)

    shown = client.get(licence.get_absolute_url()).text
    proposing = f"{reverse('oversight:propose')}?lsp={licence.organisation.code}"
    assert case.get_absolute_url() in shown
    assert proposing in shown
    assert f'value="{licence.organisation.code}"' in client.get(proposing).text

    sign_in_as(client, Role.BODY_ADMIN, licence.organisation)
    shown = client.get(licence.get_absolute_url()).text
    assert case.get_absolute_url() in shown
    assert "?lsp=" not in shown
