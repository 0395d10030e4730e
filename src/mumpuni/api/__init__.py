"""The endpoint toolkit: tokens, problem documents, step endpoints."""
