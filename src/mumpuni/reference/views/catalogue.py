"""What is loaded, and the small official lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from mumpuni.reference import queries
from mumpuni.reference.models import Holiday
from mumpuni.reference.queries import calendar
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tables import Choice, Column, Search, Table, Year

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

EMPTY = _("Belum ada data yang dimuat. Pengelola memuatnya dengan perintah mumpuni load-reference.")
CERTAINTY = Column("certainty", _("Kepastian"))

RELEASES = Table(
    columns=[
        Column("key", _("Data"), sort="key"),
        Column("version", _("Versi")),
        Column("row_count", _("Baris"), sort="row_count", numeric=True),
        Column("source", _("Sumber")),
        Column("licence", _("Lisensi")),
        Column("loaded_at", _("Dimuat"), sort="loaded_at"),
    ],
    default_sort="key",
    empty=EMPTY,
)
NUMBER_PATTERNS = Table(
    columns=[
        Column("subject", _("Nomor"), sort="subject"),
        Column("pattern", _("Pola")),
        Column("sample", _("Contoh")),
        Column("parts", _("Bagian")),
        CERTAINTY,
    ],
    filters=[Search("q", ["subject", "pattern", "parts"])],
    default_sort="position",
    empty=EMPTY,
)
FORMS = Table(
    columns=[
        Column("code", _("Kode"), sort="position"),
        Column("title", _("Judul"), sort="title", link=True),
        Column("phase", _("Fase"), sort="phase"),
        Column("filled_by", _("Pengisi")),
        Column("signed_by", _("Penanda tangan")),
        Column("used_when", _("Dipakai bila")),
    ],
    filters=[Search("q", ["code", "title", "content", "used_when"])],
    default_sort="position",
    empty=EMPTY,
)
SATISFACTION_ELEMENTS = Table(
    columns=[
        Column("code", _("Kode"), sort="code"),
        Column("name", _("Unsur"), sort="name"),
        Column("weight", _("Bobot")),
    ],
    default_sort="code",
    empty=EMPTY,
)
SATISFACTION_BANDS = Table(
    columns=[
        Column("grade", _("Mutu"), sort="grade"),
        Column("verdict", _("Kinerja")),
        Column("perception", _("Nilai persepsi"), sort="perception", numeric=True),
        Column("lowest_mean", _("Nilai interval dari"), numeric=True),
        Column("highest_mean", _("sampai"), numeric=True),
        Column("lowest_index", _("Nilai konversi dari"), numeric=True),
        Column("highest_index", _("sampai"), numeric=True),
    ],
    default_sort="-perception",
    empty=EMPTY,
)
POSTS = Table(
    columns=[
        Column("post.body", _("Badan"), sort="post__body"),
        Column("post.title", _("Jabatan"), sort="post__position"),
        Column("name", _("Pejabat"), sort="name"),
        Column("printed_term", _("Masa menurut laporan")),
    ],
    filters=[Search("q", ["post__title", "post__body", "name"])],
    default_sort="post__position",
    empty=EMPTY,
)
REGULATIONS = Table(
    columns=[
        Column("number", _("Pedoman"), sort="position"),
        Column("title", _("Judul"), sort="title"),
        Column("latest_basis", _("Dasar terakhir diketahui")),
        Column("earlier_basis", _("Dasar sebelumnya")),
        Column("cited_for", _("Disebut untuk")),
        CERTAINTY,
    ],
    filters=[Search("q", ["number", "title", "latest_basis", "cited_for"])],
    default_sort="position",
    empty=EMPTY,
)

HOLIDAYS = Table(
    columns=[
        Column("day", _("Hari"), sort="day"),
        Column("name", _("Nama"), sort="name"),
        Column("kind", _("Jenis"), sort="kind"),
        CERTAINTY,
    ],
    filters=[Year("year", field="day"), Choice("kind", _("Jenis"), choices=Holiday.Kind.choices)],
    default_sort="-day",
    empty=EMPTY,
)


@public_page
def index(request: PublicRequest) -> HttpResponseBase:
    """Show what there is and where it comes from."""
    return RELEASES.respond(
        request,
        queries.releases(),
        title=_("Rujukan"),
        template="reference/index.html",
        context={"versions": queries.versions()},
    )


@public_page
def number_patterns(request: PublicRequest) -> HttpResponseBase:
    """List how each kind of number is written."""
    return _respond(
        request, NUMBER_PATTERNS, queries.number_patterns(), "pola-nomor", _("Pola nomor")
    )


@public_page
def forms(request: PublicRequest) -> HttpResponseBase:
    """List the forms of the assessment instruments."""
    return _respond(
        request, FORMS, queries.instrument_forms(), "formulir-muk", _("Formulir MUK 2023")
    )


@public_page
def form(request: PublicRequest, muk_version: str, code: str) -> HttpResponseBase:
    """Show one form."""
    found = queries.instrument_form(muk_version, code)
    if found is None:
        raise Http404
    context = {
        "title": found.title,
        "form": found,
        "release": queries.release("formulir-muk"),
    }
    return render(request, "reference/form.html", context)


@public_page
def satisfaction_elements(request: PublicRequest) -> HttpResponseBase:
    """List the elements of the satisfaction index."""
    return _respond(
        request,
        SATISFACTION_ELEMENTS,
        queries.satisfaction_elements(),
        "ikm",
        _("Unsur kepuasan masyarakat"),
    )


@public_page
def satisfaction_bands(request: PublicRequest) -> HttpResponseBase:
    """List what a satisfaction index says."""
    return _respond(
        request, SATISFACTION_BANDS, queries.satisfaction_bands(), "ikm", _("Mutu pelayanan")
    )


@public_page
def posts(request: PublicRequest) -> HttpResponseBase:
    """List the posts of the authority and who held them."""
    return _respond(request, POSTS, queries.office_holdings(), "jabatan", _("Jabatan BNSP"))


@public_page
def regulations(request: PublicRequest) -> HttpResponseBase:
    """List guidelines and laws."""
    return _respond(request, REGULATIONS, queries.regulations(), "regulasi", _("Peraturan"))


@public_page
def holidays(request: PublicRequest) -> HttpResponseBase:
    """List the days that are no working days."""
    return _respond(request, HOLIDAYS, calendar.holidays(), "kalender", _("Hari libur"))


def _respond(
    request: PublicRequest, table: Table, rows: QuerySet[Any], dataset: str, title: _StrOrPromise
) -> HttpResponseBase:
    context = {"release": queries.release(dataset)}
    return table.respond(
        request, rows, title=title, template="reference/list.html", context=context
    )
