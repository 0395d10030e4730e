"""A freeze from the finding to the end: case, vote, decree, appeal, re-check, lifting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from mumpuni.access.models import User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests import make as assessment
from mumpuni.licensing.models import Licence
from mumpuni.oversight.models import Appeal, Obligation, SanctionCase
from mumpuni.plenary.models import AgendaItem, Meeting
from mumpuni.plenary.tests import make as plenary
from mumpuni.visits.models import Kind
from mumpuni.visits.tests import make as visits
from tests.browser.visit import Visit
from tests.browser.walk import Walk

URGENT = "Asesi berikutnya akan menerima sertifikat yang salah."


class Story:
    """The people of the story, and what they do again and again."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.today = timezone.localdate()
        self.session = assessment.open_session()
        self.body = self.session.organisation
        self.planned = assessment.draft_session(
            self.body,
            self.session.scheme_version,
            venue=self.session.venue,
            on=self.today + timedelta(days=30),
        )
        assessment.assign(self.planned, *assessment.enough_assessors(self.planned))
        self.admin = access.member(Role.BODY_ADMIN, self.body)
        self.proposer, self.reviewer = (access.member(Role.LAW_OFFICER) for _ in range(2))
        self.voters = [plenary.voter() for _ in range(3)]
        self.committee = [access.member(Role.APPEAL_MEMBER) for _ in range(3)]

    @property
    def licence(self) -> Licence:
        return Licence.objects.get(organisation=self.body)

    def case(self, kind: str) -> SanctionCase:
        return SanctionCase.objects.get(kind=kind)

    def as_body(self) -> None:
        self.walk.become(self.admin, self.body.pk)

    def check(self, *findings: str) -> None:
        """Look at the body on its premises; what was found is mended at once."""
        visit = visits.reported_visit(self.licence, Kind.RECHECK, findings, on=self.today)
        for finding in visit.findings.all():
            visits.close(finding, self.today)

    def meet(
        self, record: SanctionCase | Appeal, kind: str, members: list[User], *, yes: bool
    ) -> None:
        """Put a record to a vote: planned, listed, opened, voted on by each member, counted."""
        walk = self.walk
        walk.become(self.proposer)
        meeting = plenary.planned(members, timezone.now(), kind=kind)
        walk.visit.open(record.get_absolute_url())
        walk.page.get_by_role("link", name="Agendakan dalam sidang").click()
        walk.fill(meeting=meeting.pk)
        walk.press("Agendakan")
        plenary.everybody_comes(meeting, timezone.now())
        walk.take(meeting, "Buka sidang")
        item = AgendaItem.objects.get(meeting=meeting)
        for member in members:
            walk.become(member)
            walk.visit.open(meeting.get_absolute_url())
            walk.press("Setuju" if yes else "Tolak")
        walk.become(self.proposer)
        walk.take(item, "Hitung suara")
        walk.take(Meeting.objects.get(pk=meeting.pk), "Tutup sidang")


@pytest.fixture
def story(visit: Callable[..., Visit]) -> Story:
    return Story(Walk(visit()))


def test_a_freeze_from_the_proposal_to_its_lifting(story: Story) -> None:
    walk = story.walk
    propose_and_review(story)
    story.meet(story.case("freeze"), "plenary", story.voters, yes=True)
    decree(story, "freeze", "KEP.7/BNSP/2026")
    the_body_is_frozen(story)
    the_appeal_is_dismissed(story)
    the_obligation_is_fulfilled(story)

    story.check("minor")
    walk.become(story.proposer)
    walk.open("oversight:propose")
    walk.fill(organisation=story.body.name, kind="lifting", ground="remedied", reason="Diperbaiki.")
    walk.press("Usulkan")
    lifting = story.case("lifting")
    walk.take(lifting, "Ajukan ke telaah hukum")
    walk.become(story.reviewer)
    walk.open("oversight:opinion", lifting.pk)
    walk.fill(opinion="Kewajiban dipenuhi.")
    walk.press("Simpan")
    walk.take(lifting, "Bawa ke pleno")
    story.meet(lifting, "plenary", story.voters, yes=True)
    decree(story, "lifting", "KEP.8/BNSP/2026")

    walk.open("portal:body", story.body.pk)
    expect(walk.page.locator("main .badge").first).to_have_text("Aktif")
    walk.reads("KEP.8/BNSP/2026")


