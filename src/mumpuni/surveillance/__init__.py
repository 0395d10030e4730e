"""How the authority watches licensed bodies: risk, the programme of a year, dossiers, figures."""
