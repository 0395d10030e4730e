"""Posts of the authority and who held them when, as its public report names them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mumpuni.reference.models.rows import ReferenceRow


class Post(ReferenceRow):
    """A post in the authority or its secretariat."""

    body = models.CharField(_("badan"), max_length=80)
    title = models.CharField(_("jabatan"), max_length=160)
    position = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="post_once_per_body")]

    def __str__(self) -> str:
        return f"{self.title}, {self.body}"


class OfficeHolding(ReferenceRow):
    """A public official in a post.

    The report gives months: the dates are the first and last day of them, empty where it tells
    none, and `printed_term` is its own wording.
    """

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("jabatan")
    )
    name = models.CharField(_("nama"), max_length=120)
    printed_term = models.CharField(_("masa tercetak"), max_length=80, blank=True)
    valid_from = models.DateField(_("mulai"), null=True)
    valid_until = models.DateField(_("sampai"), null=True)

    class Meta:
        ordering = ["post_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "name", "printed_term"], name="office_holding_once"
            ),
            models.CheckConstraint(
                name="office_holding_period",
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                violation_error_message=_("Masa jabatan berakhir sebelum dimulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.post})"
