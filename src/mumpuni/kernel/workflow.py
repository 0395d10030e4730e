"""The life of a record, declared once: its steps, its edits, and the verbs that take them.

A `Step` moves a record and carries no data but a note; an `Edit` fills it and never moves it.
Every verb checks the actor, writes one audit event per record and commits both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel import jobs
from mumpuni.kernel.copying import copy_records, insert_alike
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused, WrongState
from mumpuni.kernel.models import LONGEST_TITLE, Event, Record, Task
from mumpuni.kernel.time import legal_day

type Text = str | Promise
type Changes = Mapping[str, Any]

BEGIN, AMEND = "begin", "amend"
LABELS: Mapping[str, Text] = {BEGIN: gettext_lazy("Dibuat"), AMEND: gettext_lazy("Diubah")}
HIDDEN = "•••"
LONGEST_NOTE = 5_000


class Actor(Protocol):
    """Whoever acts: a signed-in person, a program with a token, the system itself."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def organisation_id(self) -> int | None: ...
    def can(self, permission: str, record: Record) -> bool: ...


@dataclass(frozen=True)
class Attempt:
    """Who tries to take a step, when, and what they say about it."""

    actor: Actor
    at: datetime
    note: str = ""

    def __post_init__(self) -> None:
        """K-02: a note is a text that the trail can hold."""
        if len(self.note) > LONGEST_NOTE or "\0" in self.note:
            raise Invalid(
                _("Catatan paling panjang %d huruf, tanpa karakter nol.") % LONGEST_NOTE,
                code="K-02",
            )

    @property
    def on(self) -> date:
        """The legal day of the attempt."""
        return legal_day(self.at)


@dataclass(frozen=True)
class Branch[R: Record]:
    """A target that the record itself chooses among states, before the step has any effect."""

    states: tuple[str, ...]
    choose: Callable[[R], str]


@dataclass(frozen=True, kw_only=True)
class Step[R: Record]:
    """One arrow of the state machine, with everything that hangs on it.

    `effects` change the locked record; `together` does what must be done once for all records of
    a batch, such as taking numbers. Both run before the single save.
    """

    name: str
    label: Text
    source: frozenset[str]
    target: str | Branch[R]
    permission: str
    rules: tuple[Callable[[R, Attempt], None], ...] = ()
    effects: tuple[Callable[[R, Attempt], None], ...] = ()
    together: tuple[Callable[[Sequence[R], Attempt], None], ...] = ()
    jobs: tuple[jobs.Job, ...] = ()
    needs_note: bool = False
    danger: bool = False
    confirmation: Text = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """Every state to which the step may lead."""
        return self.target.states if isinstance(self.target, Branch) else (self.target,)

    def leads_to(self, record: R) -> str:
        """Return the state to which the step leads a record."""
        return self.target.choose(record) if isinstance(self.target, Branch) else self.target

    def check(self, record: R, attempt: Attempt) -> None:
        """Refuse unless the actor may, the state fits and every rule agrees."""
        if not attempt.actor.can(self.permission, record):
            raise NotPermitted(_("Anda tidak berwenang melakukan langkah ini."))
        if record.state not in self.source:
            raise WrongState(
                _("Langkah “%(step)s” tidak dapat diambil dari status “%(state)s”.")
                % {"step": self.label, "state": record.get_state_display()}
            )
        for rule in self.rules:
            rule(record, attempt)

    def check_note(self, attempt: Attempt) -> None:
        """K-01: a step that asks for a reason is not taken without one."""
        if self.needs_note and not attempt.note.strip():
            raise Refused(_("Tuliskan alasannya pada kolom catatan."), code="K-01")


