"""A Hugging Face papers page saved by a browser as HTML, whole or as MHTML: the day's list is in it once more as JSON.

The JSON is the value of an attribute, `data-props="{&quot;dailyPapers&quot;:[…"`, with what the cards have no room for.
"""

import html
import re
from collections.abc import Iterator

from ..dates import PartialDate
from .document import Document, UnreadableFile
from .hf_api import entries, within
from .record import Reading

TITLE = "Hugging Face papers page, saved as HTML"

_PAGE = re.compile(r"huggingface\.co|hf\.co|>[^<>]{0,80}Hugging Face</title>", re.IGNORECASE)
#: The list, as it stands in an attribute or in a script.
_MARK = re.compile(r"(?:\"|&quot;|&#34;|&#x22;)dailyPapers(?:\"|&quot;|&#34;|&#x22;)\s{0,9}:\s{0,9}\[")
_PROPS = re.compile(r"""\sdata-props\s*=\s*(?:(?P<quote>["'])(?P<value>.*?)(?:(?P=quote)|\Z))""", re.DOTALL)
_LIST = re.compile(r'"dailyPapers"\s*:\s*(?=\[)')
_DATE = r"(\d{4}-\d\d-\d\d)"
_DAY = re.compile(rf'"dateString"\s*:\s*"{_DATE}')
#: The page of a week or a month, whose papers were on it on several days.
_LONGER = re.compile(r'"periodType"\s*:\s*"(?!day)')
#: Where the page itself says its address: what browsers write above it, and in its head.
_ADDRESS = re.compile(
    rf"(?:saved from url=|rel=[\"']?canonical\b|og:url\b)[^<>\n]{{0,200}}?/papers/date/{_DATE}", re.IGNORECASE
)
_LONGEST_MARK = 60


def recognise(document: Document) -> int:
    head = document.head
    if not head.lstrip().startswith("<") or not _PAGE.search(head):
        return 0
    end = ""
    for chunk in document.chunks():  # the page's menus may be longer than a file's head
        if _MARK.search(end + chunk):
            return 97
        end = chunk[-_LONGEST_MARK:]
    return 0


def read(document: Document) -> Reading:
    text = document.text()
    if text.lstrip()[:1] != "<":  # an entry alone, whose day the page says
        alone = entries(within(f"[{text}]"), document.first_place)
        return (item._replace(digest=item.digest._replace(date=None)) for item in alone)
    for value, start in _values(text):
        if found := _LIST.search(value):
            line = 1 + text.count("\n", 0, start) + value.count("\n", 0, found.end())
            papers = within(value[found.end() :], first_line=line)
            return entries(papers, document.first_place, None if _LONGER.search(value) else _day(value, text))
    raise UnreadableFile("no list of papers in this page: save it as “Webpage, complete” or as a single file (MHTML)")


def _values(page: str) -> Iterator[tuple[str, int]]:
    """Where the list may be, and where that begins: the values of the attributes, and the page as it is."""
    for attribute in _PROPS.finditer(page):
        yield html.unescape(attribute["value"]), attribute.start("value")
    yield page, 0


def _day(value: str, page: str) -> PartialDate | None:
    day = _DAY.search(value) or _ADDRESS.search(page)
    return PartialDate.parse(day[1]) if day else None
