"""One's own account: name, language, roles; for whom one acts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mumpuni.access import actions, queries
from mumpuni.access.session import act_for, choices
from mumpuni.portal.forms import AccountForm, IdentityForm
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page


@page
def account(request: PageRequest) -> HttpResponse:
    user = queries.account(request.person)
    context = {
        "title": _("Akun saya"),
        "user": user,
        "individual": queries.individual_of(request.person),
        "language": dict(settings.LANGUAGES)[user.language],
        "memberships": queries.memberships_of(user, timezone.localdate()),
    }
    return render(request, "access/account.html", context)


@page
def edit(request: PageRequest) -> HttpResponse:
    user = queries.account(request.person)
    form = AccountForm(request.POST or None, instance=user)
    back = reverse("access:account")

    def save(given: dict[str, str]) -> str:
        actions.update_account(user.pk, **given)
        return back

    response = answer_form(request, form, save, title=_("Ubah akun"), back=back)
    if form.is_bound and form.is_valid():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response


@page
def identity(request: PageRequest) -> HttpResponse:
    """Say which person on record one is, so that one's assignments and certificates are found."""
    form = IdentityForm(request.POST or None)
    back = reverse("access:account")

    def save(given: dict[str, str]) -> str:
        user = queries.account(request.person)
        actions.claim_individual(user.pk, given["document_kind"], given["document_number"])
        messages.success(request, _("Akun Anda terhubung dengan data Anda."))
        return back

    return answer_form(
        request, form, save, title=_("Hubungkan identitas"), submit=_("Hubungkan"), back=back
    )


@page
@require_POST
def switch(request: PageRequest) -> HttpResponse:
    """Act for another organisation from now on; begin at the desk, for the page may not exist there."""
    chosen = request.POST.get("organisation", "")
    if chosen and chosen not in map(str, choices(request)):
        raise Http404
    act_for(request, int(chosen) if chosen else None)
    return redirect("portal:desk")
