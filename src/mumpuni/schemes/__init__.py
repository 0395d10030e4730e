"""Competency standards, units, schemes and their verification."""
