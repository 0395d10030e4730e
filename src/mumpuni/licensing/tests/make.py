"""Valid applications and licences for tests, made by the real steps."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel import workflow
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import actions
from mumpuni.licensing.models import (
    VISITS,
    ApplicationDocument,
    BodyType,
    CandidateGroup,
    FounderKind,
    Licence,
    LicenceApplication,
    Sanction,
    required_documents,
)
from mumpuni.plenary.tests import make as plenary
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.tests import make as schemes_make
from mumpuni.visits.tests import make as visits

GRANTED_ON = date(2024, 1, 2)
FACTS: dict[str, dict[str, Any]] = {
    BodyType.P1_EDUCATION: {
        "founder_kind": FounderKind.EDUCATION,
        "candidate_group": CandidateGroup.OWN_STUDENTS,
    },
    BodyType.P1_INDUSTRY: {
        "founder_kind": FounderKind.COMPANY,
        "candidate_group": CandidateGroup.OWN_STAFF,
    },
    BodyType.P2: {
        "founder_kind": FounderKind.AGENCY,
        "candidate_group": CandidateGroup.NETWORK,
    },
    BodyType.P3: {
        "founder_kind": FounderKind.ASSOCIATION,
        "candidate_group": CandidateGroup.SECTOR,
    },
}

STEP_FROM = {
    "draft": "submit",
    "submitted": "appreciate",
    "document_verification": "verify",
    "returned": "resubmit",
    "full_assessment": "assess",
    "witness": "witness",
    "plenary": "grant",
}
ENTERED_FROM = 1000

_ordinals = count(1)


def noon(day: date) -> datetime:
    """Return noon in Jakarta."""
    return datetime.combine(day, time(5), tzinfo=UTC)


@cache
def pdf_bytes() -> bytes:
    """Return a PDF of one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def pdf(name: str = "dokumen.pdf") -> SimpleUploadedFile:
    """Make an upload that is a PDF, no two alike."""
    content = pdf_bytes() + f"%{next(_ordinals)}\n".encode()
    return SimpleUploadedFile(name, content, "application/pdf")


def region() -> Region:
    """Return a province."""
    return Region.objects.get_or_create(
        code="31", defaults={"level": Region.Level.PROVINCE, "name": "DKI Jakarta"}
    )[0]


def applicant(name: str = "", **given: Any) -> Organisation:
    """Make an organisation that may apply."""
    values: dict[str, Any] = {"address": "Jalan Contoh 1", "region": region()}
    return access.organisation(name, **values | given)


def administrator(of: Organisation) -> Person:
    return access.person(Role.BODY_ADMIN, of=of)


def officer() -> Person:
    return access.person(Role.LICENSING_OFFICER, of=access.authority())


def licensing_assessor() -> Person:
    return access.person(Role.LICENSING_ASSESSOR, of=access.authority())


def plenary_member() -> Person:
    return access.person(Role.PLENARY_MEMBER, of=access.authority())


def law_officer() -> Person:
    return access.person(Role.LAW_OFFICER, of=access.authority())


def draft(
    of: Organisation | None = None,
    *,
    on: date = GRANTED_ON,
    body_type: str = BodyType.P3,
    **changed: Any,
) -> LicenceApplication:
    """Begin an application with nothing but the facts about the body."""
    body = of or applicant()
    values: dict[str, Any] = {
        "body_type": body_type,
        "founder_name": "Asosiasi Contoh",
        "sector_code": "TIK",
        **FACTS[body_type],
    }
    application = LicenceApplication(organisation=body, begun_on=on, **values | changed)
    actions.begin_application(application, administrator(body), at=noon(on))
    return application


def begun(kind: str, of: Organisation, *, on: date) -> LicenceApplication:
    """Begin an application of a licensed body with all that is known of it."""
    application = actions.prefilled(kind, of, on)
    actions.begin_application(application, administrator(of), at=noon(on))
    return application


def bring_missing(application: LicenceApplication, *, on: date) -> None:
    """Upload the required documents that did not come along."""
    there = {document.kind for document in application.documents.all()}
    missing = [kind for kind in required_documents(application) if kind not in there]
    attach(application, *missing, on=on)


