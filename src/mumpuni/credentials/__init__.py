"""Bytes in, proofs out: credentials, keys, status lists, seals. Knows nothing of certification."""
