"""The small official lists and what was loaded when."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from mumpuni.reference.models import (
    DatasetRelease,
    InstrumentForm,
    NumberPattern,
    OfficeHolding,
    Post,
    Regulation,
    SatisfactionBand,
    SatisfactionElement,
)


def number_patterns() -> QuerySet[NumberPattern]:
    """Return how each kind of number is written."""
    return NumberPattern.objects.filter(current=True)


def instrument_forms(muk_version: str = "2023") -> QuerySet[InstrumentForm]:
    """Return the forms of one version of the assessment instruments."""
    return InstrumentForm.objects.filter(muk_version=muk_version, current=True)


def instrument_form(muk_version: str, code: str) -> InstrumentForm | None:
    """Return one form, also one of an earlier release."""
    return InstrumentForm.objects.filter(muk_version=muk_version, code=code).first()


def satisfaction_elements() -> QuerySet[SatisfactionElement]:
    """Return the nine elements of the satisfaction index."""
    return SatisfactionElement.objects.filter(current=True)


def satisfaction_bands() -> QuerySet[SatisfactionBand]:
    """Return the four bands of the satisfaction index, lowest first."""
    return SatisfactionBand.objects.filter(current=True)


def regulations() -> QuerySet[Regulation]:
    """Return guidelines, circulars and the laws they rest on."""
    return Regulation.objects.filter(current=True)


def posts() -> QuerySet[Post]:
    """Return the posts with their holders; two queries."""
    holdings = OfficeHolding.objects.filter(current=True)
    return Post.objects.filter(current=True).prefetch_related(Prefetch("holdings", holdings))


def office_holdings() -> QuerySet[OfficeHolding]:
    """Return who held which post, with the post."""
    return OfficeHolding.objects.filter(current=True).select_related("post")


def releases() -> QuerySet[DatasetRelease]:
    """Return what was loaded, newest release of each data set first."""
    return DatasetRelease.objects.all()


def release(key: str) -> DatasetRelease | None:
    """Return the release of a data set that was loaded last."""
    return releases().filter(key=key).first()
