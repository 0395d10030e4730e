"""Data tables: columns and filters declared once, shown as a page, a CSV file or a workbook.

    TABLE = Table(
        columns=[
            Column("number", _("Nomor"), sort="number", link=True),
            Column("organisation.name", _("LSP"), sort="organisation__name"),
            Column("state", _("Status"), render=badge),
        ],
        filters=[
            Search("q", fields=["number", "organisation__name"]),
            Choice("state", _("Status"), choices=Licence.State.choices),
            Year("valid_from", _("Tahun berlaku")),
        ],
        default_sort="-number",
        empty=_("Belum ada lisensi."),
        empty_action=("licensing:apply", _("Ajukan lisensi")),
    )

    @page
    def licences(request):
        return TABLE.respond(request, queries.licences(request.person), title=_("Lisensi"))

The address of the page says everything (`?q=teknik&state=active&sort=-number&page=2`), so it can be
shared; `?format=csv` and `?format=xlsx` give the whole filtered set. Two queries: count and rows.

Steps on many rows at once: give `respond` (or `show`) a `bulk`; `web.steps.bulk_steps` chooses the
steps a person may take, and `web.steps.bulk_page` takes them.
"""

from mumpuni.web.tables.columns import Column, badge
from mumpuni.web.tables.filters import Choice, DateRange, Filter, One, Search, SearchBy, Year
from mumpuni.web.tables.table import Bulk, Table

__all__ = [
    "Bulk",
    "Choice",
    "Column",
    "DateRange",
    "Filter",
    "One",
    "Search",
    "SearchBy",
    "Table",
    "Year",
    "badge",
]
