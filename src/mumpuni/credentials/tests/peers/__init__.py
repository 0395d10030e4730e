"""Programs in JavaScript that share no code with ours, asked for their opinion."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def ask(script: str, question: Any, *arguments: str) -> Any:
    """Run a script of this folder with JSON on its standard input; return the JSON it answers."""
    answer = subprocess.run(
        [_node(), str(HERE / script), *arguments],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def _node() -> str:
    """Return the machine's Node, or the one that came with the Python packages."""
    return shutil.which("node") or str(Path(sys.executable).parent / "node")
