"""Entries tied to papers: new records meet the library, and each work becomes, or stays, one paper."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from ..formats.record import PaperRecord
from ..ids import Identifier as Name
from ..ids import is_generic, key_hash
from ..models import Entry, FormerKey, Identifier, Paper, RuledRecord, Ruling
from ..text import block_html
from .recognise import Clues, Verdict, clues_of, recognise


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
        return not self.is_new and self.entry.listed

    @property
    def fingerprint(self) -> bytes:
        return bytes(self.entry.fingerprint)

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
    formers: Sequence[FormerKey] = ()
    """The keys that lead there from now on; of a paper that is not yet saved the first is its own again."""
    hidden: bool = field(init=False)
    """Whether readers see nothing of it. What is hidden stays so, whatever turns out to be the same work."""

    def __post_init__(self) -> None:
        self.hidden = any(paper.hidden for paper in (self.paper, *self.merged))

    @property
    def is_retied(self) -> bool:
        """Whether some of its entries are tied on other evidence than they were."""
        return any("evidence" in member.changed for member in self.members)


def tie(
    new: Sequence[Member] = (),
    *,
    again: Iterable[int] = (),
    lost: Sequence[Member] = (),
    homes: Mapping[bytes, str] | None = None,
) -> list[Work]:
    """The works of new entries, and those that they change: where they join what was apart, or part what was one.

    So too around papers that are to be recognised `again`, by their ids, and around entries that are `lost`, which are
    deleted by now. Where a ruling is taken back, `homes` says of which papers its records were, by their keys: there
    they go on. Decides only: nothing is saved. Each entry is given its evidence.
    """
    kin = _kin([*new, *lost], {*again, *(member.entry.paper_id for member in lost)})
    members = [*kin, *new]
    before: dict[int, set[Member]] = defaultdict(set)
    for member in (*kin, *lost):
        before[member.entry.paper_id].add(member)
    parts: list[list[Member]] = []
    for ties in recognise([member.clues for member in members], verdicts_on(members)):
        parts.append([members[record] for record, _ in ties])
        for record, evidence in ties:
            members[record].set(evidence=evidence[:200])
    papers = Paper.objects.in_bulk(before)
    former_keys = _former_keys(members, before)
    heirlooms = _heirlooms(parts, former_keys, papers, homes or {})
    formers = _placed(former_keys, parts, heirlooms)
    works = [_work(*of_part, papers) for of_part in zip(parts, heirlooms, formers, strict=True)]
    return [work for work in works if set(work.members) != before.get(work.paper.pk) or work.is_retied]


def _kin(members: Sequence[Member], papers: set[int]) -> list[Member]:
    """All saved entries that could have a say in which works these, and those of these papers, are of: what shares an
    identifier, a title or a ruling with them, and what shares one with that, and so on."""
    kin: list[Member] = []
    reached = set(papers)
    while members or papers:
        clues = [member.clues for member in members]
        near = _named({name for clue in clues for name in clue.identifiers}) | _titled(clues) | _ruled(members)
        papers |= near - reached
        reached |= papers
        entries = Entry.objects.filter(paper__in=papers).select_related("digest__source") if papers else []
        members = list(map(Member.of, entries))
        papers = set()
        kin += members
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


def _ruled(members: Iterable[Member]) -> set[int]:
    """The papers of entries that a ruling binds to these."""
    rulings = Ruling.objects.standing().binding()
    fingerprints = {member.fingerprint for member in members}
    if not fingerprints or not rulings.exists():
        return set()
    bound = RuledRecord.objects.filter(ruling__in=rulings.on(fingerprints)).values_list("title_key", "fingerprint")
    keys = {bytes(fingerprint): key for key, fingerprint in bound}
    entries = Entry.objects.filter(title_key__in=keys.values()).values_list("paper_id", "fingerprint")
    return {paper for paper, fingerprint in entries if bytes(fingerprint) in keys}


def verdicts_on(members: Sequence[Member]) -> list[Verdict]:
    """What standing rulings say of these entries, by their places in the sequence."""
    rulings = Ruling.objects.standing()
    if not members or not rulings.exists():
        return []
    indexes: dict[bytes, list[int]] = defaultdict(list)
    for index, member in enumerate(members):
        indexes[member.fingerprint].append(index)
    return [
        Verdict(
            [frozenset(index for record in part for index in indexes.get(record, ())) for part in ruling.parts],
            ruling.binds,
        )
        for ruling in rulings.on(indexes).prefetch_related("records")
    ]


def _former_keys(members: Sequence[Member], papers: Collection[int]) -> list[FormerKey]:
    """Those that lead to these papers, or to none and may be the entries' own again; of fewer records first."""
    found = FormerKey.objects.of_papers(papers)
    lost = FormerKey.objects.leading_nowhere()
    if any(member.is_new for member in members) and lost.exists():
        found |= lost.of_records({member.fingerprint for member in members})
    return sorted(
        found.distinct().prefetch_related("records"), key=lambda former: (len(former.records.all()), former.pk)
    )


