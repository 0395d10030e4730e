"""The components of every page; `/styleguide/` shows each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.forms import BaseFormSet
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mumpuni.web.beside import BESIDE
from mumpuni.web.tables.columns import text
from mumpuni.web.tables.table import Cell
from mumpuni.web.tones import badge_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from django.forms import BaseForm, BoundField
    from django.template.context import Context

    from mumpuni.kernel.models import Progress, Record
    from mumpuni.kernel.queries import HistoryLine
    from mumpuni.kernel.workflow import Offer
    from mumpuni.web.charts import Chart
    from mumpuni.web.tables import Table

register = template.Library()


@register.simple_tag
def badge(label: object, state: str = "", tone: str = "") -> SafeString:
    """A word in the tone of a state: {% badge "Berlaku" "active" %}."""
    return badge_html(label, state, tone)


@register.simple_tag
def state(record: Record) -> SafeString:
    """The state of a record as a badge: {% state licence %}."""
    return badge_html(record.get_state_display(), record.state)


@register.filter
def shown(value: object) -> str:
    """A value as the reader writes it; nothing is a dash: {{ licence.valid_until|shown }}."""
    return text(value)


@register.simple_block_tag
def breadcrumbs(content: str) -> SafeString:
    """The way up: {% breadcrumbs %}{% crumb "licensing:licences" label %}{% endbreadcrumbs %}."""
    return format_html(
        '<nav class="breadcrumbs" aria-label="{}"><ol>{}</ol></nav>', _("Jejak halaman"), content
    )


@register.simple_tag
def crumb(url: str, label: object, *args: object) -> SafeString:
    """One step of the way up; `url` is a URL name with its arguments, or an address."""
    address = url if url.startswith("/") else reverse(url, args=args)
    return format_html('<li><a href="{}">{}</a></li>', address, label)


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Links between the parts of a page: {% tabs label %}{% tab url label current %}{% endtabs %}."""
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label, content)


