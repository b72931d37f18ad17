"""BibTeX cut into its entries, each with the text it was found as, so that a broken one spoils no other.

Libraries that read BibTeX take the whole file at once, lose an entry over a doubled field or a second comma, and
swallow the field behind a missing one; people's files have all of these, and some hold a hundred thousand entries.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..document import Document
from ..record import LONGEST_PIECE, Unreadable

#: How long an entry, and what an abbreviation stands for, may be (characters); how many abbreviations there may be.
LONGEST_ENTRY = 1_000_000
LONGEST_ABBREVIATION = 10_000
MOST_ABBREVIATIONS = 10_000

#: How an entry's first line begins; text in brackets behind a name in a message begins so too, but has no key.
_FIRST_LINE = re.compile(r"\s*+@\s*+[A-Za-z]++\s*+(?:\{|\((?:[^\s,()]*+\s*+[,=]|\s*+$))")
_BEGINNING = re.compile(r"\s*+(@)\s*+([A-Za-z]++)\s*+([{(])")
_KEY = re.compile(r'([^,={}"]*+),')
_LETTER = r'[^\s={}",#%()\\]'
_NAME = re.compile(rf"(?<!{_LETTER})({_LETTER}++)\s*+=\s*+")
_WORD = re.compile(r'[^\s,#{}"]*+')
_JOINT = re.compile(r"\s*+#\s*+")
_BEHIND_QUOTATION = re.compile(rf"\s*+(?:[,#]|\Z|{_LETTER}++\s*+=)")
_LOST_FIELD = re.compile(r'^[^\S\n]*+[A-Za-z][\w+-]*+\s*+=\s*+["{\d]', re.MULTILINE)
#: Braces as TeX counts them, without those behind a backslash; and as BibTeX does.
_BRACES = (re.compile(r'\\.|[{}()"]', re.DOTALL), re.compile(r'[{}()"]'))
_WITHOUT_FIELDS = ("comment", "preamble")


class Entry(NamedTuple):
    """What stands from `@` to the last brace."""

    kind: str
    key: str
    fields: dict[str, str]
    """By their names in small letters: TeX and inner braces as found, abbreviations put in; of two the first."""
    text: str
    """As found, below the abbreviations that it uses."""
    line: int


class _Misread(Exception):
    """Why an entry cannot be taken apart."""


def entries(document: Document) -> Iterator[Entry | Unreadable]:
    """All entries of a file, `@comment` and the like among them, but `@string`."""
    abbreviations: dict[str, str] = {}
    for text, line, whole in _stretches(document):
        if whole:
            yield from _entries(text, line, abbreviations)
        else:
            yield Unreadable(text[:LONGEST_PIECE].strip(), line, f"an entry of more than {LONGEST_ENTRY:,} characters")


def _stretches(document: Document) -> Iterator[tuple[str, int, bool]]:
    """The lines from each on which an entry begins to the next, where they begin, and whether these are all of them."""
    lines: list[str] = []
    first, length, whole = 1, 0, True
    for line in document.lines():
        if _FIRST_LINE.match(line.text):
            if lines:
                yield "\n".join(lines), first, whole
            lines, first, length, whole = [], line.number, 0, True
        length += len(line.text) + 1
        whole = whole and line.whole and length <= LONGEST_ENTRY
        if whole or not lines:
            lines.append(line.text)
    if lines:
        yield "\n".join(lines), first, whole


def _entries(text: str, line: int, abbreviations: dict[str, str]) -> Iterator[Entry | Unreadable]:
    """The entries of a stretch: mostly one, and what people noted behind it."""
    at = counted = 0
    while start := _BEGINNING.match(text, at):
        begin = start.start(1)
        line, counted = line + text.count("\n", counted, begin), begin
        try:
            entry, at = _entry(text, start, line, abbreviations)
            if not _BEGINNING.match(text, at) and _LOST_FIELD.search(text, at):
                raise _Misread("fields behind its last brace: one brace too many stands above them")
        except _Misread as error:
            if start[2].lower() not in _WITHOUT_FIELDS:
                yield Unreadable(text[begin : begin + LONGEST_PIECE].strip(), line, str(error))
            return
        if entry.kind == "string":
            _learn(entry, abbreviations)
        else:
            yield entry
    if not at and _LOST_FIELD.search(text):
        line += text[: len(text) - len(text.lstrip())].count("\n")
        yield Unreadable(text.strip()[:LONGEST_PIECE], line, "fields of no entry: its first line is not there")


def _learn(entry: Entry, abbreviations: dict[str, str]) -> None:
    for name, value in entry.fields.items():
        if len(value) <= LONGEST_ABBREVIATION and len(abbreviations) < MOST_ABBREVIATIONS:
            abbreviations[name] = value


def _entry(text: str, start: re.Match[str], line: int, abbreviations: dict[str, str]) -> tuple[Entry, int]:
    """The entry that starts there, and the position behind it."""
    kind = start[2].lower()
    closing = "}" if start[3] == "{" else ")"
    for braces in _BRACES:
        end = _end(text, start.end(), braces, closing)
        if end < 0:
            continue
        body = _Body(text[start.end() : end], braces, abbreviations)
        key, fields = ("", {}) if kind in _WITHOUT_FIELDS else body.key_and_fields()
        used = "".join(f"@string{{{name} = {{{value}}}}}\n" for name, value in body.used.items())
        return Entry(kind, key, fields, used + text[start.start(1) : end + 1], line), end + 1
    raise _Misread("its last brace is missing, or one brace within it has no other")


def _end(text: str, at: int, braces: re.Pattern[str], closing: str = "}") -> int:
    """Where the brace or bracket stands that closes what began before this position; -1 where none does."""
    depth, is_quoted = 0, False
    for match in braces.finditer(text, at):
        match match[0]:
            case "{":
                depth += 1
            case "}" if depth:
                depth -= 1
            case "}":
                return match.start() if closing == "}" else -1
            case '"' if not depth:
                is_quoted = not is_quoted
            case ")" if closing == ")" and not depth and not is_quoted:
                return match.start()
    return -1


class _Body:
    """What stands between an entry's outer braces."""

    def __init__(self, text: str, braces: re.Pattern[str], abbreviations: dict[str, str]) -> None:
        self.text = text
        self._braces = braces
        self._abbreviations = abbreviations
        self.used: dict[str, str] = {}
        """The abbreviations that were put in."""

    def key_and_fields(self) -> tuple[str, dict[str, str]]:
        key = _KEY.match(self.text)
        fields: dict[str, str] = {}
        at = key.end() if key else 0
        while name := _NAME.search(self.text, at):
            value, at = self._value(name[1], name.end())
            if value.strip():
                fields.setdefault(name[1].lower(), value)
        return key[1].strip() if key else "", fields

    def _value(self, name: str, at: int) -> tuple[str, int]:
        """The value that begins there, its pieces put together, and the position behind it."""
        pieces: list[str] = []
        length = 0
        while True:
            piece, at = self._piece(name, at)
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST_ENTRY:
                raise _Misread(f"“{name[:40]}” has more than {LONGEST_ENTRY:,} characters")
            joint = _JOINT.match(self.text, at)
            if not joint:
                return "".join(pieces), at
            at = joint.end()

    def _piece(self, name: str, at: int) -> tuple[str, int]:
        opening = self.text[at : at + 1]
        if opening not in ("{", '"'):
            word = _WORD.match(self.text, at)
            assert word
            return self._meaning(word[0]), word.end()
        end = _end(self.text, at + 1, self._braces) if opening == "{" else self._end_of_quotation(at + 1)
        if end < 0:
            raise _Misread(f"the value of “{name[:40]}” has no end")
        return self.text[at + 1 : end], end + 1

    def _meaning(self, word: str) -> str:
        """What an abbreviation stands for; another word is itself."""
        meaning = self._abbreviations.get(word.lower())
        if meaning is None:
            return word
        self.used[word.lower()] = meaning
        return meaning

    def _end_of_quotation(self, at: int) -> int:
        """Where the mark stands that ends a quotation: one in braces does not, nor does one within the text."""
        depth = 0
        for match in self._braces.finditer(self.text, at):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if match[0] == '"' and depth <= 0 and _BEHIND_QUOTATION.match(self.text, match.end()):
                return match.start()
        return -1
