"""A NEP report taken apart: a numbered list of contents, which may be missing, and then the numbered papers."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..document import Line

FIELD = re.compile(r"\s*(By|Authors?|Abstract|Keywords?|(?:Classification-)?JEL|Date|URL)\s*:\s*(.*)")

_NUMBERED = re.compile(r"\s*(\d{1,4})[.)](?:\s+(\S.*))?\s*")
#: What ends the papers: a rule, or what the report says of itself.
_END = re.compile(r"\s*(?:-{20,}|_{20,}|={20,}|This nep-[a-z]+ issue is .*|General information on the NEP project .*)")
#: How much of two titles must be alike, as either may have lost its accents.
_ALIKE = 0.5


class Item:
    """A numbered paper."""

    def __init__(self, first: Line) -> None:
        match = _NUMBERED.fullmatch(first.text)
        assert match
        self.line = first.number
        self.number = int(match[1])
        self.lines = [match[2] or ""]
        """Its lines, the first without its number."""
        self._source = [first.text]
        self._fields: set[str] = set()
        self._has_parts = False
        self._has_end = False

    def add(self, line: Line) -> None:
        self._has_end = self._has_end or bool(_END.fullmatch(line.text))
        if self._has_end:
            return
        if match := FIELD.fullmatch(line.text):
            self._fields.add(match[1])
        self._has_parts = self._has_parts or bool(line.text.strip() and not self.lines[-1].strip())
        self.lines.append(line.text)
        self._source.append(line.text)

    @property
    def title(self) -> str:
        return self.lines[0]

    @property
    def text(self) -> str:
        """As found."""
        return "\n".join(self._source).strip()

    @property
    def has_fields(self) -> bool:
        return bool(self._fields)

    @property
    def is_complete(self) -> bool:
        """Whether another may follow: it has what stands last in it, or nothing but a title."""
        return bool(self._fields & {"Date", "URL"}) or self._has_end or not (self._fields or self._has_parts)


def items(lines: Sequence[Line]) -> tuple[str, list[Item]]:
    """What stands above a report's papers, and these in the order of their numbers; of one that stands in the contents
    only, its item there."""
    numbered = [place for place, line in enumerate(lines) if _NUMBERED.fullmatch(line.text)]
    if not numbered:
        return "\n".join(line.text for line in lines), []
    contents = {item.number: item for item in _contents(lines, numbered)}
    papers = {item.number: item for item in _papers(lines, numbered[len(contents) :], contents)}
    above = "\n".join(line.text for line in lines[: numbered[0]])
    return above, [item for _, item in sorted((contents | papers).items())]


def _contents(lines: Sequence[Line], numbered: Sequence[int]) -> list[Item]:
    """The contents: what is numbered until its first title is there again; nothing where that never is."""
    found: list[Item] = []
    for place, until in zip(numbered, [*numbered[1:], len(lines)], strict=True):
        item = Item(lines[place])
        for line in lines[place + 1 : until]:
            item.add(line)
        if found and item.number == found[0].number and _alike(item.title, found[0].title):
            return found
        if item.has_fields or (found and item.number <= found[-1].number):
            return []
        found.append(item)
    return []


def _papers(lines: Sequence[Line], numbered: Sequence[int], contents: Mapping[int, Item]) -> Iterator[Item]:
    begun: Item | None = None
    places = set(numbered)
    for place, line in enumerate(lines[numbered[0] :], numbered[0]):
        if place in places and _begins(new := Item(line), begun, contents):
            if begun:
                yield begun
            begun = new
        elif begun:
            begun.add(line)
    if begun:
        yield begun


def _begins(new: Item, begun: Item | None, contents: Mapping[int, Item]) -> bool:
    """Whether a numbered line begins a paper, and does not count something within an abstract."""
    if begun and new.number <= begun.number:
        return False
    if new.number in contents and new.title:
        return _alike(new.title, contents[new.number].title)
    return not begun or begun.is_complete


def _alike(one: str, other: str) -> bool:
    """Whether two titles are the same, as far as both are given."""
    words = [set(re.findall(r"\w+", title[:200].casefold())) for title in (one, other)]
    return len(words[0] & words[1]) >= _ALIKE * min(map(len, words))
