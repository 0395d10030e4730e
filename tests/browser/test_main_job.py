"""The main job, walked once by everybody it takes: from a licence to the public verification.

Scheme, units, sectors and regions are the real ones; the people and their papers are made up.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
import typst
import zxingcpp
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from mumpuni.assessment.forms import COLUMNS
from mumpuni.assessment.models import Candidate, Session, Venue
from mumpuni.assessors.models import Assessor
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.kernel.jobs import do_queued
from mumpuni.licensing.models import Licence, LicenceApplication, items_of
from mumpuni.plenary.models import AgendaItem, Meeting
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import verified_versions
from mumpuni.simulation.names import MadePerson, people
from mumpuni.visits.models import LicensingAssessor
from mumpuni.visits.models import Visit as BodyVisit
from mumpuni.visits.tests import make as visits
from tests.browser.conftest import with_second_factor
from tests.browser.visit import Visit
from tests.browser.walk import Walk

JUNIOR_CODER = "SKM/BNSP/00010/2/2023/1324"
PAPER = b"= Dokumen uji"
CANDIDATES, NOT_YET = 20, 3


@dataclass
class Story:
    """Who and what the journey is about."""

    walk: Walk
    folder: Path
    version: SchemeVersion
    body: Organisation
    staff: dict[Role, User]
    assessors: list[tuple[MadePerson, User]] = field(default_factory=list)

    def be(self, role: Role) -> None:
        """Go on as whoever holds the role."""
        user = self.staff[role]
        self.walk.become(user, user.memberships.get().organisation_id)


@pytest.fixture
def story(visit: Callable[..., Visit], site: str, settings: LazySettings, tmp_path: Path) -> Story:
    """Enter the reference data, an organisation that has no licence, and everybody's accounts."""
    settings.PUBLIC_URL = site
    call_command("load_reference", verbosity=0)
    body = make.organisation("LSP Perjalanan Kompetensi")
    own = (Role.BODY_ADMIN, Role.BODY_DECIDER)
    authority = (
        Role.LICENSING_OFFICER,
        Role.LICENSING_ASSESSOR,
        Role.PLENARY_MEMBER,
        Role.REGISTRAR,
        Role.CERTIFICATION_OFFICER,
    )
    staff = {role: make.member(role, body) for role in own}
    staff |= {role: make.member(role, make.authority()) for role in authority}
    for role in authority:
        with_second_factor(staff[role])
    visits.assessor(staff[Role.LICENSING_ASSESSOR])
    version = verified_versions().get(scheme__number=JUNIOR_CODER)
    return Story(Walk(visit()), tmp_path, version, body, staff)


def test_a_certificate_comes_from_a_licence_and_is_verified_by_anybody(story: Story) -> None:
    licence_the_body(story)
    register_assessors(story)
    session = open_a_session(story)
    admit_candidates(story, session)
    assess(story, session)
    decide(story, session)
    certificate = issue(story, session)
    verify(story, certificate)


def licence_the_body(story: Story) -> None:
    walk = story.walk
    story.be(Role.BODY_ADMIN)
    walk.open("access:organisation-edit", story.body.pk)
    sleman = Region.objects.get(code="34.04")
    walk.fill(address="Jalan Kaliurang 14", region=sleman.pk, email="kantor@contoh.test")
    walk.press("Simpan")
    walk.open("licensing:begin", "new")
    walk.fill(
        body_type="p3",
        candidate_group="sector",
        sector_code="TIK",
        founder_kind="association",
        founder_name="Asosiasi Pemrogram",
    )
    walk.press("Simpan dan lanjutkan")
    application = LicenceApplication.objects.get()
    paper = story.folder / "dokumen.pdf"
    paper.write_bytes(typst.compile(PAPER))
    walk.open("licensing:application-documents", application.pk)
    walk.fill(**dict.fromkeys((item.document.value for item in items_of(application)), paper))
    walk.press("Unggah")
    walk.open("licensing:application-schemes", application.pk)
    walk.fill(q=JUNIOR_CODER)
    walk.page.keyboard.press("Enter")
    walk.page.get_by_label("Junior Coder").check()
    walk.press("Tambahkan yang dicentang")
    walk.take(application, "Ajukan")

    story.be(Role.LICENSING_OFFICER)
    visit_the_body(story, application, "readiness")
    story.be(Role.LICENSING_OFFICER)
    walk.take(application, "Nyatakan lulus apresiasi")
    walk.open("licensing:application-examine", application.pk)
    for verdict in walk.page.get_by_label("Diterima").all():
        verdict.check()
    walk.press("Simpan hasil")
    walk.take(application, "Nyatakan dokumen lengkap")
    visit_the_body(story, application, "assessment")
    walk.take(application, "Selesaikan asesmen penuh", "Sesuai pedoman.")
    visit_the_body(story, application, "witness")
    walk.take(application, "Selesaikan penyaksian uji", "Uji berjalan baik.")
    vote(story, application)
    walk.open("licensing:application-decree", application.pk)
    walk.fill(decree_number="KEP.0001/BNSP/XI/2026")
    walk.press("Simpan")
    walk.take(application, "Setujui permohonan")
    assert Licence.objects.get().organisation_id == story.body.pk


