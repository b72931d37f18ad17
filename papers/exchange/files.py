"""The files that are given to an ingest: found, opened, known by their bytes, and kept."""

import datetime as dt
import gzip
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

from django.conf import settings

from ..formats.document import UnreadableFile

#: What of a file's name is kept; no disk takes a longer one, but archives and mails do (characters).
LONGEST_NAME = 200
#: Files up to this size are kept, so that a better reader can read them again (bytes).
LARGEST_KEPT = 5_000_000


@dataclass(frozen=True)
class InputFile:
    """A file to ingest. Whatever is wrong with it is said when it is opened."""

    path: str
    """As it was named; `-` for standard input."""
    open: Callable[[], IO[bytes]]
    time: dt.date | None = None

    @property
    def name(self) -> str:
        return "standard input" if self.path == "-" else Path(self.path).name[:LONGEST_NAME]

    @cached_property
    def identity(self) -> tuple[str, int]:
        """The SHA-256 of its bytes, and how many they are."""
        digest, size = sha256(), 0
        with self.open() as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
        return digest.hexdigest(), size

    def keep(self) -> bool:
        """Puts the bytes, compressed, into the data folder; False for a file too large to keep."""
        hexdigest, size = self.identity
        if size > LARGEST_KEPT:
            return False
        place = kept_at(hexdigest)
        if not place.exists():
            try:
                self._keep_at(place)
            except OSError as error:
                raise UnreadableFile(f"cannot be kept in {settings.DATA_DIR}: {error.strerror}") from None
        return True

    def _keep_at(self, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete_on_close=False) as temporary:
            with gzip.GzipFile(fileobj=temporary, mode="wb", mtime=0) as zipped, self.open() as stream:
                shutil.copyfileobj(stream, zipped)
            temporary.close()
            os.replace(temporary.name, place)


def kept(hexdigest: str) -> IO[bytes]:
    """The bytes with this SHA-256, if they are kept. Raises OSError."""
    return cast(IO[bytes], gzip.open(kept_at(hexdigest), "rb"))


def kept_at(hexdigest: str) -> Path:
    """Where the bytes with this SHA-256 are kept."""
    return Path(settings.DATA_DIR) / "files" / hexdigest[:2] / f"{hexdigest}.gz"


def spooled(stream: IO[bytes]) -> Callable[[], IO[bytes]]:
    """Opens a stream that can be read but once as often as needed, by way of a temporary file."""
    spool = tempfile.NamedTemporaryFile()  # noqa: SIM115 - it lives as long as the function that opens it
    shutil.copyfileobj(stream, spool)
    spool.flush()
    return lambda: open(spool.name, "rb")
