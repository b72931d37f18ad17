"""A NEP report's page as the lines that it has when it is copied as text."""

import html
import re
from collections.abc import Iterator

from lxml import etree

from ..document import Line
from .markup import html_tree, text_of
from .nep_items import FIELD

_PAGE = re.compile(r"<(?:html|body|table)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,1000}>")
#: How much of it is looked at for what stands above the papers (characters).
_MOST_ABOVE = 20_000


def is_page(head: str) -> bool:
    return bool(_PAGE.search(head)) and "New Economics Papers" in head and "repec.org" in head


def page_lines(page: str) -> Iterator[Line]:
    """Its head on one line, then its papers with numbers: each is a title with a table of fields below."""
    yield Line(1, " ".join(html.unescape(_TAG.sub(" ", page[:_MOST_ABOVE])).split()), True)
    root = html_tree(page)
    number = 0
    for table in () if root is None else root.iter("table"):
        if table.find(".//table") is not None:
            continue
        fields = [field for row in table.iter("tr") if FIELD.fullmatch(field := _on_a_line(row))]
        if fields:
            number += 1
            title = table.getprevious()
            text = "" if title is None else _on_a_line(title)
            yield Line(_place(title, table), f"{number}. {text}".rstrip(), True)
            yield from (Line(_place(table), field, True) for field in [*fields, ""])


def _on_a_line(element: etree._Element) -> str:
    return " ".join(text_of(element).split())


def _place(*elements: etree._Element | None) -> int:
    return next((element.sourceline or 1 for element in elements if element is not None), 1)
