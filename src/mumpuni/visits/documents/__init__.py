"""What is handed out: photos and evidence, and what letters and reports of visits say."""

from mumpuni.visits.documents.papers import letter_facts, report_facts
from mumpuni.visits.documents.uploads import Kept, hand_out

__all__ = ["Kept", "hand_out", "letter_facts", "report_facts"]
