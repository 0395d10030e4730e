"""Licence applications, licences, scope and sanctions."""