def _heirlooms(
    parts: Sequence[Sequence[Member]],
    former_keys: Iterable[FormerKey],
    papers: Mapping[int, Paper],
    homes: Mapping[bytes, str],
) -> list[list[int]]:
    """For each part the papers that go on in it: a paper goes home, else where its own identified entries go, else its
    oldest; after those come the ones that it took in with another paper, those that came last at the end."""
    taken_in: dict[int | None, dict[bytes, int]] = defaultdict(dict)
    for former in sorted(former_keys, key=lambda former: former.pk):
        taken_in[former.paper_id] |= dict.fromkeys(former.fingerprints, former.pk)
    best: dict[int, tuple[bool, int, bool, int, int]] = {}
    for index, part in enumerate(parts):
        for member in part:
            if paper := member.entry.paper_id:
                strange = homes.get(member.fingerprint, papers[paper].key) != papers[paper].key
                taken = taken_in[paper].get(member.fingerprint, 0)
                claim = (strange, taken, not member.clues.identifiers, member.entry.pk, index)
                best[paper] = min(best.get(paper, claim), claim)
    heirlooms: list[list[int]] = [[] for _ in parts]
    for paper in sorted(best):
        heirlooms[best[paper][-1]].append(paper)
    return heirlooms


def _placed(
    former_keys: Iterable[FormerKey], parts: Sequence[Sequence[Member]], heirlooms: Sequence[Sequence[int]]
) -> list[list[FormerKey]]:
    """For each part the former keys that go on in it, those of most records first: a key goes where no paper does, else
    where there is nothing but its records, else where most of them are."""
    formers: list[list[FormerKey]] = [[] for _ in parts]
    part_of = {member.fingerprint: index for index, part in enumerate(parts) for member in part}
    smaller: set[bytes] = set()  # of papers that were merged into one that was merged into the next
    for former in former_keys:
        own = former.fingerprints - smaller or former.fingerprints
        votes = Counter(part_of[record] for record in own if record in part_of)
        claims = [
            (not heirlooms[part], all(member.fingerprint in own for member in parts[part]), number, -part)
            for part, number in votes.items()
        ]
        if claims:
            formers[-max(claims)[-1]].insert(0, former)
        smaller |= former.fingerprints
    return formers


def _work(
    part: Sequence[Member], heirloom: Sequence[int], formers: Sequence[FormerKey], papers: Mapping[int, Paper]
) -> Work:
    if not heirloom:
        was_hidden = any(papers[paper].hidden for member in part if (paper := member.entry.paper_id))
        return Work(Paper(hidden=was_hidden), part, formers=formers)
    first, *merged = (papers[paper] for paper in heirloom)
    return Work(first, part, merged, formers)


def works_of(papers: Iterable[int]) -> list[Work]:
    """Saved papers, by their ids, as works with all of their entries."""
    members: dict[int, list[Member]] = defaultdict(list)
    for entry in Entry.objects.filter(paper__in=papers).select_related("paper", "digest__source"):
        members[entry.paper_id].append(Member.of(entry))
    return [Work(of_paper[0].entry.paper, of_paper) for of_paper in members.values()]
