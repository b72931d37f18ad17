"""The files that somebody names or sends: at paths, in folders, in archives, on standard input."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, cast

from django.utils import timezone

from ..formats.document import UnreadableFile
from .files import InputFile, spooled
from .members import members


def input_files(paths: Iterable[str]) -> Iterator[InputFile]:
    """The files at these paths: a folder stands for all files in it but hidden ones, an archive or a mailbox for those
    in it, `-` for standard input. Each is to be read before the next is asked for."""
    for path in paths:
        if path == "-":
            yield from members(InputFile("-", spooled(cast(IO[bytes], sys.stdin.buffer))))
        else:
            for each in _files_under(path) if os.path.isdir(path) else [path]:
                yield from members(_file_at(each))


def sent_files(name: str, content: Callable[[], IO[bytes]]) -> Iterator[InputFile]:
    """The files in bytes that came by no path: sent by a browser under this name."""
    return members(InputFile(name, content))


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
