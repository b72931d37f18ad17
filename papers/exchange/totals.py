"""Kept totals: how many papers bear each tag, have each word in their titles, and are by each author."""

from collections import Counter
from typing import Any

from ..models import Author, Paper, Tag, Word
from ..models.vocabulary import LONGEST_NAME, words
from ..search import borne


class Totals:
    """How the totals change while papers are written. What a paper counts for is a function of its own columns; one
    that is hidden counts for nothing."""

    def __init__(self) -> None:
        self._tags: Counter[int] = Counter()
        self._words: Counter[str] = Counter()
        self._authors: Counter[str] = Counter()

    def add(self, paper: Paper) -> None:
        """Counts a paper, as it is now, in."""
        for counter, counted in self._counted(paper):
            counter.update(counted)

    def remove(self, paper: Paper) -> None:
        """Counts a paper, as it is now, out."""
        for counter, counted in self._counted(paper):
            counter.subtract(counted)

    def _counted(self, paper: Paper) -> list[tuple[Counter[Any], Any]]:
        if paper.hidden:
            return []
        return [
            (self._tags, borne("tag", dict.fromkeys(paper.facets.split(), 1))),
            (self._words, words(paper.title)),
            (self._authors, {name for name in paper.authors if len(name) <= LONGEST_NAME}),
        ]

    def save(self) -> None:
        Tag.objects.grow(_changed(self._tags))
        Word.objects.grow(_changed(self._words))
        Author.objects.grow(_changed(self._authors))

    @classmethod
    def amiss(cls) -> "Totals":
        """By how much the kept totals differ from those of all papers."""
        totals = cls()
        for paper in Paper.objects.only("title", "author_lines", "facets", "hidden").iterator():
            totals.add(paper)
        totals._tags.subtract(dict(Tag.objects.values_list("pk", "size")))
        totals._words.subtract(dict(Word.objects.values_list("pk", "size")))
        totals._authors.subtract(dict(Author.objects.values_list("pk", "size")))
        return totals


def _changed[K](counter: Counter[K]) -> dict[K, int]:
    return {key: number for key, number in counter.items() if number}
