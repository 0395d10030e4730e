"""The composition root: settings, addresses, API, reactions, schedule, embedded database."""
