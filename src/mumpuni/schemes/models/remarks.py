"""What verifiers remark on a scheme before they decide on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mumpuni.schemes.models.schemes import SchemeVersion
from mumpuni.schemes.models.standards import CompetencyUnit

LONGEST_REMARK = 2_000


class VerificationRemark(models.Model):
    """A verifier's remark on a unit of a version, or on the whole of it, and the author's answer.

    It names the unit itself, not its place in the scheme: the author may move it or take it out.
    """

    scheme_version = models.ForeignKey(
        SchemeVersion, on_delete=models.CASCADE, related_name="remarks"
    )
    unit = models.ForeignKey(
        CompetencyUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
    )
    text = models.TextField(_("catatan"), max_length=LONGEST_REMARK)
    written_at = models.DateTimeField(_("ditulis"))
    answer = models.TextField(_("jawaban"), max_length=LONGEST_REMARK, blank=True)
    answered_at = models.DateTimeField(_("dijawab"), null=True)

    class Meta:
        ordering = ["scheme_version_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="verification_remark_answered_has_time",
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.code}: {self.text}" if self.unit else self.text
