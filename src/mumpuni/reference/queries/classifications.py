"""Classification codes; every question names the version."""

from __future__ import annotations

from django.db.models import Max, Q, QuerySet

from mumpuni.reference.models import ClassificationCode

System = ClassificationCode.System


def codes(system: str, version: str, *, level: int | None = None) -> QuerySet[ClassificationCode]:
    """Return the codes of one version of a system, of one level where it is given."""
    found = ClassificationCode.objects.filter(system=system, version=version)
    return found if level is None else found.filter(level=level)


def kbli_codes(version: str = "2020", level: int = 5) -> QuerySet[ClassificationCode]:
    """Return business activities; level 5 is what schemes and certificates cite."""
    return codes(System.KBLI, version, level=level)


def kbji_codes(version: str = "2014", level: int = 4) -> QuerySet[ClassificationCode]:
    """Return occupations; level 4 is what certificates cite."""
    return codes(System.KBJI, version, level=level)


def kkni_level(level: int) -> ClassificationCode | None:
    """Return a level of the national qualification framework, 1 to 9."""
    return find_code(System.KKNI, "2012", str(level))


def find_code(system: str, version: str, code: str) -> ClassificationCode | None:
    """Return one code of one version, or None."""
    return codes(system, version).filter(code=code).select_related("parent").first()


def path_to(code: ClassificationCode) -> list[ClassificationCode]:
    """Return the groups above a code, widest first; one query."""
    chain = "parent__parent__parent__parent"
    step = ClassificationCode.objects.select_related(chain).get(pk=code.pk).parent
    above: list[ClassificationCode] = []
    while step is not None:
        above.insert(0, step)
        step = step.parent
    return above


def parts_of(code: ClassificationCode) -> QuerySet[ClassificationCode]:
    """Return what a group is divided into."""
    return ClassificationCode.objects.filter(parent=code, current=True)


def search_codes(rows: QuerySet[ClassificationCode], text: str) -> QuerySet[ClassificationCode]:
    """Keep the codes that begin with the text or whose title has it."""
    return rows.filter(Q(code__istartswith=text) | Q(title__icontains=text))


def versions() -> list[tuple[str, str]]:
    """Return each system with each of its loaded versions; one query."""
    return list(
        ClassificationCode.objects.filter(level=1)
        .order_by("system", "version")
        .values_list("system", "version")
        .distinct()
    )


def newest_version(system: str) -> str:
    """Return the newest version of a system that is loaded, or an empty text; one query."""
    known = ClassificationCode.objects.filter(system=system, current=True)
    return known.aggregate(newest=Max("version"))["newest"] or ""


def levels(system: str, version: str) -> list[tuple[int, str]]:
    """Return the levels of one version with their names, widest first; one query."""
    return list(
        codes(system, version).order_by("level").values_list("level", "level_name").distinct()
    )
