"""What is true of surveillance: signals of risk are code, programmes and dossiers are kept."""

from mumpuni.surveillance.models.dossiers import Dossier, Shown, digest
from mumpuni.surveillance.models.programmes import PlannedVisit, Programme
from mumpuni.surveillance.models.risks import RiskScore
from mumpuni.surveillance.models.signals import BY_KEY, SIGNALS, Part, Signal, told

__all__ = [
    "BY_KEY",
    "SIGNALS",
    "Dossier",
    "Part",
    "PlannedVisit",
    "Programme",
    "RiskScore",
    "Shown",
    "Signal",
    "digest",
    "told",
]
