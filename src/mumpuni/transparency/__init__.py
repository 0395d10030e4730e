"""The append-only public log: leaves, tiles, checkpoints, witnesses, proofs."""
