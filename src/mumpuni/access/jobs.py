"""Mail that follows a step."""

from __future__ import annotations

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mumpuni.access.models import Membership, User
from mumpuni.kernel.jobs import job
from mumpuni.kernel.models import Event


@job()
def send_invitation(event_id: int) -> None:
    """Tell somebody which role they were given; a new account gets the link to its password.

    Run again, the same mail comes again: the last link works as the first one did.
    """
    event = Event.objects.get(pk=event_id)
    membership = Membership.objects.select_related("user", "organisation").get(pk=event.subject_id)
    user = membership.user
    with translation.override(user.language):
        context = {
            "membership": membership,
            "giver": event.actor_name,
            "new": not user.has_usable_password(),
            "address": _address_for(user),
        }
        send_mail(
            _("Anda mendapat peran di %s") % membership.organisation,
            render_to_string("access/invitation.txt", context),
            None,
            [user.email],
        )


def _address_for(user: User) -> str:
    if user.has_usable_password():
        path = reverse("account_login")
    else:
        path = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(user),
                "key": default_token_generator.make_token(user),
            },
        )
    return urljoin(settings.PUBLIC_URL, path)
