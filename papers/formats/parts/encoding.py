"""In which encoding a text is: by its mark, by what it says, else by what it looks like."""

import codecs
import re
from typing import IO

from charset_normalizer import from_bytes

from .unreadable_file import UnreadableFile

#: How much of a file is looked at first (bytes, or characters).
HEAD = 65_536
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
    (b"PK\x03\x04", "a zip archive within another file"),
    (b"SQLite format 3", "a database: export a bibliography from the program that made it, such as Zotero"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document: save it as text, or a table as CSV"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive: unpack it first"),
)
#: In the first few names of a zip archive that is no archive to its owner.
_OFFICE = re.compile(rb"\[Content_Types\]\.xml|mimetypeapplication/")
#: Encodings to guess among, where it is not Latin text with a few accents.
_GUESSES = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp1250"]
_HIGH = re.compile(rb"[\x80-\xff]+")
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""")


def is_office(head: bytes) -> bool:
    """Whether a file that begins so is a document of an office program, which is an archive too."""
    return head.startswith(b"PK\x03\x04") and bool(_OFFICE.search(head[:4_000]))


def encoding_of(head: bytes, rest: IO[bytes]) -> str:
    """How to read the bytes: by their mark, else as UTF-8 if all of them are, else by what they look like."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if is_office(head):
        raise UnreadableFile("not a list of papers but an Office document: save it as text, or a table as CSV")
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
            chunk = rest.read(HEAD)
            sample = head + chunk if chunk else sample
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _declared(sample) or _guess(sample)
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


def _declared(sample: bytes) -> str | None:
    """The encoding that XML or HTML says it is in, if it can be."""
    declared = _DECLARED.search(sample[:1_024])
    if not declared:
        return None
    try:
        name = codecs.lookup(declared[1].decode()).name
        codecs.getincrementaldecoder(name)().decode(sample)
    except (LookupError, ValueError, TypeError, AssertionError):
        return None
    return None if name.startswith("utf") else name
