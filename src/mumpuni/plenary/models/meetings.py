"""Meetings of the authority and who sits in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import User
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField


class Meeting(OwnedRecord):
    """A meeting that decides by vote; no organisation sees it but the authority."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Pleno BNSP")
        APPEAL = "appeal", _("Komite banding")

    class State(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        OPEN = "open", _("Berlangsung")
        CLOSED = "closed", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")

    EDITABLE: ClassVar = ("kind", "held_on", "place", "chair")
    CHANGES: ClassVar = {
        "members": _("anggota sidang"),
        "presence": _("kehadiran"),
        "agenda": _("agenda"),
    }
    owners = ()
    view_permission = Permission.MEETING_VIEW

    state = StateField(State)
    kind = models.CharField(_("jenis sidang"), max_length=16, choices=Kind, default=Kind.PLENARY)
    number = models.CharField(
        _("nomor sidang"), max_length=64, unique=True, null=True, blank=True, editable=False
    )
    held_on = models.DateField(_("hari sidang"), db_index=True)
    place = models.CharField(_("tempat"), max_length=200)
    chair = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("pimpinan sidang")
    )
    minutes_note = models.TextField(
        _("catatan risalah"), max_length=20_000, blank=True, help_text=_("Dimuat dalam risalah.")
    )
    opened_at = models.DateTimeField(_("dibuka"), null=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup"), null=True, editable=False)

    objects = OwnedQuerySet["Meeting"].as_manager()

    class Meta:
        verbose_name = _("sidang")
        constraints = [
            models.CheckConstraint(
                name="meeting_opened_has_number_and_time",
                condition=Q(state__in=["planned", "cancelled"])
                | Q(number__isnull=False, opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_closed_has_time",
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.get_kind_display()} {date_format(self.held_on)}"
        return f"{name} · {self.number}" if self.number else name

    def get_absolute_url(self) -> str:
        return reverse("plenary:meeting", args=[self.pk])

    @property
    def present(self) -> list[Member]:
        """The members who are there."""
        return [member for member in self.members.all() if member.present]


class Member(models.Model):
    """Somebody's seat in a meeting, and whether they came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(_("hadir"), default=False)

    class Meta:
        ordering = ["meeting_id", "user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="meeting_member_once")
        ]

    def __str__(self) -> str:
        return str(self.user)
