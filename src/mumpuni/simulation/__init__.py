"""Makes labelled, simulated worlds for demonstrations and tests."""