@register.simple_tag
def tab(url: str, label: object, current: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """One link of the tabs."""
    here = mark_safe(' aria-current="page"') if current else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, here, label)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """What is true of a record: {% facts %}{% fact label value %}{% endfacts %}."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(label: object, value: object, url: str = "") -> SafeString:
    """One line of the facts, with a link where `url` is given."""
    content: object = text(value) if not isinstance(value, SafeString) else value
    if url:
        content = format_html('<a href="{}">{}</a>', url, content)
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def longfact(content: str, label: object) -> SafeString:
    """A fact with markup of its own: {% longfact label %}…{% endlongfact %}."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """A row of figures: {% stats %}{% stat label value %}{% endstats %}."""
    return format_html('<dl class="stats">{}</dl>', content)


@register.simple_tag
def stat(label: object, value: object, note: object = "", url: str = "") -> SafeString:
    """One figure; with `url` it opens into the records behind it."""
    heading: object = format_html('<a href="{}">{}</a>', url, label) if url else label
    below = format_html('<dd class="note">{}</dd>', note) if note else ""
    return format_html("<div><dt>{}</dt><dd>{}</dd>{}</div>", heading, text(value), below)


@register.simple_block_tag
def notice(content: str, tone: str = "open", title: object = "") -> SafeString:
    """A box that says something: {% notice "warn" title %}…{% endnotice %}."""
    heading = format_html("<strong>{}</strong>", title) if title else ""
    return format_html('<div class="notice" data-tone="{}">{}{}</div>', tone, heading, content)


@register.simple_block_tag
def dialog(content: str, name: str, button: object, title: object) -> SafeString:
    """A button and the box it opens, without script: {% dialog "id" "Buka" "Judul" %}…."""
    return format_html(
        '<button type="button" class="quiet" popovertarget="{0}">{1}</button>'
        '<div popover class="dialog" id="{0}" role="dialog" aria-labelledby="{0}-title">'
        '<header><h2 id="{0}-title">{2}</h2><button type="button" class="close"'
        ' popovertarget="{0}" popovertargetaction="hide" aria-label="{4}"></button></header>'
        "{3}</div>",
        name,
        button,
        title,
        content,
        _("Tutup"),
    )


@register.inclusion_tag("web/components/empty.html")
def nothing(message: object, url: str = "", label: object = "") -> dict[str, object]:
    """What an empty list says, and what to do next: {% nothing message url label %}."""
    return {"message": message, "url": url, "label": label}


@register.simple_block_tag
def tasks(content: str, label: str) -> SafeString:
    """The parts of a long entry, each a page of its own: {% tasks label %}{% task … %}{% endtasks %}."""
    return format_html('<ol class="tasks" aria-label="{}">{}</ol>', label, content)


@register.simple_tag
def task(label: object, done: bool, url: str = "", why: object = "", code: str = "") -> SafeString:  # noqa: FBT001
    """One part, done or open; `why` says what is missing, `code` names the rule that asks for it."""
    heading: object = format_html('<a href="{}">{}</a>', url, label) if url else label
    below = format_html('<p class="why">{} {}</p>', why, _code(code)) if why else ""
    badge = badge_html(_("Lengkap"), tone="good") if done else badge_html(_("Belum"), tone="plain")
    return format_html('<li><p class="what">{} {}</p>{}</li>', heading, badge, below)


def _code(code: str) -> SafeString:
    return format_html("<code>{}</code>", code) if code else SafeString()


@register.simple_block_tag
def files(content: str) -> SafeString:
    """Documents that can be opened: {% files %}{% file label url size %}{% endfiles %}."""
    return format_html('<ul class="files">{}</ul>', content)


@register.simple_tag
def file(label: object, url: str, size: int | None = None, note: object = "") -> SafeString:
    """One document; `size` in bytes, `note` is a word or a badge about it."""
    bytes_ = format_html("<small>{}</small>", filesizeformat(size)) if size is not None else ""
    return format_html('<li><a href="{}">{}</a> {} {}</li>', url, label, bytes_, note)


@register.simple_block_tag
def doors(content: str) -> SafeString:
    """Ways into parts of the site: {% doors %}{% door label url note %}{% enddoors %}."""
    return format_html('<ul class="doors">{}</ul>', content)


@register.simple_tag
def door(label: object, url: str, note: object = "") -> SafeString:
    """One way in, with a sentence on what is behind it."""
    below = format_html("<p>{}</p>", note) if note else ""
    return format_html('<li><a href="{}">{}</a>{}</li>', url, label, below)


@register.simple_block_tag
def verdict(content: str, word: object, tone: str) -> SafeString:
    """An answer before its reasons: {% verdict "Berlaku" "good" %}<p>…</p>{% endverdict %}."""
    return format_html(
        '<section class="verdict" data-tone="{}"><h2>{}</h2>{}</section>', tone, word, content
    )


@register.inclusion_tag("web/components/searchbox.html")
def searchbox(  # noqa: PLR0913, PLR0917 - the parts of a search box
    url: str, name: str, label: object, value: str = "", hint: object = "", button: object = ""
) -> dict[str, object]:
    """One large box to look something up: {% searchbox url "q" label value hint button %}."""
    return {
        "url": url,
        "name": name,
        "label": label,
        "value": value,
        "hint": hint,
        "button": button,
    }


@register.inclusion_tag("web/components/plain_table.html")
def plain_table(table: Table, rows: Iterable[Any], title: object) -> dict[str, Any]:
    """A short table within a page, all rows, no filters: {% plain_table TABLE rows title %}."""
    lines = [[Cell(column, column.html(row)) for column in table.columns] for row in rows]
    return {"table": table, "lines": lines, "title": title}


@register.inclusion_tag("web/components/steps.html", takes_context=True)
def steps(context: Context, record: Record, offers: Sequence[Offer]) -> dict[str, Any]:
    """The steps one may take; closed ones say why and name the rule."""
    return {
        "record": record,
        "offers": offers,
        "base": record.get_absolute_url(),  # type: ignore[attr-defined] # a page's record has one
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def beside(context: Context, record: Record) -> SafeString:
    """What packages above show of a record, to whoever reads (`web/beside.py`): {% beside record %}."""
    person = context["request"].person
    told = (shows(record, person) for shows in BESIDE.get(record.subject, ()))
    return mark_safe("".join(render_to_string(*one) for one in told if one))  # noqa: S308 - templates escape


@register.inclusion_tag("web/components/timeline.html")
def timeline(history: Sequence[HistoryLine]) -> dict[str, Any]:
    """What happened to a record, newest first."""
    return {"history": history}


@register.inclusion_tag("web/components/progress.html", takes_context=True)
def progress(context: Context, job: Progress | None) -> dict[str, Any]:
    """How far long work is; asks for the page again every two seconds while it runs."""
    return {"job": job, "request": context.get("request")}


@register.inclusion_tag("web/components/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """A chart and its table."""
    return {"chart": chart}


@register.inclusion_tag("web/components/table.html", takes_context=True)
def data_table(context: Context, table: Any, title: object) -> dict[str, Any]:
    """A table made by `mumpuni.web.tables`, with filters, paging and downloads."""
    return {
        "table": table,
        "title": title,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """What is wrong with a form, each linked to its field; nothing while all is well."""
    if not isinstance(form, BaseFormSet):
        return {"problems": _problems(form)}
    problems = [{"target": "", "text": str(text)} for text in form.non_form_errors()]
    for number, row in enumerate(form.forms, start=1):
        place = _("Baris %d") % number
        problems += [{**one, "text": f"{place}: {one['text']}"} for one in _problems(row)]
    return {"problems": problems}


def _problems(form: BaseForm) -> list[dict[str, str]]:
    problems = [
        {"target": field.id_for_label or field.auto_id, "text": f"{field.label}: {error}"}
        for field in form.visible_fields()
        for error in field.errors
    ]
    return problems + [{"target": "", "text": str(text)} for text in form.non_field_errors()]


@register.filter
def fieldsets(form: BaseForm) -> list[tuple[object, list[BoundField]]]:
    """The visible fields by the form's `fieldsets` (legend, names), or all in one group."""
    declared = getattr(form, "fieldsets", None)
    if declared is None:
        return [("", form.visible_fields())]
    return [(legend, [form[name] for name in names]) for legend, names in declared]


@register.filter
def duration(value: timedelta) -> str:
    """A `timedelta` in words: 2 menit 5 detik."""
    seconds = max(0, round(value.total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("%(hours)d jam %(minutes)d menit") % {"hours": hours, "minutes": minutes}
    if minutes:
        return _("%(minutes)d menit %(seconds)d detik") % {"minutes": minutes, "seconds": seconds}
    return _("%d detik") % seconds


@register.filter
def kind(record: Record) -> str:
    """What a record is, as a heading says it: Permohonan lisensi."""
    name = str(record._meta.verbose_name)
    return name[:1].upper() + name[1:]
