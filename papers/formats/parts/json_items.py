"""JSON taken apart: what is in lists and objects, each with the text it was found as; a broken one spoils no other."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..record import LONGEST_PIECE, Unreadable

#: What is broken more often than this is no JSON, and is told of in one piece.
MOST_BROKEN = 100
_LONGEST_INDENT = 200
TOO_DEEP = "no JSON: nested too deeply"
#: Spaces, and characters that nobody sees.
_SPACES = r"[\s\x00-\x1f\x7f-\x9f\ufeff]*"
_SPACE = re.compile(_SPACES)
SEPARATOR = re.compile(rf"{_SPACES}(?:,{_SPACES})*")
_NAME = re.compile(rf"{_SPACES}:{_SPACES}")
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[][{},]', re.DOTALL)
CLOSING = {"{": "}", "[": "]"}


class Item(NamedTuple):
    name: str
    """By which an object knows it; empty in a list."""
    value: Any
    text: str
    """As found, its name with it."""
    line: int


def items(text: str, start: int = 0) -> Iterator[Item | Unreadable]:
    """What is in the list or object that begins there (spaces aside); of a piece of one, what is in the piece."""
    taken = Taken(text)
    at = past(_SPACE, text, start)
    for cut in taken.cuts(at, CLOSING.get(text[at : at + 1], "")):
        source, line = taken.source(cut), taken.line(cut)
        if cut.flaw:
            yield Unreadable(source[:LONGEST_PIECE], line, cut.flaw)
        else:
            yield Item(cut.name, cut.value, source, line)


class Cut(NamedTuple):
    """An item's place in the text: where it begins with its name, where its value does, and where it ends."""

    name: str
    value: Any
    start: int
    begin: int
    end: int
    flaw: str = ""


@dataclass
class Taken:
    """A text that is being taken apart."""

    text: str
    broken: int = 0
    decoder: json.JSONDecoder = field(default_factory=lambda: json.JSONDecoder(strict=False))
    end: int = 0
    """Behind the list or object that was taken apart last."""
    counted: int = 0
    lines: int = 1

    def cuts(self, start: int, closing: str) -> Iterator[Cut]:
        """What stands between this place and what closes it, or the end where nothing does."""
        text = self.text
        at = past(_SPACE, text, start)
        is_object = closing == "}" or (not closing and text[at : at + 1] == '"')
        at = past(_SPACE, text, at + 1) if closing else at
        cut = None
        while text[at : at + 1] not in ("", closing):
            cut = self._cut(at, is_object)
            yield cut
            at = past(SEPARATOR, text, cut.end)
        self.end = at + 1
        if closing and not text[at:] and not (cut and cut.flaw):
            yield Cut("", None, max(start, at - 200), at, at, f"the file ends before its last “{closing}”")

    def source(self, cut: Cut) -> str:
        source = self.text[cut.start : cut.end]
        return source.strip().rstrip(",").rstrip() or source if cut.flaw else source

    def line(self, cut: Cut) -> int:
        """The line on which it begins."""
        if cut.start < self.counted:
            self.counted, self.lines = 0, 1
        self.lines += self.text.count("\n", self.counted, cut.start)
        self.counted = cut.start
        return self.lines

    def _cut(self, at: int, is_object: bool) -> Cut:
        name, begin = "", at
        try:
            if is_object:
                name, begin = self.decoder.raw_decode(self.text, at)
                begin = past(_NAME, self.text, begin)
            value, end = self.decoder.raw_decode(self.text, begin)
            behind = past(_SPACE, self.text, end)
            if isinstance(value, str) and self.text[behind : behind + 1].isalnum():  # its last quote is missing
                raise json.JSONDecodeError("Expecting ',' delimiter", self.text, behind)
        except json.JSONDecodeError as error:
            flaw = f"no JSON: {error.msg}"
        except RecursionError:
            flaw = TOO_DEEP
        except ValueError:
            flaw = "no JSON: a number that is too long"
        else:
            return Cut(str(name), value, at, begin, end)
        self.broken += 1
        end = len(self.text) if self.broken > MOST_BROKEN else self._end(at)
        return Cut(str(name), None, at, begin, end, flaw)

    def _end(self, at: int) -> int:
        """Where a broken item ends: above the next line that begins as its own, else where its brackets close."""
        text = self.text
        before = text[max(0, at - _LONGEST_INDENT) : at]
        indent = before[before.rfind("\n") :]
        if indent.startswith("\n") and not indent.strip():
            following = text.find(f"{indent}{text[at]}", at + 1)
            if following > 0:
                return following
        level = 0
        for token in _TOKEN.finditer(text, at):
            level += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
            if level < 0 or (level == 0 and token[0] == ","):
                return max(token.start(), at + 1)
        return len(text)


def past(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
