"""Software on which a country runs occupational competency certification."""
