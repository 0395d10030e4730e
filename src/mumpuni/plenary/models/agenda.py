"""What a meeting votes on, and the ballots."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import LONGEST_TITLE, Attached, AttachedQuerySet, Record, StateField
from mumpuni.kernel.workflow import Text
from mumpuni.plenary.models.meetings import Meeting
from mumpuni.plenary.models.questions import QUESTIONS


class AgendaItemQuerySet(AttachedQuerySet["AgendaItem"], OwnedQuerySet["AgendaItem"]):  # type: ignore[override] # as of visits
    def newest_decided(self, record: Record, question: str) -> AgendaItem | None:
        """Return the last vote that decided a question about a record; one query."""
        decided = self.about(record).filter(question=question, state=AgendaItem.State.DECIDED)
        return decided.select_related("meeting").order_by("-decided_at", "-pk").first()


class AgendaItem(Attached, OwnedRecord):
    """A question about a record that a meeting decides by vote.

    `organisation` is whom it concerns; it does not see the vote here, only what follows from it.
    """

    class State(models.TextChoices):
        LISTED = "listed", _("Diagendakan")
        DECIDED = "decided", _("Diputus")
        POSTPONED = "postponed", _("Ditunda")
        DROPPED = "dropped", _("Dicabut dari agenda")

    class Outcome(models.TextChoices):
        CARRIED = "carried", pgettext_lazy("vote", "Disetujui")
        REJECTED = "rejected", pgettext_lazy("vote", "Ditolak")

    CHANGES: ClassVar = {"ballot": _("suara")}
    owners = ()
    view_permission = Permission.MEETING_VIEW

    state = StateField(State)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="items", verbose_name=_("sidang")
    )
    question = models.CharField(_("pertanyaan"), max_length=40)
    title = models.CharField(_("perkara"), max_length=LONGEST_TITLE)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("lembaga"),
    )
    outcome = models.CharField(
        _("hasil suara"), max_length=16, choices=Outcome, blank=True, editable=False
    )
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("butir agenda")
        ordering = ["meeting_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_kind", "case_id", "question"],
                condition=Q(state="listed"),
                name="agenda_item_one_listed",
                violation_error_message=_("Perkara ini sudah ada dalam agenda."),
            ),
            models.CheckConstraint(
                name="agenda_item_decided_has_outcome",
                condition=Q(state="decided", decided_at__isnull=False, outcome__gt="")
                | (~Q(state="decided") & Q(decided_at__isnull=True, outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["case_kind", "case_id", "question"], name="agenda_item_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.asked} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plenary:item", args=[self.pk])

    @property
    def asked(self) -> Text:
        """The question in words."""
        return QUESTIONS[self.case_kind, self.question].label

    def ballot_of(self, key: str) -> Ballot | None:
        """Return the ballot of an actor, from those at hand."""
        cast = (ballot for ballot in self.ballots.all() if f"user:{ballot.user_id}" == key)
        return next(cast, None)

    @property
    def tally(self) -> dict[str, int]:
        """How many ballots there are of each choice, those without any too."""
        given = [ballot.choice for ballot in self.ballots.all()]
        return {choice: given.count(choice) for choice in Ballot.Choice.values}


class Ballot(models.Model):
    """One member's vote, or why they had none; the database refuses to change or delete it."""

    class Choice(models.TextChoices):
        YES = "yes", _("Setuju")
        NO = "no", pgettext_lazy("vote", "Tolak")
        ABSTAIN = "abstain", _("Abstain")
        EXCLUDED = "excluded", _("Tidak ikut")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="ballots")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(_("suara"), max_length=16, choices=Choice)
    reason = models.CharField(_("alasan"), max_length=1_000, blank=True)
    cast_at = models.DateTimeField(_("waktu"))

    class Meta:
        ordering = ["item_id", "user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "user"], name="ballot_once"),
            models.CheckConstraint(
                name="ballot_exclusion_has_reason",
                condition=~Q(choice="excluded") | Q(reason__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_choice_display()}"
