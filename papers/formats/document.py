"""A file as its formats see it: text in the right encoding, a line at a time, never more in memory than a limit."""

import io
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import IO, NamedTuple, cast

from .parts.encoding import HEAD, encoding_of
from .parts.mail import Mail, bodies, is_mail
from .parts.packed import Unzipped, is_gzip
from .parts.unreadable_file import UnreadableFile

__all__ = ["LONGEST_LINE", "LONGEST_TEXT", "Document", "Line", "UnreadableFile"]

#: What one line, and one document that must be read whole, may hold (characters).
LONGEST_LINE = 1_000_000
LONGEST_TEXT = 10_000_000


class Line(NamedTuple):
    number: int
    text: str
    """Without its end; the beginning only where `whole` is false."""
    whole: bool


class Document:
    """The text of one file. Raises UnreadableFile as soon as it proves not to be text."""

    def __init__(
        self, name: str, open_file: Callable[[], IO[bytes]], *, first_place: int = 1, mail: Mail | None = None
    ) -> None:
        self.name = name
        self._open_file = open_file
        self.first_place = first_place
        """Of its first entry in the digest's order: further down where it is but a piece of a file."""
        self.mail = mail
        """What stands above it, where it is the text of a mail."""

    def bodies(self) -> "list[Document]":
        """Of a mail the texts in it, of which each may say all that the others do; of another file itself."""
        with self.open() as stream:
            if self.mail or not is_mail(stream.read(HEAD)):
                return [self]
            stream.seek(0)
            mail, texts = bodies(stream)
        return [
            Document(self.name, _opener(text.encode(errors="replace")), first_place=self.first_place, mail=mail)
            for text in texts
        ]

    @cached_property
    def head(self) -> str:
        """The first few thousand characters, by which a format recognises its own."""
        with self._text() as text:
            return text.read(HEAD)

    def lines(self) -> Iterator[Line]:
        """Each line, counted from 1; of one that is too long only the beginning."""
        with self._text() as text:
            number = 0
            while line := text.readline(LONGEST_LINE + 1):
                number += 1
                whole = line.endswith("\n") or len(line) <= LONGEST_LINE
                while not whole and (rest := text.readline(LONGEST_LINE)):
                    if rest.endswith("\n"):
                        break
                yield Line(number, line.rstrip("\n"), whole)

    def chunks(self) -> Iterator[str]:
        """The text in pieces as they come, for formats whose lines may be of any length."""
        with self._text() as text:
            while chunk := text.read(HEAD):
                yield chunk

    def text(self) -> str:
        """The whole text, for formats that cannot be read line by line."""
        with self._text() as stream:
            text = stream.read(LONGEST_TEXT + 1)
        if len(text) > LONGEST_TEXT:
            raise UnreadableFile(f"too long for a page or list: more than {LONGEST_TEXT:,} characters")
        return text

    def _text(self) -> io.TextIOWrapper:
        encoding = self._encoding
        return io.TextIOWrapper(self.open(), encoding=encoding, errors="replace")

    def open(self) -> IO[bytes]:
        """Its bytes, unpacked where they are packed by gzip."""
        stream = self._open_file()
        packed = is_gzip(stream.read(2))
        stream.seek(0)
        return cast(IO[bytes], Unzipped(stream)) if packed else stream

    @cached_property
    def _encoding(self) -> str:
        with self.open() as stream:
            head = stream.read(HEAD)
            encoding = encoding_of(head, stream)
        if len(head) < HEAD and not head.decode(encoding, errors="replace").strip():
            raise UnreadableFile("empty: there is nothing in it")
        return encoding


def _opener(content: bytes) -> Callable[[], IO[bytes]]:
    return lambda: io.BytesIO(content)
