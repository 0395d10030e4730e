"""Meetings, what stands on their agenda, who voted how, and what may be put to a vote."""

from mumpuni.plenary.models.agenda import AgendaItem, Ballot
from mumpuni.plenary.models.meetings import Meeting, Member
from mumpuni.plenary.models.questions import QUESTIONS, Question

__all__ = ["QUESTIONS", "AgendaItem", "Ballot", "Meeting", "Member", "Question"]
