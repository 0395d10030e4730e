"""Public pages of the official codes and lists, each with its source and terms."""
