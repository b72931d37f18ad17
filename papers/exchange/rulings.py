"""What curators rule about papers: that they are one work, or that one is two."""

from collections.abc import Collection, Sequence

from ..models import Change, Edition, Entry, Paper, RuledRecord, Ruling, User
from .keep import keep, sole_writer
from .refusal import Refused
from .works import Member, tie, works_of


def merge(papers: Sequence[Paper], *, by: User | None, why: str = "") -> Change:
    """Makes papers one: the oldest, to which the keys of the others lead from then on."""
    with sole_writer():
        of_papers = _members_of(papers)
        records = {member.fingerprint for members in of_papers for member in members}
        first, *others = sorted(papers, key=lambda paper: paper.pk)
        said = f"Merged {_named(others)} into “{first.title}”"
        return _rule(Change.Kind.MERGED, [records], papers, said, by=by, why=why)


def split(paper: Paper, leaving: Collection[Entry], *, by: User | None, why: str = "") -> Change:
    """Makes a paper of some of a paper's entries, with a key of its own. What its records and the others claim alike,
    such as an identifier, the others keep."""
    with sole_writer():
        (members,) = _members_of([paper], least=1)
        chosen = {entry.pk for entry in leaving}
        part = {member.fingerprint for member in members if member.entry.pk in chosen}
        staying = {member.fingerprint for member in members} - part
        if not part:
            raise Refused("Choose the entries that are of another work.")
        if not staying:
            raise Refused("Some entries have to stay; what is the same in two digests can only go together.")
        said = f"Split {len(part)} of {len(part) + len(staying)} records off “{paper.title}”"
        return _rule(Change.Kind.SPLIT, [staying, part], [paper], said, by=by, why=why)


def keep_apart(papers: Sequence[Paper], *, by: User | None, why: str = "") -> Change:
    """Rules that papers are different works, whatever is taken in."""
    with sole_writer():
        parts = [{member.fingerprint for member in members} for members in _members_of(papers)]
        if len(set().union(*parts)) < sum(map(len, parts)):
            raise Refused("Their records are the same word for word, so that nothing could tell them apart.")
        return _rule(Change.Kind.APART, parts, papers, f"Kept apart {_named(papers)}", by=by, why=why)


def take_back(change: Change) -> None:
    """What the ruling had replaced holds again."""
    ruling = change.ruling
    if ruling.replaced_by:
        raise Refused(f"It was decided otherwise since: undo “{ruling.replaced_by}” first.")
    homes = ruling.homes
    again = _papers_of(homes)
    ruling.delete()
    keep(tie(again=again, homes=homes))


def _rule(
    kind: Change.Kind, parts: Sequence[set[bytes]], papers: Sequence[Paper], said: str, *, by: User | None, why: str
) -> Change:
    """Writes a ruling down, in the place of those that it settles, and ties all entries by it."""
    change = Change.objects.record(kind, by, papers, said, why=why)
    binds = kind != Change.Kind.APART
    records = set().union(*parts)
    settled = [
        ruling.pk
        for ruling in Ruling.objects.standing().on(records).prefetch_related("records")
        if ruling.is_settled_by(parts, binds=binds)
    ]
    ruling = Ruling.objects.create(change=change, binds=binds)
    Ruling.objects.filter(pk__in=settled).update(replaced_by=ruling)
    keys = _keys(papers)
    records_of = ((number, record, *keys[record]) for number, part in enumerate(parts) for record in sorted(part))
    RuledRecord.objects.bulk_create(
        RuledRecord(ruling=ruling, part=number, fingerprint=record, title_key=title_key, paper_key=paper_key)
        for number, record, title_key, paper_key in records_of
    )
    keep(tie(again=[paper.pk for paper in papers]))
    Edition.objects.next()
    return change


def _members_of(papers: Sequence[Paper], least: int = 2) -> list[Sequence[Member]]:
    """The entries of papers that are all there, and at least so many."""
    if len(set(papers)) < max(len(papers), least):
        raise Refused("It takes two papers.")
    works = works_of(paper.pk for paper in papers)
    if len(works) < len(papers):
        raise Refused("One of the papers is no longer in the library.")
    return [work.members for work in works]


def _keys(papers: Sequence[Paper]) -> dict[bytes, tuple[int, str]]:
    """For each record of papers its title's key, and its paper's."""
    rows = Entry.objects.filter(paper__in=papers).values_list("fingerprint", "title_key", "paper__key")
    return {bytes(fingerprint): (title_key, paper_key) for fingerprint, title_key, paper_key in rows}


def _papers_of(fingerprints: Collection[bytes]) -> set[int]:
    keys = RuledRecord.objects.filter(fingerprint__in=fingerprints).values("title_key")
    rows = Entry.objects.filter(title_key__in=keys).values_list("paper_id", "fingerprint")
    return {paper for paper, fingerprint in rows if bytes(fingerprint) in fingerprints}


def _named(papers: Sequence[Paper]) -> str:
    return " and ".join(f"“{paper.title}”" for paper in papers)
