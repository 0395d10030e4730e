"""What makes a function a page: `@page` for people who are signed in, `@public_page` for all."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control

from mumpuni.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from mumpuni.access.person import Person


class PageRequest(HttpRequest):
    """A request by somebody who is signed in."""

    person: Person


class PublicRequest(HttpRequest):
    """A request by anybody."""

    person: Person | None


def page[**P](
    view: Callable[Concatenate[PageRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only signed-in people in, and those who must have a second factor only with one.

    A refusal raised by the view becomes a page with its reason and the rule's number. No cache on the
    way keeps the answer, and a browser asks again before it shows it to whoever comes next.
    """

    @wraps(view)
    def guarded(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        if request.person.needs_mfa:
            return redirect("mfa_index")
        response = _answer(view, request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return guarded  # type: ignore[return-value] # PersonMiddleware makes every request one


def public_page[**P](
    view: Callable[Concatenate[PublicRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let everybody in; refusals become pages as with `page`."""

    @wraps(view)
    def guarded(request: PublicRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _answer(view, request, *args, **kwargs)

    return guarded  # type: ignore[return-value] # PersonMiddleware makes every request one


def _answer[R: HttpRequest, **P](
    view: Callable[Concatenate[R, P], HttpResponseBase],
    request: R,
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except Refused as refused:
        return render(request, "web/refused.html", {"refused": refused}, status=refused.status)
