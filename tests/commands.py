"""Commands run as an operator runs them: in a process of their own, with only what is said in the environment."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def manage(*arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command as an operator would, with nothing in the environment but this."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(data), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
