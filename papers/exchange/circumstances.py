"""What an ingest goes by beside what is written in its file: kept, so that what is mended later goes by the same, and
the file when it is read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ..models import DigestFile, Ingest
from ..models.digest import site_day
from .dating import Dating
from .digests import Digests


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    dating: Dating
    name: str
    """Of the source, where neither the file nor anybody else names one."""
    source: str | None = None
    tags: Sequence[str] = ()
    as_one: bool = False
    format: str = ""
    """That whoever ingested the file says it is in."""
    path: str = ""
    """As it was named, without folders; `-` for standard input."""

    def digests(self, file: DigestFile) -> Digests:
        return Digests(file, self.dating, source=self.source, name=self.name, as_one=self.as_one)

    def as_json(self) -> Any:
        return msgspec.json.decode(msgspec.json.encode(self))  # as it comes back from the database


def circumstances_of(ingest: Ingest) -> Circumstances:
    """As they were kept; of an ingest that kept none what can be told without."""
    if ingest.circumstances:
        return msgspec.convert(ingest.circumstances, Circumstances)
    day = site_day(ingest.started_at)
    return Circumstances(dating=Dating(today=day, file_name=ingest.file.name), name=ingest.file.name)
