"""A batch of verifications: from what was pasted or uploaded, by its answers, to signed files."""
