"""Tokens: what programs sign in with."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from mumpuni.access import invitations, queries
from mumpuni.kernel.errors import Refused
from mumpuni.portal.forms import TokenForm
from mumpuni.web.forms import show_refusal
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Column, Table, badge

TOKENS = Table(
    columns=[
        Column("name", gettext_lazy("Nama"), sort="name", link=True),
        Column("organisation", gettext_lazy("Bertindak untuk"), sort="organisation__name"),
        Column("created_at", gettext_lazy("Dibuat"), sort="created_at"),
        Column("expires_at", gettext_lazy("Berlaku sampai"), sort="expires_at"),
        Column("state", gettext_lazy("Status"), render=badge),
    ],
    default_sort="-created_at",
    empty=gettext_lazy("Belum ada token. Token membuka API bagi program Anda."),
)


@page
def tokens(request: PageRequest) -> HttpResponseBase:
    context = {"action": reverse("access:token-make"), "action_label": _("Buat token")}
    rows = queries.tokens(request.person)
    return TOKENS.respond(request, rows, title=_("Token akses"), context=context)


@page
def token(request: PageRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(queries.tokens(request.person), pk=pk)
    return render(request, "access/token.html", record_page(request, record))


@never_cache
@page
def make(request: PageRequest) -> HttpResponse:
    """Ask what the token is for; answer with its secret, which is shown this once."""
    form = TokenForm(request.POST or None, person=request.person)
    context = {"title": _("Buat token"), "form": form, "back": reverse("access:tokens")}
    if form.is_valid():
        now = timezone.now()
        try:
            made, secret = invitations.create_token(
                form.cleaned_data["name"],
                form.cleaned_data["scopes"],
                expires_at=now + timedelta(days=form.cleaned_data["days"]),
                by=request.person,
                at=now,
            )
        except Refused as refused:
            context["refused"] = show_refusal(form, refused)
        else:
            return render(request, "access/token_made.html", {"record": made, "secret": secret})
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
