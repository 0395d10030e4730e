"""Records with a life: steps, audit, policies, numbers, time; knows nothing of certification."""
