"""What authors, verifiers and bodies fill in."""
