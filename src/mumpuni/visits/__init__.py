"""Visits to certification bodies: licensing assessors, teams, findings."""
