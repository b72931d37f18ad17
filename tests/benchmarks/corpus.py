"""The corpus: made-up papers as JSON Lines, by a script that makes the same ones each time."""

import datetime as dt
import json
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

SOURCE = "Corpus"
#: The papers of a day's digest.
DAY = 120
_SEED = 7
_END = dt.date(2026, 6, 30)
#: The arXiv numbers of later papers are beyond those that the corpus has in a month.
_NUMBERS = 60_000


@dataclass(frozen=True)
class Corpus:
    script: Path

    @property
    def identity(self) -> str:
        """Changes with the papers that the script would make."""
        return f"{sha256(self.script.read_bytes()).hexdigest()[:16]}, seed {_SEED}"

    def write(self, papers: int, to: Path) -> None:
        self._run(to, papers=papers, seed=_SEED, end=_END)

    def write_day(self, number: int, to: Path) -> None:
        """A day's digest, one of those that follow the corpus; no paper in it is known from another."""
        day = later(number)
        self._run(to, papers=DAY, seed=_SEED + 1 + number, end=_END, dup_rate=0)
        lines = (json.loads(text) for text in to.read_text().splitlines())
        to.write_text("".join(f"{json.dumps(_dated(line, day, place))}\n" for place, line in enumerate(lines)))

    def _run(self, to: Path, **options: object) -> None:
        arguments = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        with to.open("wb") as out:
            subprocess.run([sys.executable, str(self.script), *arguments], stdout=out, check=True)


def later(number: int) -> dt.date:
    """The days that follow the corpus, when its last digests have come too."""
    return _END + dt.timedelta(days=15 + number)


def _dated(line: dict[str, Any], day: dt.date, place: int) -> dict[str, Any]:
    number = _NUMBERS + day.day * 1_000 + place
    return {**line, "arxiv_id": f"{day:%y%m}.{number:05}", "published": str(day), "digest_date": str(day)}
