"""What every case of the authority shares: whose turn it is, and what was issued."""