def visit_the_body(story: Story, application: LicenceApplication, kind: str) -> None:
    """Let the one licensing assessor visit the applicant and recommend it."""
    walk, today = story.walk, timezone.localdate().isoformat()
    story.be(Role.LICENSING_OFFICER)
    walk.open("visits:plan-about", application.subject, application.pk)
    walk.fill(kind=kind, starts_on=today, ends_on=today, place="Jalan Kaliurang 14")
    walk.press("Simpan")
    made = BodyVisit.objects.latest("pk")
    walk.open("visits:appoint", made.pk)
    walk.fill(assessor=LicensingAssessor.objects.get().pk, duty="lead")
    walk.press("Tugaskan")
    walk.take(made, "Terbitkan surat tugas")

    story.be(Role.LICENSING_ASSESSOR)
    walk.open("visits:declare", made.pk)
    walk.press("Saya menyatakan")
    walk.take(made, "Mulai kunjungan")
    walk.open("visits:instrument", made.pk)
    for conforms in walk.page.get_by_label("Sesuai", exact=True).all():
        conforms.check()
    walk.press("Simpan")
    walk.open("visits:conclude", made.pk)
    walk.fill(summary="Sesuai pedoman.", recommendation="positive")
    walk.press("Simpan")
    walk.take(made, "Laporkan kunjungan")
    walk.page.locator("details[open] button[type=submit]").click()
    expect(walk.page.locator("main .state")).to_contain_text("Dilaporkan")


def vote(story: Story, application: LicenceApplication) -> None:
    """Let a plenary of one member agree."""
    walk, member = story.walk, story.staff[Role.PLENARY_MEMBER]
    story.be(Role.LICENSING_OFFICER)
    walk.open("plenary:plan")
    walk.fill(held_on=timezone.localdate().isoformat(), place="Jakarta", chair=member.pk)
    walk.page.get_by_label(member.name).check()
    walk.press("Rencanakan")
    meeting = Meeting.objects.get()
    walk.visit.open(application.get_absolute_url())
    walk.page.get_by_role("link", name="Agendakan dalam sidang").click()
    walk.press("Agendakan")
    item = AgendaItem.objects.get()
    walk.open("plenary:presence", meeting.pk)
    walk.page.get_by_label(member.name).check()
    walk.press("Simpan")
    walk.take(meeting, "Buka sidang")
    story.be(Role.PLENARY_MEMBER)
    walk.open("plenary:meeting", meeting.pk)
    walk.press("Setuju")
    story.be(Role.LICENSING_OFFICER)
    walk.take(item, "Hitung suara")
    walk.take(meeting, "Tutup sidang")
    walk.open("plenary:minutes", meeting.pk)
    walk.reads("Setuju 1, tolak 0, abstain 0, tidak ikut 0.")
    story.be(Role.PLENARY_MEMBER)


def register_assessors(story: Story) -> None:
    walk, today = story.walk, timezone.localdate()
    for ordinal, made in enumerate(people(2, seed=1), 1):
        user = make.user(made.name)
        make.confirm_email(user)
        story.assessors.append((made, user))
        story.be(Role.BODY_ADMIN)
        walk.open("assessors:propose")
        walk.fill(
            name=made.name,
            document_kind="nik",
            document_number=made.nik,
            certificate_number=f"74100 2423 4 000000{ordinal} {today.year}",
            certified_on=today.isoformat(),
            email=user.email,
        )
        walk.page.get_by_label("Junior Coder").check()
        walk.press("Usulkan")
        assessor = Assessor.objects.get(individual__name=made.name)
        story.be(Role.REGISTRAR)
        walk.take(assessor, "Daftarkan")
        walk.become(user)
        walk.open("access:identity")
        walk.fill(document_kind="nik", document_number=made.nik)
        walk.press("Hubungkan")


def open_a_session(story: Story) -> Session:
    walk, today = story.walk, timezone.localdate()
    story.be(Role.BODY_ADMIN)
    walk.open("assessment:venue-new")
    walk.fill(
        name="TUK Kaliurang",
        code="TUK.01/SLM/2026",
        kind="independent",
        keeper="Pengelola TUK",
        address="Jalan Kaliurang 15",
    )
    walk.press("Simpan")
    venue = Venue.objects.get()
    walk.open("assessment:venue-verify", venue.pk)
    walk.fill(
        scheme=story.version.scheme_id,
        letter_number="ST/001",
        verified_on=today.isoformat(),
        first_verifier="Verifikator Satu",
        second_verifier="Verifikator Dua",
    )
    walk.press("Simpan")
    walk.open("assessment:session-new")
    walk.fill(
        scheme_version=story.version.pk, venue=venue.pk, held_on=today.isoformat(), quota=CANDIDATES
    )
    walk.press("Simpan")
    session = Session.objects.get()
    for assessor in Assessor.objects.all():
        walk.open("assessment:assign", session.pk)
        walk.fill(assessor=assessor.pk, letter_number=f"ST/{assessor.pk}", impartial=True)
        walk.press("Simpan")
    walk.take(session, "Buka pendaftaran")
    return session


