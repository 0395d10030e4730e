"""Who may see and do what: users, organisations, memberships, roles."""