def propose_and_review(story: Story) -> None:
    """One officer proposes, says who is touched and what is owed; another one reviews."""
    walk = story.walk
    walk.become(story.proposer)
    walk.open("oversight:propose")
    walk.fill(organisation=story.body.name, kind="freeze", ground="misprint", months=3)
    walk.fill(reason="Sertifikat dicetak dari blangko lama.")
    walk.press("Usulkan")
    case = story.case("freeze")
    walk.reads("Jadwal asesmen yang belum selesai")
    walk.open("oversight:rulings", case.pk)
    walk.fill(**{"sessions-fate": "stop", "sessions-note": "Asesi diberi tahu."})
    walk.press("Simpan")
    walk.open("oversight:prepare-obligation", case.pk)
    walk.fill(kind="return_blanks", text="Kembalikan sisa blangko.", days=14)
    walk.press("Simpan")
    walk.take(case, "Ajukan ke telaah hukum")
    expect(walk.page.get_by_role("button", name="Bawa ke pleno", exact=True)).to_be_disabled()
    walk.reads("O-03")

    walk.become(story.reviewer)
    walk.take(case, "Minta tanggapan LSP")
    story.as_body()
    walk.open("oversight:answer", case.pk)
    walk.fill(answer="Blangko lama sudah kami tarik.")
    walk.press("Simpan")
    walk.take(case, "Kirim tanggapan")
    walk.become(story.reviewer)
    walk.open("oversight:opinion", case.pk)
    walk.fill(opinion="Dasar dan bukti cukup.", urgency=URGENT)
    walk.press("Simpan")
    walk.take(case, "Bawa ke pleno")


def decree(story: Story, kind: str, number: str) -> None:
    """Write the decree and pass it."""
    walk, case = story.walk, story.case(kind)
    walk.become(story.reviewer)
    walk.open("oversight:decree", case.pk)
    walk.fill(decree_number=number, effective_on=story.today.isoformat())
    walk.press("Simpan")
    walk.visit.open(case.get_absolute_url())
    walk.page.get_by_role("button", name="Tetapkan SK", exact=True).click()
    walk.page.locator("details[open] button[type=submit]").click()
    walk.reads("Ditetapkan")
    walk.all_well()


def the_body_is_frozen(story: Story) -> None:
    """L-10 closes its session, and everybody reads why."""
    walk = story.walk
    story.as_body()
    walk.visit.open(story.planned.get_absolute_url())
    expect(walk.page.get_by_role("button", name="Buka pendaftaran", exact=True)).to_be_disabled()
    walk.reads("L-10")
    walk.open("portal:sanctions")
    walk.reads(story.body.name)
    walk.reads("KEP.7/BNSP/2026")
    walk.open("portal:decree", story.case("freeze").pk)
    walk.reads("Dihentikan")


def the_appeal_is_dismissed(story: Story) -> None:
    """The body appeals in time; a committee of others votes against it."""
    walk, case = story.walk, story.case("freeze")
    story.as_body()
    walk.visit.open(case.get_absolute_url())
    walk.page.get_by_role("link", name="Ajukan banding").click()
    walk.fill(grounds="Sanksi tidak sebanding dengan kesalahannya.")
    walk.press("Ajukan banding")
    appeal = Appeal.objects.get()
    walk.open("portal:body", story.body.pk)
    walk.reads("Banding sedang diperiksa")
    walk.become(story.proposer)
    walk.take(appeal, "Serahkan kepada komite banding")
    story.meet(appeal, "appeal", story.committee, yes=False)
    walk.become(story.committee[0])
    walk.take(appeal, "Tolak banding", "Kesalahan terbukti.")
    walk.open("portal:body", story.body.pk)
    walk.reads("Banding ditolak")


def the_obligation_is_fulfilled(story: Story) -> None:
    """The body shows that the blanks went back; an officer accepts it."""
    walk, obligation = story.walk, Obligation.objects.get()
    assert obligation.due_on is not None
    assert obligation.due_on >= story.today + timedelta(days=14)
    story.as_body()
    walk.open("oversight:fulfil", obligation.pk)
    receipt: FilePayload = {
        "name": "tanda-terima.pdf",
        "mimeType": "application/pdf",
        "buffer": visits.pdf_bytes(),
    }
    walk.fill(report="Dikirim hari ini.")
    walk.page.locator('main [name="file"]').set_input_files(receipt)
    walk.press("Simpan")
    walk.take(obligation, "Ajukan pemenuhan")
    walk.become(story.reviewer)
    walk.take(obligation, "Nyatakan dipenuhi")
