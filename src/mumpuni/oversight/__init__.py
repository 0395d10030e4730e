"""Sanction cases, what they oblige bodies to, and appeals."""
