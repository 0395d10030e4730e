"""The life of every record: a diagram of its states and a table of its steps."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import groupby

from mumpuni.config.documentation import markdown, records
from mumpuni.kernel.models import Record
from mumpuni.kernel.workflow import BEGIN, REACTIONS, Step

INTRODUCTION = """\
# Workflows

The life of every kind of record, read from the `workflow.py` of each package. A diagram shows the
states and the steps between them; the table says which permission a step asks for, which numbered
rules may refuse it (their text is in [`docs/rules`](../rules)) and which jobs it queues. Who holds
which permission is in [permissions.md](permissions.md)."""
HEADINGS = ("Step", "From", "To", "Permission", "Rules", "Jobs")
NONE = "–"


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    for package, kinds in groupby(records.kinds(), lambda kind: kind._meta.app_label):
        parts += [f"## {package}", *(part for kind in kinds for part in _life(kind))]
    return markdown.document(*parts)


def _life(kind: type[Record]) -> Iterator[str]:
    yield f"### {kind.__name__}"
    yield inspect.cleandoc(kind.__doc__ or "")
    yield f"```mermaid\n{diagram(kind)}\n```"
    yield markdown.table(HEADINGS, _rows(kind))
    if edits := kind.workflow.edits:
        yield "What may be filled in, and while in which states:"
        yield markdown.table(
            ("Edit", "Fields", "While in", "Permission", "Rules"),
            (
                (
                    f"`{edit.name}`",
                    markdown.code(edit.fields) or "parts",
                    markdown.code(_in_order(kind, edit.while_in)),
                    f"`{edit.permission}`",
                    ", ".join(records.numbers(edit.rules)) or NONE,
                )
                for edit in edits
            ),
        )
    yield from _waits(kind)


def _waits(kind: type[Record]) -> Iterator[str]:
    if waits := kind.workflow.waits:
        yield "Whose turn it is, and what the system does when time is over:"
        yield markdown.table(
            ("State", "Turn", "Permission", "Lapses by"),
            (
                (
                    f"`{state}`",
                    markdown.both_languages(wait.label),
                    f"`{wait.permission}`",
                    f"`{wait.lapses_by}`" if wait.lapses_by else NONE,
                )
                for state, wait in waits.items()
            ),
        )


def diagram(kind: type[Record]) -> str:
    """Return a Mermaid state diagram; a state that no step leaves is an end."""
    states = _states(kind)
    steps = kind.workflow.steps
    left = {state for step in steps for state in step.source}
    lines = ["stateDiagram-v2"]
    lines += [f"    {state}: {label}" for state, label in states.items()]
    lines += [f"    [*] --> {next(iter(states))}"]
    lines += [
        f"    {source} --> {target}: {step.label}"
        for step in steps
        for target in step.targets
        for source in _in_order(kind, step.source)
    ]
    lines += [f"    {state} --> [*]" for state in states if state not in left]
    return "\n".join(lines)


def _rows(kind: type[Record]) -> Iterator[tuple[str, ...]]:
    flow = kind.workflow
    first = next(iter(_states(kind)))
    yield (
        f"`{BEGIN}`",
        NONE,
        f"`{first}`",
        f"`{flow.begun_by}`",
        ", ".join(records.numbers(flow.begin_rules)) or NONE,
        markdown.code(_reactions(kind, BEGIN)) or NONE,
    )
    for step in flow.steps:
        jobs = [job.name.rpartition(".")[2] for job in step.jobs]
        yield (
            f"`{step.name}` {markdown.both_languages(step.label)}",
            markdown.code(_in_order(kind, step.source)),
            markdown.code(step.targets),
            f"`{step.permission}`",
            ", ".join(_refusals(step)) or NONE,
            markdown.code([*jobs, *_reactions(kind, step.name)]) or NONE,
        )


def _refusals(step: Step[Record]) -> list[str]:
    note = ["K-01"] if step.needs_note else []
    return [*note, *records.numbers(step.rules)]


def _reactions(kind: type[Record], step: str) -> list[str]:
    return [job.name for job in REACTIONS.get((kind._meta.label_lower, step), ())]


def _states(kind: type[Record]) -> dict[str, str]:
    return {str(value): str(label) for value, label in kind._meta.get_field("state").flatchoices}


def _in_order(kind: type[Record], states: frozenset[str]) -> list[str]:
    return [state for state in _states(kind) if state in states]
