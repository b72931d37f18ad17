"""A file as its formats see it: text in the right encoding, a line at a time, never more in memory than a limit."""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import IO, Any, NamedTuple, cast

from charset_normalizer import from_bytes

#: What one line, and one document that must be read whole, may hold (characters).
LONGEST_LINE = 1_000_000
LONGEST_TEXT = 2_000_000

_HEAD = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"%PDF", "a PDF: Lectern reads lists of papers, not papers"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a zip archive: unpack it first"),
    (b"SQLite format 3", "a database"),
)


#: What a gzip file may unpack to: more than this only if it is no more than so many times what was packed (bytes).
_UNPACKED = 100_000_000
_RATIO = 200

#: Encodings to guess among, where it is not Latin text with a few accents.
_GUESSES = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp1250"]
_HIGH = re.compile(rb"[\x80-\xff]+")


class UnreadableFile(Exception):
    """A file that cannot be read at all; says why in one line."""


class Line(NamedTuple):
    number: int
    text: str
    """Without its end; the beginning only where `whole` is false."""
    whole: bool


class Document:
    """The text of one file. Raises UnreadableFile as soon as it proves not to be text."""

    def __init__(self, name: str, open_file: Callable[[], IO[bytes]], *, first_place: int = 1) -> None:
        self.name = name
        self._open_file = open_file
        self.first_place = first_place
        """Of its first entry in the digest's order: further down where it is but a piece of a file."""

    @cached_property
    def head(self) -> str:
        """The first few thousand characters, by which a format recognises its own."""
        with self._text() as text:
            return text.read(_HEAD)

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

    def text(self) -> str:
        """The whole text, for formats that cannot be read line by line."""
        with self._text() as stream:
            text = stream.read(LONGEST_TEXT + 1)
        if len(text) > LONGEST_TEXT:
            raise UnreadableFile(f"too long for a page or list: more than {LONGEST_TEXT:,} characters")
        return text

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self._bytes(), encoding=self._encoding, errors="replace")

    def _bytes(self) -> IO[bytes]:
        stream = self._open_file()
        zipped = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        return cast(IO[bytes], _Unzipped(stream)) if zipped else stream

    @cached_property
    def _encoding(self) -> str:
        with self._bytes() as stream:
            head = stream.read(_HEAD)
            encoding = _encoding_of(head, stream)
        if len(head) < _HEAD and not head.decode(encoding, errors="replace").strip():
            raise UnreadableFile("empty: there is nothing in it")
        return encoding


class _Unzipped(gzip.GzipFile):
    """What is in a gzip file. Raises UnreadableFile where it is damaged, or was made to fill the machine."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()

    def read(self, size: int | None = -1) -> bytes:
        return self._checked(super().read, size)

    def read1(self, size: int = -1) -> bytes:
        return self._checked(super().read1, size)

    def _checked(self, read: Callable[[Any], bytes], size: int | None) -> bytes:
        try:
            unpacked = read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableFile(f"a damaged gzip file ({error})") from None
        if self.tell() > max(_UNPACKED, _RATIO * self._packed.tell()):
            raise UnreadableFile(f"a gzip file that unpacks to more than {_RATIO} times its size")
        return unpacked


def _encoding_of(head: bytes, rest: IO[bytes]) -> str:
    """How to read the bytes: by their mark, else as UTF-8 if all of them are, else by what they look like."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    for mark, what in _NOT_TEXT:
        if head.startswith(mark):
            raise UnreadableFile(f"not a list of papers but {what}")
    if b"\0" in head:
        return _without_mark(head)
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = sample = head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = rest.read(_HEAD)
            sample = head + chunk if chunk else sample
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _guess(sample)
    return "utf-8"


def _without_mark(head: bytes) -> str:
    """Which UTF-16 it is when every other byte is zero, as in Latin text; nothing else of text has zeros in it."""
    high, low = head[0::2].count(0), head[1::2].count(0)
    if max(high, low) < len(head) // 8 or min(high, low) > len(head) // 64:
        raise UnreadableFile("not text: it has zero bytes in it")
    return "utf-16-be" if high > low else "utf-16-le"


def _guess(sample: bytes) -> str:
    """The likeliest encoding of what is not all UTF-8."""
    as_utf8 = sample.decode("utf-8", errors="replace")
    if sum(char > "\x7f" for char in as_utf8) > 2 * as_utf8.count("\N{REPLACEMENT CHARACTER}"):
        return "utf-8"  # cut off within a letter, or with a few bytes of something else in it
    runs = _HIGH.findall(sample)
    if 2 * sum(len(run) == 1 for run in runs) >= len(runs) and 4 * sum(map(len, runs)) <= len(sample):
        return "cp1252"  # accents alone among plain letters: too little for a statistical guess
    guess = from_bytes(sample, cp_isolation=_GUESSES).best()
    if guess is None:
        raise UnreadableFile("not text in any encoding that could be recognised: save it as UTF-8")
    return guess.encoding
