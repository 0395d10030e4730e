"""Which tone a state is shown in. Red is for refusals and revocations only."""

from __future__ import annotations

from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

type Tone = Literal["plain", "open", "good", "warn", "bad"]

TONES: dict[Tone, frozenset[str]] = {
    "good": frozenset(
        {
            "upheld",
            "decreed",
            "fulfilled",
            "accepted",
            "active",
            "approved",
            "available",
            "competent",
            "done",
            "decided",
            "granted",
            "in_effect",
            "in_force",
            "issued",
            "passed",
            "recognised",
            "registered",
            "reported",
            "signed",
            "valid",
            "verified",
            "yes",
        }
    ),
    "open": frozenset(
        {
            "proposed",
            "review",
            "hearing",
            "filed",
            "committee",
            "announced",
            "answered",
            "appraised",
            "assessed",
            "assigned",
            "document_verification",
            "full_assessment",
            "in_progress",
            "open",
            "planned",
            "plenary",
            "queued",
            "recommended",
            "requested",
            "running",
            "scheduled",
            "submitted",
            "verifying",
            "witness",
            "witnessed",
            "documents_verified",
        }
    ),
    "warn": frozenset(
        {
            "amended",
            "expired",
            "expiring",
            "frozen",
            "lapsed",
            "not_verifiable",
            "replaced",
            "returned",
            "superseded",
            "suspended",
            "unverified",
        }
    ),
    "bad": frozenset(
        {"compromised", "failed", "no", "not_competent", "refused", "rejected", "revoked", "voided"}
    ),
}
_TONE_OF: dict[str, Tone] = {state: tone for tone, states in TONES.items() for state in states}


def tone_of(state: str) -> Tone:
    """Return the tone of a state; one that is not listed is plain."""
    return _TONE_OF.get(state, "plain")


def badge_html(label: object, state: str = "", tone: str = "") -> SafeString:
    """Return a badge: the label in the tone of the state, or in the tone that is given."""
    return format_html(
        '<span class="badge" data-tone="{}">{}</span>', tone or tone_of(state), label
    )