def drop(application: LicenceApplication, *versions: SchemeVersion, on: date) -> None:
    """Ask that schemes leave the scope."""
    change = actions.exchanging(drop=[version.pk for version in versions])
    actor = administrator(application.organisation)
    workflow.amend_parts(application, "schemes", change, actor, at=noon(on))


def propose(application: LicenceApplication, *, on: date, **values: str) -> None:
    """Ask for other data to be on record."""
    actor = administrator(application.organisation)
    workflow.amend_parts(application, "data", actions.proposing(values), actor, at=noon(on))


def ready(
    kind: str, of: Organisation, *, on: date, schemes: Sequence[SchemeVersion] = ()
) -> LicenceApplication:
    """Make a draft of any kind that lacks nothing; about the scope it adds a scheme, or these."""
    application = begun(kind, of, on=on)
    bring_missing(application, on=on)
    if kind == LicenceApplication.Kind.SCOPE:
        choose(application, *(schemes or [schemes_make.verified_scheme(at=noon(on))]), on=on)
    elif kind == LicenceApplication.Kind.CHANGE:
        propose(application, on=on, address=f"Jalan Baru {next(_ordinals)}")
    return application


def attach(
    application: LicenceApplication, *kinds: ApplicationDocument.Kind, on: date = GRANTED_ON
) -> None:
    """Upload a document of each kind."""
    actor = administrator(application.organisation)
    attempt = Attempt(actor, noon(on))
    uploads = {str(kind): pdf(f"{kind}.pdf") for kind in kinds}
    workflow.amend_parts(
        application, "documents", actions.attaching(uploads, attempt), actor, at=noon(on)
    )


def choose(
    application: LicenceApplication, *versions: SchemeVersion, on: date = GRANTED_ON
) -> None:
    """Put schemes into an application."""
    change = actions.exchanging(add=[version.pk for version in versions])
    actor = administrator(application.organisation)
    workflow.amend_parts(application, "schemes", change, actor, at=noon(on))


def complete(
    of: Organisation | None = None,
    *,
    schemes: Sequence[SchemeVersion] = (),
    on: date = GRANTED_ON,
    **given: Any,
) -> LicenceApplication:
    """Make a draft that lacks nothing; with a scheme of its own unless some are given."""
    application = draft(of, on=on, **given)
    attach(application, *required_documents(application), on=on)
    choose(application, *(schemes or [schemes_make.verified_scheme(at=noon(on))]), on=on)
    return application


def in_state(state: str, *, on: date = GRANTED_ON, **given: Any) -> LicenceApplication:
    """Make an application and take it to a state by its steps."""
    application = complete(on=on, **given)
    advance(application, state, on=on)
    return application


def advance(application: LicenceApplication, state: str, *, on: date = GRANTED_ON) -> None:
    """Take the steps that are left from a complete draft to a state."""
    last = {"withdrawn": "withdraw", "returned": "return", "refused": "refuse"}.get(state)
    while application.state != state:
        name = STEP_FROM[application.state]
        if last and application.state in application.workflow[last].source:
            name = last
        if name == "verify":
            accept_all(application, on=on)
        elif name in {"appreciate", "assess", "witness"}:
            visited(application, on=on)
        elif name == "grant":
            plenary.carried(application, "grant", noon(on))
        elif name == "refuse":
            plenary.rejected(application, "grant", noon(on))
        actor = _actor(name, application)
        workflow.perform(application, name, actor, at=noon(on), note="Dibuat untuk pengujian.")


def visited(application: LicenceApplication, *, on: date = GRANTED_ON) -> None:
    """Report the visit of an application's phase, which recommends it."""
    visits.reported_visit(application, VISITS[application.kind, application.state], on=on)


def _actor(step: str, application: LicenceApplication) -> Person:
    match step:
        case "submit" | "withdraw" | "resubmit":
            return administrator(application.organisation)
        case "assess" | "witness":
            return licensing_assessor()
        case "grant" | "refuse":
            return plenary_member()
    return officer()


def accept_all(application: LicenceApplication, *, on: date = GRANTED_ON) -> None:
    """Accept every document."""
    accepted = actions.Judgement(ApplicationDocument.Verdict.ACCEPTED)
    judgements = dict.fromkeys(application.documents.values_list("pk", flat=True), accepted)
    workflow.amend_parts(
        application, "verdicts", actions.judging(judgements), officer(), at=noon(on)
    )


