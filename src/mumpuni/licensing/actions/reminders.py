"""Telling bodies that their licences end."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.models import Membership, User
from mumpuni.access.roles import Role
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.time import legal_day
from mumpuni.licensing import queries
from mumpuni.licensing.models import EndingReminder, Licence

DAYS = gettext_lazy("hari")
REMINDERS = (
    Policy(
        name="licensing.reminder_first",
        label=gettext_lazy("Pengingat pertama sebelum lisensi berakhir"),
        unit=DAYS,
        default=180,
        source="rancangan",
    ),
    Policy(
        name="licensing.reminder_second",
        label=gettext_lazy("Pengingat kedua sebelum lisensi berakhir"),
        unit=DAYS,
        default=90,
        source="rancangan",
    ),
    Policy(
        name="licensing.reminder_last",
        label=gettext_lazy("Pengingat terakhir sebelum lisensi berakhir"),
        unit=DAYS,
        default=30,
        source="rancangan",
    ),
)


def to_remind(on: date) -> list[tuple[int, int]]:
    """Return the keys of licences of which a body is to be told, each with the nearest threshold."""
    due: dict[int, int] = {}
    for days in sorted((policy.on(on) for policy in REMINDERS), reverse=True):
        due |= dict.fromkeys(
            queries.licences_to_remind(on, days).values_list("pk", flat=True), days
        )
    return list(due.items())


def remind(licence_id: int, days: int, *, at: datetime) -> None:
    """Mail the administrators of a body once for a threshold of its last term."""
    with transaction.atomic():
        licence = Licence.objects.select_for_update().get(pk=licence_id)
        _told, is_first = EndingReminder.objects.get_or_create(
            licence=licence,
            valid_until=licence.last_day,
            days=days,
            defaults={"told_at": at},
        )
        if is_first:
            for user in _administrators(licence, legal_day(at)):
                _mail(user, licence)


def _administrators(licence: Licence, on: date) -> list[User]:
    held = Membership.objects.in_force(on).filter(
        organisation=licence.organisation_id, role=Role.BODY_ADMIN
    )
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True))


def _mail(user: User, licence: Licence) -> None:
    with translation.override(user.language):
        context = {
            "user": user,
            "licence": licence,
            "last_day": licence.last_day,
            "address": urljoin(settings.PUBLIC_URL, reverse("licensing:apply")),
        }
        send_mail(
            _("Lisensi %s segera berakhir") % licence.number,
            render_to_string("licensing/ending.txt", context),
            None,
            [user.email],
        )
