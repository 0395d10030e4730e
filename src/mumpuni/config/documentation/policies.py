"""Every limit, duration, ratio and validity, with its default and source."""

from __future__ import annotations

from mumpuni.config.documentation import markdown
from mumpuni.kernel.policy import Policy

INTRODUCTION = """\
# Policies

Named values of the law. The default stands in the code; a dated value entered by the authority
replaces it from its first day on, and rules ask for the value of the day that counts. *Verified*
says whether the source was read in the original."""


def page() -> str:
    """Return the whole page."""
    declared = sorted(Policy.registered.values(), key=lambda policy: policy.name)
    rows = (
        (
            f"`{policy.name}`",
            markdown.both_languages(policy.label),
            str(policy.default),
            markdown.both_languages(policy.unit),
            policy.source,
            "yes" if policy.verified else "no",
        )
        for policy in declared
    )
    headings = ("Policy", "Meaning", "Default", "Unit", "Source", "Verified")
    return markdown.document(INTRODUCTION, markdown.table(headings, rows))
