"""The formats Lectern reads and writes: one module each, found by being in this folder.

A format's module says `TITLE`, and to be read has `recognise(document) -> int` (0 for no, up to 100 for certain) and
`read(document) -> Reading`; to be written, `write(papers) -> Iterator[str]`.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from operator import itemgetter
from pkgutil import iter_modules
from typing import Any, NamedTuple

from ..text import storable
from .document import Document, UnreadableFile
from .record import DigestRecord, Found, LibraryPaper, Reading, Unreadable, all_storable
from .unread import refusal

#: How many pieces that cannot be read a file may begin with: of nothing else it would fill the quarantine.
MOST_UNREAD = 1_000


class Reader(NamedTuple):
    """A format that is read."""

    name: str
    """The module's, with hyphens."""
    title: str
    recognise: Callable[[Document], int]
    module_read: Callable[[Document], Reading]

    def read(self, document: Document) -> Reading:
        """What is in the document, without characters that a library could not store. Raises UnreadableFile, also
        where `MOST_UNREAD` pieces in a row from its beginning cannot be read."""
        any_found = False
        for number, item in enumerate(self.module_read(document), 1):
            any_found = any_found or isinstance(item, Found)
            if number > MOST_UNREAD and not any_found:
                raise UnreadableFile(f"not {self.title}: none of its first {MOST_UNREAD:,} pieces can be read")
            yield _storable(item)

    def reread(self, text: str, place: int, digest: DigestRecord) -> Reading:
        """What is in a piece of a file alone, its first entry at this place; `digest` is what the rest of the file says
        of its digest. Raises UnreadableFile."""
        content = storable(text).encode()
        for item in self.read(Document("piece", lambda: io.BytesIO(content), first_place=place)):
            if isinstance(item, Found):
                yield item._replace(digest=item.digest.completed(digest))
            else:
                yield item


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


def recognise(document: Document, name: str = "") -> tuple[Reader, Document]:
    """The format whose marks the document bears most surely, or the named one, and what it is to read: of a mail the
    text that bears its marks. Raises UnreadableFile when no format knows it, or as one that is not read."""
    choices = [readers()[name]] if name else readers().values()
    texts = document.bodies()
    marks = [(reader.recognise(text), -place, reader) for place, text in enumerate(texts) for reader in choices]
    confidence, place, reader = max(marks, key=itemgetter(0, 1))
    if name:
        return reader, texts[-place]
    doubt, refused = max(map(refusal, texts))
    if doubt > confidence:
        raise UnreadableFile(refused)
    if not confidence:
        raise UnreadableFile("in no format that Lectern knows; if it is in one of docs/formats.md, say in which")
    return reader, texts[-place]


def _storable(item: Found | Unreadable) -> Found | Unreadable:
    storable_item: Found | Unreadable = all_storable(item)
    return storable_item


def _modules() -> Iterator[tuple[str, Any]]:
    for module_info in iter_modules(__path__):
        module = import_module(f"{__name__}.{module_info.name}")
        if hasattr(module, "TITLE"):
            yield module_info.name.replace("_", "-"), module
