"""What stood around a piece in its file, as far as the file is kept."""

from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import NamedTuple

from ..formats import recognise
from ..formats.document import Document, Line, UnreadableFile
from ..models import Quarantined
from .files import kept

_LINES = 5
_LONGEST = 300


class Surroundings(NamedTuple):
    before: Sequence[Line]
    after: Sequence[Line]


def surroundings(piece: Quarantined) -> Surroundings:
    """The lines before and behind a piece that have words in them, each as far as it fits on a page."""
    sha256 = piece.ingest.file.sha256
    last = piece.line + piece.text.count("\n")
    try:
        _, document = recognise(Document(piece.ingest.file.name, lambda: kept(sha256)), piece.ingest.format)
        near = dropwhile(lambda line: line.number < piece.line - 2 * _LINES, document.lines())
        lines = [line for line in takewhile(lambda line: line.number <= last + 2 * _LINES, near) if line.text.strip()]
    except (OSError, UnreadableFile):
        return Surroundings((), ())
    cut = [line._replace(text=line.text[:_LONGEST] + " …" * (len(line.text) > _LONGEST)) for line in lines]
    before = [line for line in cut if line.number < piece.line]
    return Surroundings(before[-_LINES:], [line for line in cut if line.number > last][:_LINES])
