"""What every record has, and the kernel's own tables: events, numbers, policies, progress."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mumpuni.kernel.workflow import Text, Workflow


LONGEST_TITLE = 300


class StateField(models.CharField):  # type: ignore[type-arg] # at runtime fields take none
    """The state of a record: its choices are the model's `State`, it begins at the first."""

    def __init__(self, states: type[models.TextChoices] | None = None, **options: Any) -> None:
        if states is not None:
            options.setdefault("choices", states.choices)
            options.setdefault("default", states.values[0])
        options.setdefault("verbose_name", _("status"))
        options.setdefault("max_length", 32)
        options.setdefault("editable", False)
        options.setdefault("db_index", True)
        super().__init__(**options)


class Record(models.Model):
    """A record with a life: its state is moved by steps only."""

    State: ClassVar[type[models.TextChoices]]
    workflow: ClassVar[Workflow[Any]]
    EDITABLE: ClassVar[tuple[str, ...]] = ()
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset()
    # what the trail names that is no field of the record: a label, or the field of a part
    CHANGES: ClassVar[Mapping[str, Text | models.Field[Any, Any]]] = {}

    state: models.CharField[str, str]
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """What the audit trail calls this kind of record, as `licensing.licence`."""
        return self._meta.label_lower

    def get_state_display(self) -> str:
        """Return the state in the reader's language."""
        return str(self.State(self.state).label)


class AttachedQuerySet[A: Attached](models.QuerySet[A]):
    def about(self, *records: Record) -> Self:
        """Keep what belongs to records of one kind."""
        kind = records[0].subject
        return self.filter(case_kind=kind, case_id__in=[record.pk for record in records])


class Attached(models.Model):
    """What belongs to a record of any kind, its case, named by label and key without a foreign key."""

    case_kind = models.CharField(max_length=64)
    case_id = models.BigIntegerField()

    class Meta:
        abstract = True

    @property
    def case(self) -> Record | None:
        """The record it belongs to; one query."""
        kind: Any = apps.get_model(self.case_kind)
        found: Record | None = kind._base_manager.filter(pk=self.case_id).first()
        return found


class Event(models.Model):
    """One line of the audit trail: who did what to which record, and what it changed.

    Names its subject by label and key, without a foreign key, so that the trail neither holds up
    nor loses live records. The database refuses to change or delete a row.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    organisation_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    step = models.CharField(max_length=64)
    label = models.CharField(max_length=120)
    before = models.CharField(max_length=32, blank=True)
    after = models.CharField(max_length=32)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id", "at"], name="event_of_record"),
            models.Index(fields=["actor", "at"], name="event_of_actor"),
            models.Index(fields=["at"], name="event_by_time"),
            GinIndex(OpClass(Upper("actor_name"), name="gin_trgm_ops"), name="event_names"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}: {self.step}"


class NumberSeries(models.Model):
    """The last number taken of each series."""

    name = models.CharField(max_length=120, primary_key=True)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class Tally(models.Model):
    """How often something was done in a span of time that ends; forgotten soon after."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class PolicyValue(Record):
    """The value of a policy from a day on, with the text that sets it; withdrawn it never holds."""

    class State(models.TextChoices):
        SET = "set", _("Ditetapkan")
        WITHDRAWN = "withdrawn", _("Ditarik")

    state = StateField(State)
    name = models.CharField(_("kebijakan"), max_length=120)
    valid_from = models.DateField(_("berlaku mulai"))
    value = models.IntegerField(_("nilai"))
    source = models.CharField(_("sumber"), max_length=300)
    entered_by = models.CharField(_("dimasukkan oleh"), max_length=200)

    class Meta:
        verbose_name = _("nilai kebijakan")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                condition=models.Q(state="set"),
                name="policy_value_once_per_day",
                violation_error_message=_("Kebijakan ini sudah punya nilai mulai hari itu."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value} ({self.valid_from})"

    def get_absolute_url(self) -> str:
        return reverse("access:policy-value", args=[self.pk])


class TaskQuerySet(AttachedQuerySet["Task"]):
    def open(self) -> TaskQuerySet:
        """Keep what still waits."""
        return self.filter(state=Task.State.OPEN)


class Task(Attached, Record):
    """That a record waits for somebody in a state: opened and closed as it moves (K-03).

    `organisation_id` is the organisation whose turn it is, None for the authority; `assignee_id` the
    user who was asked to see to it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Terbuka")
        CLOSED = "closed", _("Selesai")

    state = StateField(State, db_index=False)
    title = models.CharField(_("perkara"), max_length=LONGEST_TITLE)
    waits_in = models.CharField(max_length=32)
    permission = models.CharField(max_length=64)
    organisation_id = models.BigIntegerField(null=True, blank=True)
    assignee_id = models.BigIntegerField(_("petugas"), null=True, blank=True)
    opened_at = models.DateTimeField(_("sejak"))
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("tugas")
        constraints = [
            models.UniqueConstraint(
                fields=["case_kind", "case_id"],
                condition=models.Q(state="open"),
                name="task_one_open",
            )
        ]
        indexes = [
            models.Index(
                fields=["permission", "due_on"],
                condition=models.Q(state="open"),
                name="task_of_permission",
            ),
            models.Index(
                fields=["organisation_id", "due_on"],
                condition=models.Q(state="open"),
                name="task_of_organisation",
            ),
            models.Index(
                fields=["assignee_id", "due_on"],
                condition=models.Q(state="open"),
                name="task_of_assignee",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("casework:task", args=[self.pk])

    @property
    def turn(self) -> Text:
        """What is waited for, in the reader's language."""
        kind: Any = apps.get_model(self.case_kind)
        text: Text = kind.workflow.waits[self.waits_in].label
        return text


class Progress(models.Model):
    """How far a long piece of work is; written by the job, read by the progress bar."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")

    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    state = StateField(State)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="progress_of_record")]

    def __str__(self) -> str:
        return f"{self.label}: {self.done}/{self.total}"

    @property
    def elapsed(self) -> timedelta:
        """Time since the work began; zero before that."""
        if self.started_at is None:
            return timedelta()
        return (self.finished_at or timezone.now()) - self.started_at

    @property
    def per_second(self) -> float:
        """Rows per second so far."""
        seconds = self.elapsed.total_seconds()
        return self.done / seconds if seconds else 0.0

    @property
    def remaining(self) -> timedelta | None:
        """Time left at the present rate, or None while no rate is known."""
        rate = self.per_second
        if not rate or self.state != self.State.RUNNING:
            return None
        return timedelta(seconds=(self.total - self.done - self.failed) / rate)
