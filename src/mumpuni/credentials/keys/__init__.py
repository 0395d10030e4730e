"""Private keys: made, kept and used behind one interface, in files or in a hardware module."""

from mumpuni.credentials.keys.sealing import sealed
from mumpuni.credentials.keys.stores import signer
from mumpuni.credentials.keys.yearly import ensure_keys

__all__ = ["ensure_keys", "sealed", "signer"]
