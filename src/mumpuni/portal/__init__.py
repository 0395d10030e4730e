"""Public pages: home, verification, directories."""