def name_decree(application: LicenceApplication, *, on: date = GRANTED_ON) -> None:
    """Fill in the number of the decree."""
    decree = f"KEP.{next(_ordinals):04d}/BNSP/I/{on.year}"
    workflow.amend(application, {"decree_number": decree}, plenary_member(), at=noon(on))


def granted_body(
    *,
    schemes: Sequence[SchemeVersion] = (),
    on: date = GRANTED_ON,
    name: str = "",
    body_type: str = BodyType.P3,
    **given: Any,
) -> Organisation:
    """Make a body that applied and was licensed, all on one day."""
    body = applicant(name, **given)
    in_state("granted", of=body, schemes=schemes, on=on, body_type=body_type)
    body.refresh_from_db()
    return body


def licensed_body(**given: Any) -> Organisation:
    """Make a body that was licensed on a day for schemes (one of its own unless some are given).

    Its licence was granted elsewhere: far cheaper than `granted_body`, and all that most ask for.
    """
    return licence(**given).organisation


def licence(
    *,
    schemes: Sequence[SchemeVersion] = (),
    on: date = GRANTED_ON,
    name: str = "",
    body_type: str = BodyType.P3,
    **given: Any,
) -> Licence:
    """Make a licensed body and return its licence."""
    entry = entered(name, on=on, body_type=body_type, **given)
    own = schemes or [schemes_make.verified_scheme(at=noon(on))]
    [made] = actions.enter_licences([replace(entry, schemes=own)], SYSTEM, at=noon(on))
    return Licence.objects.select_related("organisation").get(pk=made.pk)


def entered(
    name: str = "", *, on: date = GRANTED_ON, body_type: str = BodyType.P3, **given: Any
) -> actions.EnteredLicence:
    """Make what a source tells of a licence without schemes."""
    ordinal = next(_ordinals)
    values: dict[str, Any] = {"address": "Jalan Contoh 1", "region": region()}
    body = Organisation(
        kind=Organisation.Kind.CERTIFICATION_BODY,
        name=name or f"LSP Berlisensi {ordinal}",
        code=f"{ENTERED_FROM + ordinal:04d}",
        **values | given,
    )
    return actions.EnteredLicence(
        body=body,
        body_type=body_type,
        founder_name="Asosiasi Contoh",
        sector_code="TIK",
        decree_number=f"KEP.{ordinal:04d}/BNSP/I/{on.year}",
        valid_from=on,
        source="Daftar lisensi BNSP",
        **FACTS[body_type],
    )


def prepare(licence: Licence, *, on: date, **values: Any) -> None:
    """Write down a sanction to come; a freeze of three months unless told otherwise."""
    facts: dict[str, Any] = {
        "kind": Sanction.Kind.FREEZE,
        "decree_number": f"KEP.{next(_ordinals):04d}/BNSP/XII/{on.year}",
        "effective_on": on,
        "months": 3,
        "reason": "Kesalahan dalam pencetakan sertifikat.",
    }
    change = actions.preparing(facts | values)
    workflow.amend_parts(licence, "sanction", change, SYSTEM, at=noon(on))


def freeze(licence: Licence, *, on: date, **values: Any) -> None:
    """Freeze a licence from a day on, as the decree of a case does."""
    prepare(licence, on=on, **values)
    workflow.perform(licence, "freeze", SYSTEM, at=noon(on))


def lift(licence: Licence, kind: str, *, on: date) -> None:
    """Write down that a sanction ends on a day."""
    sanction = licence.sanctions.get(kind=kind, lifted_on=None)
    change = actions.lifting(sanction, on, "Tindak lanjut terverifikasi.")
    workflow.amend_parts(licence, "lifting", change, SYSTEM, at=noon(on))


def thaw(licence: Licence, *, on: date) -> None:
    """Lift the freeze from a day on."""
    lift(licence, Sanction.Kind.FREEZE, on=on)
    workflow.perform(licence, "thaw", SYSTEM, at=noon(on))


def revoke(licence: Licence, *, on: date, **values: Any) -> None:
    """Revoke a licence from a day on."""
    prepare(licence, on=on, kind=Sanction.Kind.REVOCATION, **values)
    workflow.perform(licence, "revoke", SYSTEM, at=noon(on))
