"""The formats Lectern reads and writes: one module each, found by being in this folder.

A format's module says `TITLE`, and to be read has `recognise(head) -> int` (0 for no, up to 100 for certain) and
`read(document) -> Reading`; to be written, `write(papers) -> Iterator[str]`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from .document import Document, UnreadableFile
from .record import Found, LibraryPaper, Reading, Unreadable, all_storable, flaw


class Reader(NamedTuple):
    """A format that is read."""

    name: str
    """The module's, with hyphens."""
    title: str
    recognise: Callable[[str], int]
    module_read: Callable[[Document], Reading]

    def read(self, document: Document) -> Reading:
        """What is in the document, with nothing in it that a library could not store."""
        return map(_sound, self.module_read(document))


class Writer(NamedTuple):
    """A format that is written."""

    name: str
    title: str
    write: Callable[[Iterable[LibraryPaper]], Iterator[str]]


@cache
def readers() -> Mapping[str, Reader]:
    """The formats that are read, by name."""
    return {
        name: Reader(name, module.TITLE, module.recognise, module.read)
        for name, module in _modules()
        if hasattr(module, "read")
    }


@cache
def writers() -> Mapping[str, Writer]:
    """The formats that are written, by name."""
    return {name: Writer(name, module.TITLE, module.write) for name, module in _modules() if hasattr(module, "write")}


def recognise(document: Document) -> Reader:
    """The format whose marks the document bears most surely. Raises UnreadableFile when none knows it."""
    head = document.head
    confidence, name = max((reader.recognise(head), reader.name) for reader in readers().values())
    if not confidence:
        known = ", ".join(sorted(reader.title for reader in readers().values()))
        raise UnreadableFile(f"in no format that Lectern knows ({known}); if it is one of them, say which by --format")
    return readers()[name]


def _sound(item: Found | Unreadable) -> Found | Unreadable:
    if isinstance(item, Found) and (reason := flaw(item.record)):
        item = Unreadable(item.record.as_json(), item.line, reason)
    sound: Found | Unreadable = all_storable(item)
    return sound


def _modules() -> Iterator[tuple[str, Any]]:
    for module_info in iter_modules(__path__):
        module = import_module(f"{__name__}.{module_info.name}")
        if hasattr(module, "TITLE"):
            yield module_info.name.replace("_", "-"), module
