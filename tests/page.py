"""A page as a test reads it: its elements, each with its attributes and its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_EMPTY = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    """What stands in it, as it was written."""

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


class Page(HTMLParser):
    """All elements of an answer, in order."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open = [Element()]
        self.feed(response.text)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a tag that have these attributes; `class_` is one of the element's classes."""
        return [each for each in self.elements if each.tag == tag and _has(each, attributes)]

    def one(self, tag: str, **attributes: str) -> Element:
        (found,) = self.all(tag, **attributes)
        return found

    def link(self, text: str) -> str:
        """Where the link of that text leads."""
        (address,) = {each["href"] for each in self.all("a") if each.text == text}
        return address

    @property
    def rows(self) -> list[str]:
        """The titles of the papers in a list."""
        return [each.text for each in self.all("h2", class_="entry-title")]

    @property
    def text(self) -> str:
        return self._open[0].text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag == "br":
            self.handle_data(" ")
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)


def _has(element: Element, attributes: Mapping[str, str]) -> bool:
    given = element.attributes
    return all(
        value in given.get("class", "").split() if name == "class_" else given.get(name.replace("_", "-")) == value
        for name, value in attributes.items()
    )
