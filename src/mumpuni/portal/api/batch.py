"""Endpoint to verify many certificates at once; no token is asked for."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema

from mumpuni.api.paging import SearchText
from mumpuni.api.problems import Problem, problem
from mumpuni.certificates.models import LookupCount
from mumpuni.certificates.verification import Verdict
from mumpuni.certificates.verification.batch import Answer, Asked, verify_many
from mumpuni.portal import lookups
from mumpuni.portal.batch.form import wrong_size

router = Router()


class AskedRowIn(Schema):
    """A number of any kind, or the address of a QR code; with the holder's name where known."""

    number: SearchText
    name: Annotated[SearchText, Field(default="")]


class AskedRowsIn(Schema):
    rows: list[AskedRowIn]


class AnsweredRowOut(Schema):
    """The answer to a row; `holder_name` is initials where no name was given.

    `repeats` is the place, from 0, of the first row that asks for the same certificate.
    """

    number: str = Field(alias="asked.typed")
    name: str = Field(alias="asked.name")
    verdict: Verdict = Field(alias="verification.verdict")
    holds: bool = Field(alias="verification.holds")
    name_differs: bool = Field(alias="verification.name_differs")
    simulated: bool = Field(alias="verification.simulated")
    reason: str = Field(alias="verification.reason")
    holder_name: str
    scheme_title: str
    body_name: str
    issued_on: date | None
    valid_until: date | None
    repeats: int | None

    @staticmethod
    def resolve_holder_name(answer: Answer) -> str:
        facts = answer.verification.certificate
        return facts.holder_name if facts else ""

    @staticmethod
    def resolve_scheme_title(answer: Answer) -> str:
        facts = answer.verification.certificate
        return facts.scheme_title if facts else ""

    @staticmethod
    def resolve_body_name(answer: Answer) -> str:
        body = answer.verification.body
        return body.name if body else ""

    @staticmethod
    def resolve_issued_on(answer: Answer) -> date | None:
        facts = answer.verification.certificate
        return facts.issued_on if facts else None

    @staticmethod
    def resolve_valid_until(answer: Answer) -> date | None:
        facts = answer.verification.certificate
        return facts.valid_until if facts else None


class AnsweredRowsOut(Schema):
    """The answers in the order of the rows, all of one instant."""

    checked_at: datetime
    rows: list[AnsweredRowOut]


@router.post(
    "/verify/batch",
    auth=None,
    response={200: AnsweredRowsOut, 429: Problem},
    operation_id="verify_batch",
)
def verify_batch(request: HttpRequest, body: AskedRowsIn) -> dict[str, object] | HttpResponse:
    """Verify many certificates at once, each as `GET /verify` does.

    A batch counts as its rows. The signed receipt is given on the page of the batch check alone.
    """
    if wrong := wrong_size(len(body.rows)):
        return problem(422, "V-09", wrong)
    lookups.count_rows(request, len(body.rows))
    now = timezone.now()
    answers = verify_many([Asked(row.number.strip(), row.name) for row in body.rows], now)
    lookups.tally(LookupCount.Channel.API, [answer.verification for answer in answers])
    return {"checked_at": now, "rows": answers}
