"""What is asked for: kinds of pages, each time with other words."""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from papers.query import PaperQuery

from .sample import Sample
from .session import Session
from .words import Draw, Words


class Kind(NamedTuple):
    """Pages of a kind: addresses with gaps, each filled anew each time."""

    name: str
    addresses: tuple[str, ...]
    like: str = ""
    """The kind whose words it asks for, one round apart."""
    is_part: bool = False
    """Whether htmx asks for it, to put it into a page."""


def _papers(*questions: str) -> tuple[str, ...]:
    return tuple(f"/papers/?{question}" for question in questions)


#: A list alone, among found words, left out, and as one of two things that may be true.
OF_LISTS = ("list={list}", "q=list:{list} {common}", "q={common} -list:{list}", "q=list:{list} or list:{list}")
FIRST = Kind("papers, first page", ("/papers/",))
DEEPEST = Kind("papers, deepest page", _papers("after={deepest}"))
PAGES = (
    Kind("front page", ("/",)),
    Kind("a day's digest", ("/digests/{day}/",)),
    Kind("a month of digests", ("/digests/{months}/",)),
    Kind("all digests", ("/digests/",)),
    FIRST,
    Kind("papers, deep page", _papers("after={position}", "sort=oldest&after={position}")),
    DEEPEST,
    Kind("papers of a tag", _papers("tag={tag}", "tag={tag}&after={position}", "tag={tag}&tag={tag}")),
    Kind("papers of a year", _papers("year={year}", "since={month}", "tag={tag}&year={year}")),
    Kind("papers of a source", _papers("source=corpus", "source=corpus&tag={tag}")),
    Kind("papers of an author", _papers("author={author}")),
    Kind("papers by my marks", _papers("is=unread", "is=read", "is=starred", "is=dismissed")),
    Kind("papers of my lists", _papers(*OF_LISTS)),
    Kind("a paper", ("/papers/{key}/", "/papers/{key}/?q={common}")),
)

#: Thirty, as one types them.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "rare words": ("{rare}", "{rare} or {rare}", "{rare} or {some}"),
    "common words": ("{common}", "{common} or {common}"),
    "several words": (
        "{common} {common}",
        "{common} {common} {common}",
        "{some} {common}",
        "{some} {some}",
        "{rare} {common}",
    ),
    "phrases": ('"{phrase}"', '"{phrase}" {common}', 'title:"{title}"'),
    "beginnings of words": ("{beginning}*", "{beginning}* {common}", "title:{beginning}*"),
    "fields": (
        "title:{common}",
        "abstract:{some}",
        'author:"{author}"',
        "author:{surname}",
        "tag:{tag} {common}",
        "tag:{tag} year:{year}",
        "{common} since:{month}",
        "{some} in:{month}",
    ),
    "negations": ("{common} -{common}", "-{common}", "{some} -tag:{tag}", "{common} -is:read"),
    "nothing found": ("{rare} {rare} {rare}", '"{common} {rare}" tag:{tag}'),
}
KINDS = (*PAGES, *(Kind(name, _papers(*(f"q={text}" for text in texts))) for name, texts in QUESTIONS.items()))
SEVERAL = next(kind for kind in KINDS if kind.name == "several words")
BEST = Kind("best match", tuple(f"{address}&sort=best" for address in SEVERAL.addresses), like=SEVERAL.name)
TYPE_AHEAD = Kind("type-ahead", ("/papers/suggestions/?q={beginning}",), is_part=True)
EVERY_KIND = (*KINDS, BEST, TYPE_AHEAD)


def kinds(session: Session) -> list[Kind]:
    """Those that the product has."""
    is_there = {
        BEST: not PaperQuery.from_params({"sort": ["best"]}).ignored,
        TYPE_AHEAD: session.get(TYPE_AHEAD.addresses[0].format(beginning="mod"), is_part=True).status == 200,
    }
    return [kind for kind in EVERY_KIND if is_there.get(kind, True)]


class Questions:
    """What is asked of one library: the same kinds as of any other, in its own words."""

    def __init__(self, sample: Sample, kinds: Sequence[Kind]) -> None:
        words = Words(sample)
        self._draws = {kind: Draw(words, kind.like or kind.name) for kind in kinds}
        for kind, draw in self._draws.items():
            if not kind.like:  # so that one does not ask in the same round what the other has just asked
                draw.fill(kind.addresses)

    def round(self, number: int) -> list[tuple[Kind, str]]:
        """One address of each, in an order of this round."""
        asked = [(kind, address) for kind, draw in self._draws.items() for address in draw.fill(kind.addresses)]
        random.Random(number).shuffle(asked)
        return asked
