"""Entries tied to papers: new records meet the library, and each work becomes, or stays, one paper."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from ..formats.record import PaperRecord
from ..ids import Identifier as Name
from ..ids import is_generic, key_hash
from ..models import Entry, Identifier, Paper
from ..text import block_html
from .recognise import Clues, clues_of, recognise


@dataclass(eq=False)
class Member:
    """An entry with its record read; the entry is not yet saved if it is new."""

    entry: Entry
    record: PaperRecord
    changed: set[str] = field(default_factory=set)
    """The columns of the entry that differ from what is saved."""

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(entry, entry.found)

    @property
    def is_new(self) -> bool:
        return self.entry.pk is None

    @property
    def is_listed(self) -> bool:
        """Whether its digest counts it already."""
        return not self.is_new and not self.entry.repeat

    @cached_property
    def clues(self) -> Clues:
        return clues_of(self.record)

    def set(self, **columns: Any) -> None:
        for name, value in columns.items():
            if getattr(self.entry, name) != value:
                setattr(self.entry, name, value)
                self.changed.add(name)

    def derive(self) -> None:
        """Makes the columns that are made of the record."""
        self.set(
            title_key=key_hash(self.clues.title),
            is_loose=self.clues.is_loose,
            note_html=block_html(self.record.note),
        )


@dataclass(eq=False)
class Work:
    """A paper, not yet saved if the work is new, with all of its entries and the papers that turned out to be it."""

    paper: Paper
    members: Sequence[Member]
    merged: Sequence[Paper] = ()


def tie(new: Sequence[Member]) -> list[Work]:
    """The works of new entries, and those that they change: where they join what was apart, or part what was one.

    Decides only: nothing is saved. Each entry is given its evidence.
    """
    kin = _kin(new)
    members = [*kin, *new]
    before: dict[int, set[Member]] = defaultdict(set)
    for member in kin:
        before[member.entry.paper_id].add(member)
    parts: list[list[Member]] = []
    for ties in recognise([member.clues for member in members]):
        parts.append([members[record] for record, _ in ties])
        for record, evidence in ties:
            members[record].set(evidence=evidence[:200])
    papers = Paper.objects.in_bulk(before)
    works = [_work(part, heirloom, papers) for part, heirloom in zip(parts, _heirlooms(parts), strict=True)]
    return [work for work in works if set(work.members) != before.get(work.paper.pk)]


def _kin(new: Sequence[Member]) -> list[Member]:
    """All saved entries that could have a say in which works these are of: what shares an identifier or a title with
    them, and what shares one with that, and so on."""
    kin: list[Member] = []
    papers: set[int] = set()
    clues = [member.clues for member in new]
    while clues:
        reached = (_named({name for clue in clues for name in clue.identifiers}) | _titled(clues)) - papers
        papers |= reached
        entries = Entry.objects.filter(paper__in=reached).select_related("digest__source") if reached else []
        found = list(map(Member.of, entries))
        clues = [member.clues for member in found]
        kin += found
    return kin


def _named(names: Iterable[Name]) -> set[int]:
    values: dict[str, list[str]] = defaultdict(list)
    for scheme, value in names:
        values[scheme].append(value)
    return {
        paper
        for scheme in values
        for paper in Identifier.objects.filter(scheme=scheme, value__in=values[scheme]).values_list(
            "paper_id", flat=True
        )
    }


def _titled(clues: Iterable[Clues]) -> set[int]:
    """The papers with entries of these titles. Two entries with arXiv ids never tie by title: only loose ones can."""
    loose: set[int] = set()
    fast: set[int] = set()
    for clue in clues:
        if clue.title and (clue.author or not is_generic(clue.title)):
            (loose if clue.is_loose else fast).add(key_hash(clue.title))
    found: set[int] = set()
    if loose:
        found |= set(Entry.objects.filter(title_key__in=loose).values_list("paper_id", flat=True))
    if fast:
        found |= set(Entry.objects.filter(title_key__in=fast, is_loose=True).values_list("paper_id", flat=True))
    return found


def _heirlooms(parts: Sequence[Sequence[Member]]) -> list[list[int]]:
    """For each part the papers that go on in it: a paper goes where its identified entries go, else its oldest."""
    best: dict[int, tuple[bool, int, int]] = {}
    for index, part in enumerate(parts):
        for member in part:
            if paper := member.entry.paper_id:
                claim = (not member.clues.identifiers, member.entry.pk, index)
                best[paper] = min(best.get(paper, claim), claim)
    heirlooms: list[list[int]] = [[] for _ in parts]
    for paper in sorted(best):
        heirlooms[best[paper][2]].append(paper)
    return heirlooms


def _work(part: Sequence[Member], heirloom: Sequence[int], papers: Mapping[int, Paper]) -> Work:
    if not heirloom:
        return Work(Paper(), part)
    first, *merged = (papers[paper] for paper in heirloom)
    return Work(first, part, merged)


def works_of(papers: Iterable[int]) -> list[Work]:
    """Saved papers, by their ids, as works with all of their entries."""
    members: dict[int, list[Member]] = defaultdict(list)
    for entry in Entry.objects.filter(paper__in=papers).select_related("paper", "digest__source"):
        members[entry.paper_id].append(Member.of(entry))
    return [Work(of_paper[0].entry.paper, of_paper) for of_paper in members.values()]