@dataclass(frozen=True, kw_only=True)
class Edit[R: Record]:
    """Which fields or parts of a record someone may fill in, and while it is in which states.

    `rules` see the record as it was before the change.
    """

    name: str
    permission: str
    while_in: frozenset[str]
    fields: tuple[str, ...] = ()
    rules: tuple[Callable[[R, Attempt], None], ...] = ()

    def check(self, record: R, attempt: Attempt) -> None:
        """Refuse unless the actor may, the state fits and every rule agrees."""
        if not attempt.actor.can(self.permission, record):
            raise NotPermitted(_("Anda tidak berwenang mengubah ini."))
        if record.state not in self.while_in:
            raise WrongState(
                _("Tidak dapat diubah dalam status “%s”.") % record.get_state_display(),
                code="closed-for-edits",
            )
        for rule in self.rules:
            rule(record, attempt)


def the_authority(_record: Record) -> int | None:
    """Nobody but the authority has a turn."""
    return None


def whenever(_record: Record, _since: date) -> date | None:
    """There is no last day."""
    return None


@dataclass(frozen=True, kw_only=True)
class Wait[R: Record]:
    """Whose turn it is while a record is in a state, until when, and what follows after that.

    `of` tells the organisation whose turn it is, `due` the last day when the state began on a day;
    `lapses_by` names the step that the system takes after it.
    """

    label: Text
    permission: str
    of: Callable[[R], int | None] = the_authority
    due: Callable[[R, date], date | None] = whenever
    lapses_by: str = ""


@dataclass(frozen=True)
class Offer:
    """A step the actor may take from here, or the reason why it is closed for now."""

    step: Step[Any]
    refusal: Refused | None


@dataclass(frozen=True)
class Outcome:
    """What became of a bulk step: an event per record that moved, a refusal per one that did not."""

    events: list[Event]
    refusals: dict[int, Refused]


