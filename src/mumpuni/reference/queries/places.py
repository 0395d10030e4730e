"""Regions."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mumpuni.reference.models import Region


def regions() -> QuerySet[Region]:
    """Return every region, abolished ones too."""
    return Region.objects.select_related("parent__parent")


def region(code: str) -> Region | None:
    """Return a region with its parents, by code with or without dots."""
    bare = code.replace(".", "")
    dotted = ".".join(bare[at : at + 2] for at in range(0, len(bare), 2))
    return regions().filter(code=dotted).first()


def provinces() -> QuerySet[Region]:
    """Return the provinces of today by code."""
    return Region.objects.filter(level=Region.Level.PROVINCE, current=True)


def regions_within(parent: Region) -> QuerySet[Region]:
    """Return the parts of a region that are current."""
    return Region.objects.filter(parent=parent, current=True)


def search_regions(text: str) -> QuerySet[Region]:
    """Return regions whose name, other name or code has the text."""
    found = Q(name__icontains=text) | Q(other_name__icontains=text) | Q(code__startswith=text)
    return regions().filter(found, current=True)
