"""A library's own words, names and dates, and how addresses are filled with them."""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from urllib.parse import quote

from .sample import Sample, SamplePaper


class Words:
    """The words, names and dates of a library, by how often they come."""

    def __init__(self, sample: Sample) -> None:
        self.papers = sample.papers
        self.deepest = sample.deepest
        self.lists = sample.lists
        self.positions = [paper.position for paper in self.papers if paper.position > max(sample.deepest, default=0)]

    @cached_property
    def common(self) -> list[str]:
        return self._that_come_in(0.2, 1)

    @cached_property
    def some(self) -> list[str]:
        return self._that_come_in(0.005, 0.05)

    @cached_property
    def rare(self) -> list[str]:
        return self._that_come_in(0, 1 / len(self.papers))

    @cached_property
    def _counts(self) -> Counter[str]:
        """In how many papers a word stands."""
        return Counter(chain.from_iterable(set(_words(paper)) for paper in self.papers))

    def _that_come_in(self, least: float, most: float) -> list[str]:
        size = len(self.papers)
        words = sorted(word for word, count in self._counts.items() if least * size <= count <= most * size)
        return words or sorted(self._counts)


class Draw:
    """Fills the gaps in addresses by their names, each time with something else."""

    def __init__(self, words: Words, seed: str) -> None:
        self._words = words
        self._dice = random.Random(seed)

    def fill(self, addresses: Sequence[str]) -> list[str]:
        return [quote(address.format_map(self), safe="/?=&") for address in addresses]

    def __getitem__(self, gap: str) -> str:
        drawn = _GAPS[gap](self._words, self._dice.choice(self._words.papers))
        return drawn if isinstance(drawn, str) else str(self._dice.choice(drawn))


_WORD = re.compile(r"\b[a-z]{5,}\b")
_PAIR = re.compile(r"\b[A-Za-z]{3,} [A-Za-z]{4,}\b")
#: What fills a gap, or what to choose from; of any paper, so that what is frequent comes often.
_GAPS: Mapping[str, Callable[[Words, SamplePaper], str | Sequence[object]]] = {
    "common": lambda words, _: words.common,
    "some": lambda words, _: words.some,
    "rare": lambda words, _: words.rare,
    "beginning": lambda _, paper: [word[:length] for word in _words(paper) for length in (3, 4, 5)],
    "phrase": lambda words, paper: _PAIR.findall(paper.abstract) or words.common,
    "title": lambda words, paper: _PAIR.findall(paper.title) or words.common,
    "tag": lambda _, paper: paper.tags,
    "author": lambda _, paper: paper.authors,
    "surname": lambda _, paper: [name.split()[-1] for name in paper.authors],
    "position": lambda words, _: words.positions,
    "deepest": lambda words, _: words.deepest,
    "list": lambda words, _: words.lists,
    "key": lambda _, paper: paper.key,
    "year": lambda _, paper: f"{paper.date:%Y}",
    "month": lambda _, paper: f"{paper.date:%Y-%m}",
    "months": lambda _, paper: f"{paper.named_on:%Y/%m}",
    "day": lambda _, paper: f"{paper.named_on:%Y/%m/%d}",
}


def _words(paper: SamplePaper) -> list[str]:
    """The words of a paper that somebody may look for."""
    return _WORD.findall(paper.abstract.lower())
