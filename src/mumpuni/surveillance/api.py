"""Endpoints of surveillance."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from ninja import Field, Path, Router, Schema
from ninja.pagination import paginate

from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages
from mumpuni.surveillance.queries import check_watches, figures

router = Router()
Year = Annotated[int, Path(ge=figures.FIRST_YEAR, le=date.max.year)]


class YearFigureOut(Schema):
    """A figure of a year; its rows are at `/yearly-figures/{year}/{key}`."""

    key: str
    label: str
    value: int


class CountedOut(Schema):
    """A record that a figure counts: a licence, a visit, an application or a sanction."""

    subject: str = Field(description="kind of record, as `visits.visit`")
    subject_id: int
    organisation_id: int
    organisation_name: str

    @staticmethod
    def resolve_subject(row: Any) -> str:
        label: str = row._meta.label_lower
        return label

    @staticmethod
    def resolve_subject_id(row: Any) -> int:
        key: int = row.pk
        return key

    @staticmethod
    def resolve_organisation_id(row: Any) -> int:
        key: int = figures.body_of(row).pk
        return key

    @staticmethod
    def resolve_organisation_name(row: Any) -> str:
        return figures.body_of(row).name


@router.get("/yearly-figures/{year}", response=list[YearFigureOut])
def yearly_figures(request: ApiRequest, year: Year) -> list[YearFigureOut]:
    """Show what the authority reports of a year, counted from the records."""
    check_watches(request.auth)
    counts = figures.counted([year])
    return [
        YearFigureOut(key=one.key, label=str(one.label), value=counts[one.key, year])
        for one in figures.FIGURES
    ]


@router.get("/yearly-figures/{year}/{slug:key}", response=list[CountedOut])
@paginate(Pages)
def counted(request: ApiRequest, year: Year, key: str) -> QuerySet[Any]:
    """List the records that a figure counts."""
    check_watches(request.auth)
    figure = figures.BY_KEY.get(key)
    if figure is None:
        raise Http404
    return figure.rows(year).order_by("pk")
