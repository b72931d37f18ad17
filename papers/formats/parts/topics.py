"""What the headings above the papers of a list say: who made it, when, and on which topics the papers are."""

import re
from collections import Counter

from ...dates import find_date, split_date
from ..document import Document
from ..record import LONGEST_TAG, DigestRecord, Found, Unreadable
from .markdown_lines import Heading
from .phrases import words

UPDATED = re.compile(
    r"^[ \t>*_~-]{0,20}(?:#{1,6} )?[*_]{0,3}(?:last )?updated?\b.{0,60}$", re.IGNORECASE | re.MULTILINE
)
#: Headings that say no more than that there are papers below.
_NO_TOPIC = re.compile(
    r"\W*(?:(?:the|new|latest|today|this|week|s|all|list|of|arxiv|daily|papers?|articles?|tables?)\b\W*)+",
    re.IGNORECASE,
)


class Topics:
    """The headings above a place in a list, and the digest that it is in."""

    def __init__(self, document: Document) -> None:
        updated = UPDATED.search(document.head)
        self.digest = DigestRecord(date=find_date(updated[0]) if updated else None)
        self.tags: list[str] = []
        self._above: list[Heading] = []
        self._first_place = document.first_place
        self._places: Counter[DigestRecord] = Counter()

    def come_to(self, heading: Heading) -> None:
        """A heading with a date begins a digest; one without is a topic, but the first of all is the list's name."""
        self._above = [other for other in self._above if other.level < heading.level] + [heading]
        self.tags = [tag for other in self._above if (tag := _topic(other))]
        name, date = split_date(words(heading.text))
        source = name if heading.level == 1 and not self.digest.source else self.digest.source
        self.digest = DigestRecord(source, date or self.digest.date)

    def above(self, text: str) -> str:
        """The text below its headings, so that it can be read alone."""
        return "\n".join([*(f"{'#' * heading.level} {heading.text}" for heading in self._above), text])

    def placed(self, item: Found | Unreadable) -> Found | Unreadable:
        """The item at its place in the digest's order."""
        place = self._first_place + self._places[self.digest]
        self._places[self.digest] += 1
        return item._replace(place=place, digest=self.digest)


def _topic(heading: Heading) -> str:
    text = words(heading.text)
    is_topic = heading.level > 1 and len(text) <= LONGEST_TAG and not find_date(text) and not _NO_TOPIC.fullmatch(text)
    return text if is_topic else ""
