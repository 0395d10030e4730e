"""Regions."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mumpuni.reference.models import Region


def regions() -> QuerySet[Region]:
    """Return every region, abolished ones too."""
    return Region.objects.select_related("parent__parent")


def region(code: str) -> Region | None:
    """Return a region with its parents, by code with or without dots."""
    return regions().filter(code=dotted(code)).first()


def provinces() -> QuerySet[Region]:
    """Return the provinces of today by code."""
    return Region.objects.filter(level=Region.Level.PROVINCE, current=True)


def regions_within(parent: Region) -> QuerySet[Region]:
    """Return the parts of a region that are current."""
    return Region.objects.filter(parent=parent, current=True)


def search_regions(rows: QuerySet[Region], text: str) -> QuerySet[Region]:
    """Keep the regions whose name has the text or whose code begins with it, dots or not."""
    found = Q(name__icontains=text) | Q(other_name__icontains=text)
    if text.replace(".", "").isdigit():
        found |= Q(code__startswith=dotted(text))
    return rows.filter(found)


def dotted(code: str) -> str:
    """Return a region's code with its dots, as `31.74.05` for `317405`."""
    bare = code.replace(".", "")
    return ".".join(bare[at : at + 2] for at in range(0, len(bare), 2))