@dataclass(frozen=True, kw_only=True)
class Workflow[R: Record]:
    """All steps and edits of one kind of record; `reads` names the relations its rules follow.

    `waits` tells of states whose turn it is there: a task of them stands open meanwhile (K-03).
    """

    steps: tuple[Step[R], ...]
    begun_by: str
    edits: tuple[Edit[R], ...] = ()
    begin_rules: tuple[Callable[[R, Attempt], None], ...] = ()
    reads: tuple[str, ...] = ()
    prefetches: tuple[str, ...] = ()
    waits: Mapping[str, Wait[R]] = field(default_factory=dict)
    _by_name: dict[str, Step[R]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({step.name: step for step in self.steps})
        if len(self._by_name) != len(self.steps):
            raise ValueError("two steps share a name")

    def __getitem__(self, name: str) -> Step[R]:
        try:
            return self._by_name[name]
        except KeyError:
            raise Refused(_("Langkah ini tidak dikenal."), code="unknown-step") from None


REACTIONS: dict[tuple[str, str], tuple[jobs.Job, ...]] = {}
"""What a step sets off in packages above its own: `config/reactions.py` fills it."""


@transaction.atomic
def begin[R: Record](record: R, actor: Actor, *, at: datetime, note: str = "") -> Event:
    """Save a new record in its first state.

    Raises:
        Refused: the actor may not, a rule refuses, or a field or constraint is broken (`Invalid`).
    """
    attempt = Attempt(actor, at, note)
    _check_begin(record, attempt)
    _validate(record)
    _save(record)
    event = _event(record, BEGIN, LABELS[BEGIN], attempt, after=record.state)
    event.save()
    _take_turns([record], [""], attempt)
    _queue(event, [event.pk])
    return event


@transaction.atomic
def begin_all[R: Record](
    records: Sequence[R], actor: Actor, *, at: datetime, note: str = ""
) -> None:
    """Save many new records with four statements; the caller has validated their fields."""
    attempt = Attempt(actor, at, note)
    for record in records:
        _check_begin(record, attempt)
    if not records:
        return
    copy_records(records)
    _tell_of_beginnings(records[0], [(record.pk, record.state) for record in records], attempt)
    _take_turns(records, [""] * len(records), attempt)


@transaction.atomic
def begin_alike[R: Record](
    pattern: R, fields: Sequence[str], rows: Sequence[Sequence[Any]], actor: Actor, *, at: datetime
) -> list[int]:
    """Save new records that differ in a few fields only, far faster; return their keys.

    The pattern takes on the values of one row after the other, and the rules see it as each of the
    records. They begin in a state in which nobody's turn is.
    """
    attempt = Attempt(actor, at)
    assert pattern.state not in pattern.workflow.waits
    column_of = {one.name: one.attname for one in pattern._meta.concrete_fields}
    columns = [column_of.get(name, name) for name in fields]
    kept: list[list[Any]] = []
    for row in rows:
        for name, value in zip(fields, row, strict=True):
            setattr(pattern, name, value)
        _check_begin(pattern, attempt)
        kept.append([getattr(pattern, column) for column in columns])
    keys = insert_alike(pattern, columns, kept)
    _tell_of_beginnings(pattern, [(key, pattern.state) for key in keys], attempt)
    return keys


@transaction.atomic
def amend(record: Record, values: Mapping[str, Any], actor: Actor, *, at: datetime) -> Event | None:
    """Fill in fields of a record; None when nothing changed.

    Raises:
        Refused: a field is closed to this actor in this state, or the values do not fit (`Invalid`).
    """
    attempt = Attempt(actor, at)
    locked = _lock(record)
    for name in values:
        _check_edit(locked, attempt, [e for e in locked.workflow.edits if name in e.fields])
    before = {name: getattr(locked, name) for name in values}
    for name, value in values.items():
        setattr(locked, name, value)
    changes = {
        name: _difference(locked, name, before[name], getattr(locked, name))
        for name in values
        if before[name] != getattr(locked, name)
    }
    if not changes:
        return None
    _validate(locked)
    _save(locked)
    _mirror(record, locked)
    event = _event(locked, AMEND, LABELS[AMEND], attempt, after=locked.state, changes=changes)
    event.save()
    return event


@transaction.atomic
def amend_parts[R: Record](
    record: R, edit_name: str, change: Callable[[R], Changes], actor: Actor, *, at: datetime
) -> Event | None:
    """Change the rows that belong to a record, under its lock; None when nothing changed.

    `change` writes the parts and returns what it changed, as the audit trail shall show it.
    """
    attempt = Attempt(actor, at)
    locked = _lock(record)
    _check_edit(locked, attempt, [e for e in locked.workflow.edits if e.name == edit_name])
    changes = change(locked)
    if not changes:
        return None
    event = _event(locked, AMEND, LABELS[AMEND], attempt, after=locked.state, changes=changes)
    event.save()
    return event


@transaction.atomic
def perform[R: Record](
    record: R, name: str, actor: Actor, *, at: datetime, note: str = ""
) -> Event:
    """Take the step `name`: lock, check, record, move, queue what follows.

    Raises:
        Refused: with the rule's number; nothing was changed.
    """
    attempt = Attempt(actor, at, note)
    locked = _lock(record)
    step: Step[R] = locked.workflow[name]
    step.check(locked, attempt)
    step.check_note(attempt)
    event = _step_event(locked, step, attempt)
    event.save()
    _move([locked], step, attempt)
    _save(locked)
    _take_turns([locked], [event.before], attempt)
    _mirror(record, locked)
    _queue(event, [event.pk], step.jobs)
    return event


@transaction.atomic
def perform_all[R: Record](
    records: Iterable[R], name: str, actor: Actor, *, at: datetime, note: str = ""
) -> Outcome:
    """Take one step on many records of a kind with a fixed number of statements.

    Records that a rule refuses stay where they are and are named in the outcome; all others move,
    in one transaction. The fixed number holds as long as rules and effects follow only relations
    that the workflow `reads` or `prefetches`.
    """
    wanted = list(records)
    if not wanted:
        return Outcome([], {})
    attempt = Attempt(actor, at, note)
    step: Step[R] = wanted[0].workflow[name]
    step.check_note(attempt)
    moving: list[R] = []
    refusals: dict[int, Refused] = {}
    for locked in _lock_all(wanted):
        try:
            step.check(locked, attempt)
        except Refused as refused:
            refusals[locked.pk] = refused
        else:
            moving.append(locked)
    events = [_step_event(record, step, attempt) for record in moving]
    copy_records(events)
    before = [_values(record) for record in moving]
    _move(moving, step, attempt)
    _save_changed(moving, before)
    _take_turns(moving, [event.before for event in events], attempt)
    if events:
        _queue(events[0], [event.pk for event in events], step.jobs)
    return Outcome(events, refusals)


def offers(record: Record, actor: Actor, *, at: datetime) -> list[Offer]:
    """Return the steps the actor may take from the record's state; closed ones with the reason."""
    attempt = Attempt(actor, at)
    return [
        Offer(step, _refusal(step, record, attempt))
        for step in record.workflow.steps
        if record.state in step.source and actor.can(step.permission, record)
    ]


def permitted_edits(record: Record, actor: Actor, *, at: datetime) -> frozenset[str]:
    """Return the names of the edits open to the actor now."""
    attempt = Attempt(actor, at)
    return frozenset(
        edit.name for edit in record.workflow.edits if _refusal(edit, record, attempt) is None
    )


def check_begin(record: Record, actor: Actor, *, at: datetime) -> None:
    """Refuse as `begin` would before its fields are read: for a page that shows a form first."""
    _check_begin(record, Attempt(actor, at))


def check_edit(record: Record, name: str, actor: Actor, *, at: datetime) -> None:
    """Refuse as an edit would before it is filled in: for a page that shows a form first."""
    edits = [edit for edit in record.workflow.edits if edit.name == name]
    _check_edit(record, Attempt(actor, at), edits)


def _refusal(wanted: Step[Any] | Edit[Any], record: Record, attempt: Attempt) -> Refused | None:
    try:
        wanted.check(record, attempt)
    except Refused as refused:
        return refused
    return None


def _check_begin(record: Record, attempt: Attempt) -> None:
    if not attempt.actor.can(record.workflow.begun_by, record):
        raise NotPermitted(_("Anda tidak berwenang membuat ini."))
    for rule in record.workflow.begin_rules:
        rule(record, attempt)


def _check_edit(record: Record, attempt: Attempt, edits: Sequence[Edit[Any]]) -> None:
    """Let pass what one of the edits allows; else tell what comes nearest to allowing it."""
    refusals = [_refusal(edit, record, attempt) for edit in edits]
    if not edits:
        raise NotPermitted(_("Anda tidak berwenang mengubah ini."))
    if None not in refusals:
        raise min(filter(None, refusals), key=_distance)


def _distance(refused: Refused) -> int:
    """Order refusals: a rule may still be met, a state may come, a permission is not given."""
    return 2 * isinstance(refused, NotPermitted) + isinstance(refused, WrongState)


def _lock[R: Record](record: R) -> R:
    return next(iter(_lock_all([record])))


def _lock_all[R: Record](records: Sequence[R]) -> Iterator[R]:
    """Lock in the order of keys, so that two batches never wait for each other in a circle."""
    kind = type(records[0])
    flow = kind.workflow
    rows = kind._base_manager.filter(pk__in=[record.pk for record in records])
    if flow.reads:
        rows = rows.select_related(*flow.reads)
    return iter(
        rows.prefetch_related(*flow.prefetches).select_for_update(of=("self",)).order_by("pk")
    )


def _move[R: Record](records: Sequence[R], step: Step[R], attempt: Attempt) -> None:
    for record in records:
        record.state = step.leads_to(record)
        for effect in step.effects:
            effect(record, attempt)
    if records:
        for effect_on_all in step.together:
            effect_on_all(records, attempt)


def _take_turns[R: Record](records: Sequence[R], before: Sequence[str], attempt: Attempt) -> None:
    """K-03: close the tasks of the states that were left, and open those of the states that began."""
    moved = [record for record, state in zip(records, before, strict=True) if record.state != state]
    waits = moved[0].workflow.waits if moved else {}
    if not waits:
        return
    Task.objects.about(*moved).filter(state=Task.State.OPEN).update(
        state=Task.State.CLOSED, closed_at=attempt.at
    )
    copy_records(
        [_task(record, waits[record.state], attempt) for record in moved if record.state in waits]
    )


def _task[R: Record](record: R, wait: Wait[R], attempt: Attempt) -> Task:
    with translation.override("id"):
        title = str(record)[:LONGEST_TITLE]
    return Task(
        case_kind=record.subject,
        case_id=record.pk,
        title=title,
        waits_in=record.state,
        permission=wait.permission,
        organisation_id=wait.of(record),
        opened_at=attempt.at,
        due_on=wait.due(record, attempt.on),
    )


def _validate(record: Record) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        raise Invalid(
            " ".join(error.messages),
            fields={name: list(messages) for name, messages in error.message_dict.items()},
        ) from error


def _save(record: Record) -> None:
    """Save within a savepoint: what the database alone can see becomes a refusal too."""
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        raise Invalid(
            _("Data ini bertentangan dengan data yang sudah ada (%s).") % constraint,
            code="conflict",
        ) from error
    except DataError as error:
        raise Invalid(_("Isian ini memuat sesuatu yang tidak dapat disimpan.")) from error


def _save_changed[R: Record](records: Sequence[R], before: Sequence[Mapping[str, Any]]) -> None:
    changed = {
        name
        for record, old in zip(records, before, strict=True)
        for name, value in _values(record).items()
        if value != old[name]
    }
    if changed:
        type(records[0])._base_manager.bulk_update(records, sorted(changed), batch_size=1000)


def _values(record: Record) -> dict[str, Any]:
    return {
        column.name: getattr(record, column.attname)
        for column in record._meta.concrete_fields
        if not column.primary_key
    }


def _mirror(record: Record, locked: Record) -> None:
    for column in record._meta.concrete_fields:
        setattr(record, column.attname, getattr(locked, column.attname))


def _difference(record: Record, name: str, old: object, new: object) -> list[str]:
    if name in record.CONFIDENTIAL:
        return [HIDDEN, HIDDEN]
    return ["" if old is None else str(old), "" if new is None else str(new)]


def _step_event[R: Record](record: R, step: Step[R], attempt: Attempt) -> Event:
    after = step.leads_to(record)
    return _event(record, step.name, step.label, attempt, after=after, before=record.state)


def _event(  # noqa: PLR0913 - the columns of the trail
    record: Record,
    step: str,
    label: Text,
    attempt: Attempt,
    *,
    after: str,
    before: str = "",
    changes: Changes | None = None,
) -> Event:
    with translation.override("id"):
        label_written = str(label)
    return Event(
        at=attempt.at,
        actor=attempt.actor.key,
        actor_name=attempt.actor.name,
        organisation_id=attempt.actor.organisation_id,
        subject=record.subject,
        subject_id=record.pk,
        step=step,
        label=label_written,
        before=before,
        after=after,
        note=attempt.note.strip(),
        changes=dict(changes or {}),
    )


def _tell_of_beginnings(record: Record, begun: Sequence[tuple[int, str]], attempt: Attempt) -> None:
    """Write an event for each of the keys and first states of records that begin like one."""
    event = _event(record, BEGIN, LABELS[BEGIN], attempt, after=record.state)
    _queue(event, insert_alike(event, ["subject_id", "after"], begun))


def _queue(event: Event, keys: Sequence[int], own: tuple[jobs.Job, ...] = ()) -> None:
    """Queue what follows an event, or each of the events of these keys, which are like it."""
    reactions = REACTIONS.get((event.subject, event.step), ())
    for job in (*own, *reactions):
        jobs.enqueue_each(job, [{"event_id": key} for key in keys])
