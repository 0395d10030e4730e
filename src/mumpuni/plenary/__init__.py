"""Meetings that decide by vote."""
