"""The files that are given to an ingest: found, opened, known by their bytes, and kept."""

import datetime as dt
import gzip
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.utils import timezone

from ..formats.document import UnreadableFile

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
        return "standard input" if self.path == "-" else Path(self.path).name

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


def input_files(paths: Iterable[str]) -> Iterator[InputFile]:
    """The files at these paths: a folder stands for all files in it but hidden ones, `-` for standard input."""
    for path in paths:
        if path == "-":
            yield InputFile("-", _spooled(cast(IO[bytes], sys.stdin.buffer)))
        elif os.path.isdir(path):
            yield from map(_file_at, _files_under(path))
        else:
            yield _file_at(path)


def _files_under(folder: str) -> Iterator[str]:
    """The files in a folder; of an empty one the folder itself, which cannot be opened."""
    empty = True
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                empty = False
                yield os.path.join(root, name)
    if empty:
        yield folder


def _file_at(path: str) -> InputFile:
    def opened() -> IO[bytes]:
        try:
            if os.path.isdir(path):
                raise UnreadableFile("a folder without files")
            if os.path.exists(path) and not os.path.isfile(path):
                raise UnreadableFile("not a file but a device or a pipe; pipe its output to `ingest -`")
            return open(path, "rb")
        except OSError as error:
            raise UnreadableFile(f"cannot be opened: {error.strerror}") from None

    return InputFile(os.fsencode(path).decode(errors="replace"), opened, _day_of(path))


def _day_of(path: str) -> dt.date | None:
    """When the file was last written, as far as its time makes sense."""
    try:
        return timezone.localdate(dt.datetime.fromtimestamp(os.path.getmtime(path), dt.UTC))
    except (OSError, OverflowError, ValueError):
        return None


def _spooled(stream: IO[bytes]) -> Callable[[], IO[bytes]]:
    """Opens a stream that can be read but once as often as needed, by way of a temporary file."""
    spool = tempfile.NamedTemporaryFile()  # noqa: SIM115 - it lives as long as the function that opens it
    shutil.copyfileobj(stream, spool)
    spool.flush()
    return lambda: open(spool.name, "rb")
