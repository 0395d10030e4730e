"""Pages of venues, sessions and candidates."""
