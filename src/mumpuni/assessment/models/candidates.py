"""Candidates (asesi) in a session: application, self-assessment, evidence, decision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Individual
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.assessment.models.sessions import Session, SessionAssignment
from mumpuni.kernel.models import StateField
from mumpuni.licensing.models import Affiliation
from mumpuni.schemes.models import SchemeUnit, UnitElement


class Outcome(models.TextChoices):
    """K or BK: never a mark."""

    COMPETENT = "K", _("Kompeten")
    NOT_YET_COMPETENT = "BK", _("Belum kompeten")


class Candidate(OwnedRecord):
    """A person's attempt at a scheme in a session. Another attempt is another candidate."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        RETURNED = "returned", _("Perlu perbaikan")
        ADMITTED = "admitted", _("Diterima")
        RECOMMENDED = "recommended", _("Direkomendasikan")
        COMPETENT = "competent", _("Kompeten")
        NOT_YET_COMPETENT = "not_yet_competent", _("Belum kompeten")
        ABSENT = "absent", _("Tidak hadir")
        WITHDRAWN = "withdrawn", _("Mengundurkan diri")

    class Purpose(models.TextChoices):
        """Purposes in FR.APL.01 of MUK 2023."""

        CERTIFICATION = "certification", _("Sertifikasi")
        RECERTIFICATION = "recertification", _("Sertifikasi ulang")
        TRAINING_RECOGNITION = "training_recognition", _("Pengakuan kompetensi terkini (PKT)")
        PRIOR_LEARNING = "prior_learning", _("Rekognisi pembelajaran lampau (RPL)")
        OTHER = "other", _("Lainnya")

    SETTLED: ClassVar = frozenset(
        {State.COMPETENT, State.NOT_YET_COMPETENT, State.ABSENT, State.WITHDRAWN}
    )
    PLACEABLE: ClassVar = frozenset({State.SUBMITTED, State.ADMITTED})
    AWAY: ClassVar = frozenset({State.ABSENT, State.WITHDRAWN})
    EDITABLE: ClassVar = ("purpose", "affiliation", "education", "occupation", "evidence")
    owners = ("session__organisation_id",)
    personal: ClassVar = {
        Permission.CANDIDATE_APPLY: "individual__user_id",
        Permission.CANDIDATE_ASSESS: "assignment__assessor__individual__user_id",
    }
    view_permission = Permission.CANDIDATE_VIEW

    state = StateField(State)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("jadwal")
    )
    individual = models.ForeignKey(
        Individual, on_delete=models.PROTECT, related_name="candidacies", verbose_name=_("asesi")
    )
    assignment = models.ForeignKey(
        SessionAssignment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name=_("asesor"),
    )
    purpose = models.CharField(
        _("tujuan asesmen"), max_length=24, choices=Purpose, default=Purpose.CERTIFICATION
    )
    affiliation = models.CharField(
        _("hubungan dengan LSP"), max_length=16, choices=Affiliation, default=Affiliation.NONE
    )
    education = models.CharField(_("pendidikan terakhir"), max_length=120, blank=True)
    occupation = models.CharField(_("pekerjaan atau sekolah"), max_length=200, blank=True)
    evidence = models.TextField(
        _("bukti persyaratan dasar"),
        max_length=5000,
        blank=True,
        help_text=_("Sebutkan ijazah, pengalaman, atau portofolio yang disertakan."),
    )
    recommendation = models.CharField(
        _("rekomendasi asesor"), max_length=2, choices=Outcome, blank=True, editable=False
    )
    recommended_at = models.DateTimeField(_("direkomendasikan"), null=True, editable=False)
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)
    decision_note = models.TextField(_("catatan keputusan"), blank=True, editable=False)

    objects = OwnedQuerySet["Candidate"].as_manager()

    class Meta:
        verbose_name = _("asesi")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "individual"],
                name="candidate_once_per_session",
                violation_error_message=_("Orang ini sudah terdaftar pada jadwal ini."),
            ),
            models.CheckConstraint(
                name="candidate_recommended_has_facts",
                condition=~Q(state="recommended")
                | (~Q(recommendation="") & Q(recommended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="candidate_decided_has_instant",
                condition=~Q(state__in=["competent", "not_yet_competent"])
                | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.individual.name

    def get_absolute_url(self) -> str:
        return reverse("assessment:candidate", args=[self.pk])


class SelfAssessment(models.Model):
    """What the candidate says of one element (FR.APL.02)."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="self_assessments"
    )
    element = models.ForeignKey(UnitElement, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("penilaian diri"), max_length=2, choices=Outcome)
    evidence = models.CharField(_("bukti"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "element"], name="self_assessment_once_per_element"
            )
        ]

    def __str__(self) -> str:
        return f"{self.element}: {self.outcome}"


class UnitResult(models.Model):
    """What the assessor found on one unit, with the evidence it rests on (FR.AK.02)."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="unit_results")
    scheme_unit = models.ForeignKey(SchemeUnit, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("hasil"), max_length=2, choices=Outcome)
    evidence = models.TextField(_("catatan bukti"), blank=True)
    recorded_at = models.DateTimeField(_("dicatat"), auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "scheme_unit"], name="unit_result_once_per_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme_unit}: {self.outcome}"
