"""Cases in which the authority warns a body, freezes or revokes its licence, or lifts a freeze."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import Event, StateField
from mumpuni.licensing.models import Licence, Sanction
from mumpuni.licensing.models.sanctions import LONGEST_FREEZE_MONTHS
from mumpuni.oversight.models.blast import Affected, Group, affected
from mumpuni.oversight.models.liftings import Remaining, remaining
from mumpuni.plenary.models import AgendaItem

LONGEST_TEXT = 20_000
PROPOSING = ("begin", "to_review")


class SanctionCaseQuerySet(OwnedQuerySet["SanctionCase"]):
    def told(self) -> Self:
        """Keep those that the body was told of: it was heard, or the decree was passed."""
        return self.filter(~Q(heard_from=None) | Q(state=SanctionCase.State.DECREED))

    def public(self) -> Self:
        """Keep what everybody may know: decrees that freeze, revoke or lift."""
        return self.filter(state=SanctionCase.State.DECREED).exclude(kind=SanctionCase.Kind.WARNING)


class SanctionCase(OwnedRecord):
    """A case about a licence, from the proposal to the decree; a lifting is a case of its own.

    `sanction` is what the decree imposed, or what a lifting is to end.
    """

    class Kind(models.TextChoices):
        WARNING = "warning", _("Peringatan")
        FREEZE = "freeze", _("Pembekuan")
        REVOCATION = "revocation", _("Pencabutan")
        LIFTING = "lifting", _("Pencairan")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Usulan")
        REVIEW = "review", _("Telaah hukum")
        HEARING = "hearing", _("Tanggapan LSP")
        PLENARY = "plenary", _("Pleno")
        DECREED = "decreed", _("SK ditetapkan")
        DROPPED = "dropped", _("Tidak dilanjutkan")

    class Ground(models.TextChoices):
        """PP 10/2018 article 10: the body is inactive, or broke the rules gravely."""

        INACTIVE = "inactive", _("Tidak aktif melaksanakan sertifikasi")
        GRAVE_BREACH = "grave_breach", _("Pelanggaran berat")
        MISPRINT = "misprint", _("Kesalahan pencetakan sertifikat")
        STANDARD = "standard", _("Tidak memenuhi standar BNSP")
        REMEDIED = "remedied", _("Pelanggaran sudah diperbaiki")
        OTHER = "other", _("Lainnya")

    PROPOSAL: ClassVar = ("ground", "reason", "months")
    OPINION: ClassVar = ("opinion", "urgency")
    DECREE: ClassVar = ("decree_number", "effective_on", "early_reason")
    CHANGES: ClassVar = {"rulings": _("putusan atas yang terdampak")}
    view_permission = Permission.SANCTION_VIEW

    state = StateField(State)
    kind = models.CharField(_("jenis perkara"), max_length=16, choices=Kind)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="sanction_cases",
        verbose_name=_("LSP"),
    )
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, related_name="cases", verbose_name=_("lisensi")
    )
    sanction = models.ForeignKey(
        Sanction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="cases",
        verbose_name=_("sanksi"),
    )
    ground = models.CharField(_("dasar"), max_length=16, choices=Ground, blank=True)
    reason = models.TextField(_("uraian alasan"), max_length=LONGEST_TEXT, blank=True)
    months = models.PositiveSmallIntegerField(
        _("lama (bulan)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_FREEZE_MONTHS)],
        help_text=_("Untuk pembekuan. Pembekuan berakhir hanya dengan keputusan pencairan."),
    )
    opinion = models.TextField(_("telaah hukum"), max_length=LONGEST_TEXT, blank=True)
    urgency = models.TextField(
        _("alasan mendesak"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("Diisi hanya jika LSP tidak dapat didengar lebih dahulu."),
    )
    heard_from = models.DateField(_("tanggapan diminta"), null=True, editable=False)
    answer = models.TextField(_("tanggapan LSP"), max_length=LONGEST_TEXT, blank=True)
    decree_number = models.CharField(_("nomor SK"), max_length=64, blank=True)
    effective_on = models.DateField(_("berlaku mulai"), null=True, blank=True)
    early_reason = models.TextField(
        _("alasan berlaku mundur"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("Diisi hanya jika SK berlaku sebelum hari penetapannya."),
    )
    decreed_on = models.DateField(_("ditetapkan pada"), null=True, editable=False)
    simulated = models.BooleanField(_("data simulasi"), default=False, editable=False)

    objects = SanctionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("perkara sanksi")
        constraints = [
            models.CheckConstraint(
                name="sanction_case_decreed_has_decree",
                condition=~Q(state="decreed")
                | Q(decreed_on__isnull=False, effective_on__isnull=False, decree_number__gt=""),
            ),
            models.UniqueConstraint(
                fields=["licence"],
                condition=Q(state__in=["proposed", "review", "hearing", "plenary"]),
                name="sanction_case_one_open",
                violation_error_message=_("Masih ada perkara lain tentang lisensi ini."),
            ),
            models.UniqueConstraint(
                fields=["decree_number"],
                condition=Q(decree_number__gt=""),
                name="sanction_case_decree_once",
                violation_error_message=_("Nomor SK ini sudah dipakai perkara lain."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "effective_on"], name="sanction_case_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:case", args=[self.pk])

    @property
    def takes_obligations(self) -> bool:
        """Whether obligations may still be prepared with it: until its decree."""
        return self.state in {self.State.PROPOSED, self.State.REVIEW, self.State.HEARING}

    @property
    def touches_licence(self) -> bool:
        """Whether it takes something from the body: what is affected must be ruled on."""
        return self.kind in {self.Kind.FREEZE, self.Kind.REVOCATION}

    @cached_property
    def affected(self) -> list[Affected]:
        """What it would touch as things stand; one query, none where it touches nothing."""
        return affected(self.licence) if self.touches_licence else []

    @cached_property
    def remaining(self) -> Remaining | None:
        """What its freeze still waits for; one query, none where it lifts nothing."""
        if self.kind != self.Kind.LIFTING or self.sanction is None:
            return None
        return remaining(self.sanction, self.subject, self.organisation_id)

    @cached_property
    def ruled(self) -> dict[str, Ruling]:
        """What was ruled on, by group; one query, none where it touches nothing."""
        rulings = self.rulings.all() if self.touches_licence else []
        return {ruling.group: ruling for ruling in rulings}

    @cached_property
    def proposed_by(self) -> frozenset[str]:
        """The actors who wrote the proposal or sent it on; one query."""
        events = Event.objects.filter(subject=self.subject, subject_id=self.pk)
        return frozenset(events.filter(step__in=PROPOSING).values_list("actor", flat=True))

    @cached_property
    def newest_vote(self) -> AgendaItem | None:
        """The last vote that decided on it; one query for all the rules that ask."""
        return AgendaItem.objects.newest_decided(self, "sanction")


class Ruling(models.Model):
    """What becomes of a group that a freeze or revocation touches, and how many there were."""

    class Fate(models.TextChoices):
        FINISH = "finish", _("Diselesaikan")
        TRANSFER = "transfer", _("Dialihkan ke LSP lain")
        STOP = "stop", _("Dihentikan")
        KEEP = "keep", _("Tetap berlaku")

    case = models.ForeignKey(SanctionCase, on_delete=models.CASCADE, related_name="rulings")
    group = models.CharField(_("yang terdampak"), max_length=16, choices=Group)
    count = models.PositiveIntegerField(_("banyaknya"))
    fate = models.CharField(_("putusan"), max_length=16, choices=Fate)
    note = models.CharField(_("catatan"), max_length=500, blank=True)

    class Meta:
        ordering = ["case_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "group"], name="ruling_once")]

    def __str__(self) -> str:
        return f"{self.get_group_display()} ({self.count}): {self.get_fate_display()}"

    @classmethod
    def likeliest(cls, group: str) -> Ruling.Fate:
        """Return what is proposed for a group: nothing new begins, nobody's certificate ends."""
        match group:
            case Group.SESSIONS:
                return cls.Fate.STOP
            case Group.CERTIFICATES:
                return cls.Fate.KEEP
        return cls.Fate.FINISH
