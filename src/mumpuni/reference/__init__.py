"""Versioned codes: regions, classifications, catalogues."""
