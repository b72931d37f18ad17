"""The records in JSON, wherever in its lists and objects they stand, each with its text and with what is around it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..document import LONGEST_LINE, Document
from .json_items import CLOSING, MOST_BROKEN, SEPARATOR, TOO_DEEP, Cut, Taken, past

type IsRecord = Callable[[Mapping[str, Any]], bool]

#: How far lists and objects may stand within one another above a record.
_DEEPEST = 8
#: How what holds an object begins.
_HOLDING = re.compile(r'\{\s*"|\[\s*[{[]')
#: How a list of records is called, where it may be empty.
_LISTS = ("papers", "items", "entries", "results", "articles", "records", "works", "references", "data", "message")


class JsonRecord(NamedTuple):
    """What is one of a file's records, or was meant to be, and what stands around it."""

    value: Any
    text: str
    line: int
    path: tuple[str, ...] = ()
    """The names by which the objects around it know the way to it."""
    around: Mapping[str, Any] = {}
    """The members of the objects around it that are no lists and no objects."""
    flaw: str = ""
    """Why it cannot be read."""


def records(text: str, is_record: IsRecord) -> Iterator[JsonRecord]:
    """The records in a text, in lists and objects however deep; beside a record in a list, all are meant to be some.

    What has no record in it comes as it is, unless it is an empty list or an object of such.
    """
    yield from _Walk(Taken(text), is_record).all()


def records_of(document: Document, is_record: IsRecord) -> Iterator[JsonRecord]:
    """The records in a file, which may be one JSON text or one a line."""
    if not is_lines(document.head):
        yield from records(document.text(), is_record)
        return
    for line in document.lines():
        if not line.whole:
            yield JsonRecord(None, line.text, line.number, flaw=f"the line is longer than {LONGEST_LINE:,} characters")
        elif line.text.strip():
            for found in records(line.text, is_record):
                yield found._replace(line=line.number)


def is_lines(head: str) -> bool:
    """Whether a file that begins so has an object on each of its lines."""
    lines = [line for line in head.split("\n") if line.strip()][:20]
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return False
    begun = [line for line in lines if line.lstrip().startswith("{")]
    objects = list(map(_is_object, begun))  # the first of two decides, as what follows an object is another
    return 2 * len(begun) > len(lines) and 2 * sum(objects) + objects[0] > len(begun)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text, strict=False), dict)
    except (ValueError, RecursionError):
        return False


@dataclass
class _Walk:
    """A search for records."""

    taken: Taken
    is_record: IsRecord

    def all(self) -> Iterator[JsonRecord]:
        text, end = self.taken.text, 0
        while (at := past(SEPARATOR, text, end)) < len(text):
            if text[at] == "[":
                for cut in self.taken.cuts(at, "]"):
                    yield from self._entry(cut, _Around())
                end = self.taken.end
            elif end and text[at] != "{":
                rest = Cut("", None, at, at, len(text), "no JSON: words behind the last object")
                yield self._record(rest, _Around())
                return
            else:
                cut = next(self.taken.cuts(at, ""))
                yield from self._entry(cut, _Around())
                end = cut.end

    def _entry(self, cut: Cut, around: "_Around") -> Iterator[JsonRecord]:
        """What is meant to be a record, or to hold some."""
        if not (self._may_hold(cut) if cut.flaw else self._is_around_some(cut.value)):
            if cut.flaw or not _is_empty(cut.value):
                yield self._record(cut, around)
        elif around.depth > _DEEPEST:
            yield self._record(cut, around, TOO_DEEP)
        else:
            yield from self._within(cut, around.onto(cut))

    def _record(self, cut: Cut, around: "_Around", flaw: str = "") -> JsonRecord:
        source, line = self.taken.source(cut), self.taken.line(cut)
        return JsonRecord(cut.value, source, line, around.onto(cut).path, around.members, flaw or cut.flaw)

    def _within(self, cut: Cut, around: "_Around") -> Iterator[JsonRecord]:
        """The records in a list or an object."""
        if self.taken.text[cut.begin] == "[":
            for item in self.taken.cuts(cut.begin, "]"):
                yield from self._entry(item, around)
            return
        members = list(self.taken.cuts(cut.begin, "}"))
        around = around.with_members({each.name: each.value for each in members if _is_plain(each)})
        objects = [each.value for each in members if isinstance(each.value, dict)]
        are_records = 2 * sum(map(self._is_record, objects)) > len(objects) > 1
        for each in members:
            is_meant = are_records and isinstance(each.value, dict)
            if is_meant or each.flaw or self._holds([each.value]):
                yield from self._entry(each, around)

    def _may_hold(self, cut: Cut, depth: int = 0) -> bool:
        """Whether a broken item is rather a list or an object with records in it than a record itself."""
        closing = CLOSING.get(self.taken.text[cut.begin : cut.begin + 1])
        if depth > _DEEPEST or cut.flaw == TOO_DEEP or self.taken.broken > MOST_BROKEN:
            return False
        if not (closing and _HOLDING.match(self.taken.text, cut.begin)):
            return False
        within = Taken(self.taken.text, self.taken.broken).cuts(cut.begin, closing)
        if closing == "}":
            members = list(within)
            if self.is_record({each.name: each.value for each in members}):
                return False
            within = iter(members)
        return any(self._may_hold(each, depth + 1) if each.flaw else self._holds([each.value]) for each in within)

    def _is_record(self, value: Any) -> bool:
        return isinstance(value, dict) and self.is_record(value)

    def _is_around_some(self, value: Any) -> bool:
        return not self._is_record(value) and self._holds(value)

    def _holds(self, value: Any, depth: int = 0) -> bool:
        """Whether there are records in it."""
        if depth > _DEEPEST or not isinstance(value, dict | list):
            return False
        within = value.values() if isinstance(value, dict) else value
        return any(self._is_record(each) or self._holds(each, depth + 1) for each in within)


class _Around(NamedTuple):
    """What stands around a place in a text."""

    path: tuple[str, ...] = ()
    members: Mapping[str, Any] = {}
    depth: int = 0

    def onto(self, cut: Cut) -> "_Around":
        path = (*self.path, cut.name) if cut.name else self.path
        return self._replace(path=path, depth=self.depth + 1)

    def with_members(self, members: Mapping[str, Any]) -> "_Around":
        return self._replace(members={**self.members, **members})


def _is_plain(cut: Cut) -> bool:
    return not cut.flaw and not isinstance(cut.value, dict | list)


def _is_empty(value: Any) -> bool:
    """Whether it is nothing, or what would hold records if there were any."""
    if isinstance(value, dict):
        return any(value.get(name) == [] or (value.get(name) and _is_empty(value[name])) for name in _LISTS)
    return value is None or value == []
