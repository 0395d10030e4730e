"""C2SP tlog-proof: a text that shows an entry to be in the log, to be checked without a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from mumpuni.transparency.entries import Entry
from mumpuni.transparency.notes import (
    Checkpoint,
    Malformed,
    Note,
    VerifierKey,
    from_base64,
    parse_hash,
    parse_size,
    to_base64,
)
from mumpuni.transparency.tree import includes, leaf_hash

HEADER = "c2sp.org/tlog-proof@v1"


class NotIncluded(ValueError):
    """The hashes do not lead from the entry to the root."""


@dataclass(frozen=True)
class Proven:
    """What a proof has shown: which entry stands where, in which tree, and who saw that when."""

    entry: Entry
    index: int
    checkpoint: Checkpoint
    witnessed: dict[str, int]


@dataclass(frozen=True)
class Proof:
    """An entry, the way from it to a root, and the signed head with that root."""

    line: bytes
    index: int
    hashes: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        way = "".join(f"{to_base64(one)}\n" for one in self.hashes)
        extra = to_base64(self.line)
        return f"{HEADER}\nextra {extra}\nindex {self.index}\n{way}\n{self.note}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a proof.

        Raises:
            Malformed: it is none, or does not say which entry it is of.
        """
        above, blank, note = text.partition("\n\n")
        match above.split("\n"):
            case [header, extra, index, *way] if blank and header == HEADER:
                return cls(
                    line=from_base64(_after("extra ", extra)),
                    index=parse_size(_after("index ", index)),
                    hashes=[parse_hash(one) for one in way],
                    note=note,
                )
        raise Malformed("no proof")


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise Malformed(f"a proof says `{word.strip()}`, not {line[:80]!r}")
    return line.removeprefix(word)


def verify(text: str, logs: Iterable[VerifierKey], witnesses: Iterable[VerifierKey] = ()) -> Proven:
    """Hold that an entry is in a log with one of the keys, and tell which of the witnesses saw it.

    What the entry is of must still be compared: `Entry.commitment` with `entries.commitment(…)`.

    Raises:
        Malformed: the text is no proof.
        Unsigned: the log did not sign the head.
        NotIncluded: the entry is not in that tree.
    """
    proof = Proof.parse(text)
    note = Note.parse(proof.note.encode())
    log = note.require(*logs)
    checkpoint = Checkpoint.parse(note.text)
    hashed = leaf_hash(proof.line)
    if checkpoint.origin != log.name or not includes(
        hashed, proof.index, checkpoint.size, proof.hashes, checkpoint.root
    ):
        raise NotIncluded(f"entry {proof.index} is not in the tree of {checkpoint.size}")
    seen = {key.name: note.witnessed_at(key) for key in witnesses}
    return Proven(
        entry=Entry.parse(proof.line),
        index=proof.index,
        checkpoint=checkpoint,
        witnessed={name: at for name, at in seen.items() if at is not None},
    )
