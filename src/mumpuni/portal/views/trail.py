"""The audit trail, for those who audit."""

from __future__ import annotations

import json

from django.apps import apps
from django.http import Http404, HttpResponseBase
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.roles import Permission
from mumpuni.kernel.models import Event, Record
from mumpuni.kernel.queries import line_of
from mumpuni.portal import readings
from mumpuni.web.page import PageRequest, page
from mumpuni.web.tables import Choice, Column, DateRange, SearchBy, Table
from mumpuni.web.tables.columns import text


def _kinds() -> list[tuple[str, str]]:
    """Return the kinds of records that have a life, as the trail and as people call them."""
    kinds = [
        (model._meta.label_lower, str(model._meta.verbose_name))
        for model in apps.get_models()
        if issubclass(model, Record)
    ]
    return sorted(kinds, key=lambda kind: kind[1])


def _record(event: Event) -> str:
    """Return the record an event is about: its kind, as a link where it has a page."""
    try:
        model = apps.get_model(event.subject)
    except LookupError:
        return event.subject
    named = str(model._meta.verbose_name)
    address = getattr(model(pk=event.subject_id), "get_absolute_url", None)
    return format_html('<a href="{}">{}</a>', address(), named) if address else named


def _changes(event: Event) -> str:
    lines = (
        (capfirst(str(change.label)), text(change.before), text(change.after))
        for change in line_of(event).changes
    )
    return format_html_join("", "<div>{}: {} → {}</div>", lines)


TRAIL = Table(
    columns=[
        Column("at", gettext_lazy("Waktu"), sort="at"),
        Column("actor_name", gettext_lazy("Pelaku")),
        Column("organisation_name", gettext_lazy("Untuk lembaga")),
        Column("label", gettext_lazy("Langkah"), value=lambda event: line_of(event).label),
        Column("subject", gettext_lazy("Berkas"), render=_record),
        Column("subject_id", gettext_lazy("Nomor berkas"), numeric=True),
        Column("", gettext_lazy("Dari status"), value=lambda event: line_of(event).before),
        Column("", gettext_lazy("Ke status"), value=lambda event: line_of(event).state),
        Column("note", gettext_lazy("Catatan")),
        Column(
            "changes",
            gettext_lazy("Perubahan"),
            value=lambda event: json.dumps(event.changes, ensure_ascii=False),
            render=_changes,
        ),
    ],
    filters=[
        Choice("subject", gettext_lazy("Jenis berkas"), choices=_kinds),
        SearchBy("actor", readings.events_by, label=gettext_lazy("Pelaku")),
        DateRange("at", gettext_lazy("Waktu"), instants=True),
    ],
    default_sort="-at",
    empty=gettext_lazy("Belum ada yang terjadi."),
)


@page
def trail(request: PageRequest) -> HttpResponseBase:
    if not request.person.holds(Permission.AUDIT_VIEW):
        raise Http404
    return TRAIL.respond(request, readings.events(request.person), title=_("Jejak audit"))
