"""What is required of venues, sessions, candidates and decisions; docs/rules/assessment.md."""