def admit_candidates(story: Story, session: Session) -> None:
    walk = story.walk
    sheet = story.folder / "asesi.csv"
    with sheet.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([str(column.heading) for column in COLUMNS])
        writer.writerows(map(row_of, people(CANDIDATES, seed=2)))
    walk.open("assessment:upload", session.pk)
    walk.fill(file=sheet)
    walk.press("Unggah")
    assert session.candidates.count() == CANDIDATES
    for step in ("Ajukan permohonan", "Terima sebagai asesi"):
        walk.open("assessment:session-candidates", session.pk)
        walk.page.get_by_label("Pilih semua baris").check()
        walk.press(step)
        if step == "Ajukan permohonan":
            walk.open("assessment:session-candidates", session.pk)
            walk.press("Bagi rata ke asesor")
    states = set(session.candidates.values_list("state", flat=True))
    assert states == {Candidate.State.ADMITTED}


def row_of(made: MadePerson) -> list[str]:
    """Return a person as the spreadsheet has them."""
    given = {
        "name": made.name,
        "document_kind": "NIK",
        "document_number": made.nik,
        "born_in": made.born_in,
        "born_on": made.born_on.isoformat(),
        "sex": "P" if made.sex == "female" else "L",
        "email": made.email,
        "phone": made.phone,
        "address": "Jalan Contoh 1",
        "education": "SMK",
        "occupation": "Pelajar",
        "purpose": "Sertifikasi",
        "affiliation": "Tidak terikat",
        "evidence": "Ijazah SMK Rekayasa Perangkat Lunak",
        "claims_all": "K",
    }
    return [given[column.field] for column in COLUMNS]


def assess(story: Story, session: Session) -> None:
    walk = story.walk
    story.be(Role.BODY_ADMIN)
    walk.take(session, "Mulai asesmen")
    candidates = list(session.candidates.order_by("pk"))
    accounts = {made.name: user for made, user in story.assessors}
    for place, candidate in enumerate(candidates):
        assert candidate.assignment is not None
        walk.become(accounts[candidate.assignment.assessor.individual.name])
        walk.open("assessment:results", candidate.pk)
        for unit in walk.page.locator("main fieldset.section").all():
            unit.locator('input[value="K"]').check()
            unit.locator("textarea").fill("Demonstrasi program dan tanya jawab.")
        if place >= CANDIDATES - NOT_YET:
            walk.page.locator('main input[value="BK"]').last.check()
        walk.press("Simpan hasil")
        walk.take(candidate, "Sampaikan rekomendasi")
    story.be(Role.BODY_ADMIN)
    walk.take(session, "Serahkan ke pleno")


def decide(story: Story, session: Session) -> None:
    walk = story.walk
    story.be(Role.BODY_DECIDER)
    for recommendation, step in (("K", "Putuskan kompeten"), ("BK", "Putuskan belum kompeten")):
        walk.open("assessment:plenary", session.pk, recommendation=recommendation)
        walk.page.get_by_label("Pilih semua baris").check()
        walk.press(step)
    story.be(Role.BODY_ADMIN)
    walk.take(session, "Selesaikan jadwal")
    assert session.candidates.filter(state=Candidate.State.COMPETENT).count() == 17


def issue(story: Story, session: Session) -> Certificate:
    walk = story.walk
    walk.open("certificates:request-new")
    walk.fill(session=session.pk, minutes_number="BA/001/2026")
    walk.press("Simpan")
    request = CertificateRequest.objects.get()
    walk.take(request, "Ajukan")
    story.be(Role.CERTIFICATION_OFFICER)
    walk.take(request, "Setujui dan terbitkan")
    do_queued()
    walk.open("certificates:request", request.pk)
    walk.reads("Diterbitkan")
    assert request.certificates.count() == CANDIDATES - NOT_YET
    return request.certificates.earliest("number")


def verify(story: Story, certificate: Certificate) -> None:
    """Read the QR of the downloaded document by a program that shares no code with ours."""
    walk = story.walk
    story.be(Role.BODY_ADMIN)
    walk.open("certificates:certificate", certificate.pk)
    document = walk.download("Unduh PDF", story.folder / "sertifikat.pdf")
    walk.visit.context.clear_cookies()
    walk.page.goto(decode(document))
    expect(walk.page.get_by_role("heading", name="Berlaku")).to_be_visible()
    walk.reads(certificate.holder_name)
    walk.reads("Melakukan Debugging")
    walk.reads(story.body.name)


def decode(document: Path) -> str:
    """Return what the QR code on the first page says."""
    bitmap = pypdfium2.PdfDocument(document)[0].render(scale=3, grayscale=True)
    rows = memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
    (code,) = zxingcpp.read_barcodes(rows)
    return code.text
