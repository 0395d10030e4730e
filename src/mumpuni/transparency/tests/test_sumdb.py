"""Go's own log software, golang.org/x/mod/sumdb, reads our log and is convinced by nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mumpuni.transparency import queries, tree
from mumpuni.transparency.models import Checkpoint, Leaf
from mumpuni.transparency.notes import to_base64
from mumpuni.transparency.proofs import Proof
from mumpuni.transparency.tests.make import publish
from mumpuni.transparency.tests.test_audit import write_out
from tests import debian

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).parent / "sumdb" / "main.go"
# where Debian keeps the sources of Go packages
SOURCES = Path("/usr/share/gocode")
SIZES = (1, 299, 300, 800)


def ask(claims: list[dict[str, Any]], cache: Path) -> list[str]:
    go = debian.program("go", package="golang-go")
    if not (SOURCES / "src/golang.org/x/mod/sumdb").exists():
        debian.install("golang-golang-x-mod-dev")
    offline = {"GO111MODULE": "off", "GOPATH": str(SOURCES), "GOCACHE": str(cache), "GOFLAGS": ""}
    done = subprocess.run(
        [go, "run", SOURCE],
        check=True,
        input=json.dumps(claims),
        capture_output=True,
        text=True,
        env=os.environ | offline,
    )
    return done.stdout.splitlines()


def flipped(encoded: str) -> str:
    """Return other bytes of the same length."""
    return ("B" if encoded[0] == "A" else "A") + encoded[1:]


def note_claim(head: Checkpoint) -> dict[str, Any]:
    return {"Kind": "note", "Key": head.key, "Note": head.note}


def tree_claim(old: Checkpoint, new: Checkpoint) -> dict[str, Any]:
    proof = tree.consistency_proof(old.size, new.size, queries.node_of(new.size))
    return {
        "Kind": "tree",
        "Size": new.size,
        "Root": to_base64(bytes(new.root)),
        "Old": old.size,
        "OldRoot": to_base64(bytes(old.root)),
        "Proof": [to_base64(one) for one in proof],
    }


def record_claim(leaf: Leaf, head: Checkpoint) -> dict[str, Any]:
    proof = Proof.parse(queries.proof_of(leaf))
    return {
        "Kind": "record",
        "Size": head.size,
        "Root": to_base64(bytes(head.root)),
        "Index": proof.index,
        "Entry": proof.line.decode(),
        "Proof": [to_base64(one) for one in proof.hashes],
    }


def test_go_accepts_heads_proofs_and_tiles_and_refuses_altered_ones(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    heads = [publish(size - before) for before, size in zip([0, *SIZES], SIZES, strict=False)]
    newest = heads[-1]
    write_out(tmp_path)
    leaves = Leaf.objects.filter(index__in=[0, 255, 256, 511, 640, 799]).order_by("index")
    records = [record_claim(leaf, newest) for leaf in leaves]
    folder = str(tmp_path / "log")

    right = [
        *map(note_claim, heads),
        *(tree_claim(old, new) for old in heads for new in heads if old.size <= new.size),
        *records,
        *(record | {"Kind": "tiles", "Folder": folder} for record in records),
    ]
    wrong = [
        note_claim(newest) | {"Note": newest.note.replace("\n800\n", "\n801\n")},
        note_claim(newest) | {"Key": heads[0].key.replace("/log+", "/other+")},
        tree_claim(heads[1], newest) | {"OldRoot": flipped(to_base64(bytes(heads[1].root)))},
        tree_claim(heads[1], newest) | {"Old": 298},
        *(record | {"Entry": record["Entry"].replace("issue", "revoke")} for record in records),
        *(record | {"Proof": [*map(flipped, record["Proof"])]} for record in records),
        *(record | {"Root": flipped(record["Root"])} for record in records),
    ]
    answers = ask([*right, *wrong], tmp_path_factory.mktemp("go"))

    assert answers[: len(right)] == ["yes"] * len(right)
    assert len(answers) == len(right) + len(wrong)
    assert "yes" not in answers[len(right) :]
