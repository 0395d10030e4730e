"""The register of assessors: currency, scope, appointments."""
