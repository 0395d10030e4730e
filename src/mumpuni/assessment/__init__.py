"""Venues, sessions, candidates, evidence, recommendations, decisions."""
