"""Papers filled from what is known of them: resolved fields become columns, tags and identifiers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Min

from .. import position
from ..models import Digest, Identifier, Paper, PaperTag, Tag
from ..search import EVERY, Kind, title_tokens, token
from ..text import block_html, clean, inline_html
from .resolve import Claim, PaperFields, resolve
from .rows import insert
from .tag_names import tags_named
from .totals import Totals
from .works import Member, Work

_COLUMNS = (
    "position title title_html other_titles abstract abstract_html abstract_kind author_lines "
    "published published_precision named_on arxiv_version venue links facets is_compared hidden"
).split()


class Filled(NamedTuple):
    paper: Paper
    fields: PaperFields
    is_new: bool
    digests: set[Digest]
    """Those that named it."""
    hidden: bool


def fill(works: Sequence[Work]) -> None:
    """Resolves each work's fields and saves its paper with them, new or not; papers merged into it no longer count."""
    totals = Totals()
    for gone in chain.from_iterable(work.merged for work in works):
        totals.remove(gone)
    filled = [Filled(work.paper, resolved(work), work.paper.pk is None, _digests(work), work.hidden) for work in works]
    moved = _place(filled)
    tags = tags_named(name for each in filled for name in each.fields.tags)
    ties = list(PaperTag.objects.filter(paper__in=[each.paper for each in filled if not each.is_new]).with_meaning())
    others: dict[int | None, list[PaperTag]] = defaultdict(list)
    for tie in ties:
        if tie.origin != PaperTag.Origin.INGEST:
            others[tie.paper_id].append(tie)
    written = []
    for each in filled:
        tagged = borne_by(others[each.paper.pk], (tags[name].meant_id for name in each.fields.tags))
        totals.remove(each.paper)
        if _write(each, tagged) or each.paper in moved:
            written.append(each)
        totals.add(each.paper)
    Paper.objects.bulk_create(each.paper for each in written if each.is_new)
    Paper.objects.bulk_create(
        [each.paper for each in written if not each.is_new],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_COLUMNS,
    )
    _identify(filled)
    _tag(filled, tags, ties)
    totals.save()


def borne_by(ties: Iterable[Any], named: Iterable[int] = ()) -> set[int]:
    """The tags that a paper bears on which these were put, and those that its digests name: all that nobody took away.

    Each of `ties` knows the tag that is `meant`.
    """
    away: set[int] = set()
    put = set(named)
    for tie in ties:
        (away if tie.origin == PaperTag.Origin.REMOVED else put).add(tie.meant)
    return put - away


def _digests(work: Work) -> set[Digest]:
    return {member.entry.digest for member in work.members}


def resolved(work: Work) -> PaperFields:
    """What is known of a work: what its entries say, and what curators set."""
    return resolve(map(claim, work.members), work.paper.curated)


def claim(member: Member) -> Claim:
    digest = member.entry.digest
    return Claim(member.record, digest.source.trust, digest.date)


def _place(filled: Iterable[Filled]) -> list[Paper]:
    """Gives a position, behind the others of its day, to each paper that is new or whose day has changed."""
    arriving: dict[dt.date, list[Paper]] = defaultdict(list)
    for paper, fields, is_new, *_ in filled:
        if is_new or position.day_of(paper.position) != fields.day:
            arriving[fields.day].append(paper)
    for day, papers in arriving.items():
        start, end = position.start_of(day), position.end_of(day)
        lowest = Paper.objects.filter(position__gte=start, position__lt=end).aggregate(lowest=Min("position"))["lowest"]
        for below, paper in enumerate(papers, 1):
            paper.position = (lowest or end) - below
    return [paper for papers in arriving.values() for paper in papers]


def columns(fields: PaperFields) -> dict[str, Any]:
    """The columns of a paper of which this is known."""
    published = fields.published
    return {
        "title": clean(fields.title),
        "title_html": inline_html(fields.title),
        "other_titles": list(fields.other_titles),
        "abstract": clean(fields.abstract),
        "abstract_html": block_html(fields.abstract),
        "abstract_kind": fields.abstract_kind,
        "author_lines": "".join(f"\n{_name(name)}" for name in fields.authors) + "\n" if fields.authors else "",
        "published": published.first_day if published else None,
        "published_precision": published.precision if published else "",
        "named_on": fields.named_on,
        "arxiv_version": fields.arxiv_version,
        "venue": clean(fields.venue),
        "links": [list(link) for link in fields.links],
    }


_name = lru_cache(maxsize=65_536)(clean)  # few authors write but one paper


def _write(filled: Filled, tagged: Iterable[int]) -> bool:
    """Sets the columns of a paper with these tags; whether any of them changed."""
    paper = filled.paper
    known_by = facets(filled.fields.title, tagged, filled.digests)
    values = columns(filled.fields) | {"facets": known_by, "hidden": filled.hidden}
    changed = [name for name, value in values.items() if getattr(paper, name) != value]
    for name in changed:
        setattr(paper, name, values[name])
    paper.is_compared &= changed in ([], ["facets"])
    return bool(changed)


def facets(title: str, tags: Iterable[int], digests: Iterable[Digest]) -> str:
    """The tokens by which the index knows a paper with this title and these tags, named in these digests."""
    borne: list[tuple[Kind, int]] = [("tag", pk) for pk in tags]
    for digest in digests:
        borne += ("source", digest.source_id), ("digest", digest.pk)
    tokens = (token(kind, pk) for kind, pk in sorted(set(borne)))
    return " ".join(each.text for each in (EVERY, *tokens, *title_tokens(clean(title))))


def _identify(filled: Iterable[Filled]) -> None:
    """Makes the papers' identifiers those of their fields."""
    known = [each.paper for each in filled if not each.is_new]
    present = {(row.paper_id, row.scheme, row.value): row.pk for row in Identifier.objects.filter(paper__in=known)}
    wanted = {(each.paper.pk, *identifier): None for each in filled for identifier in each.fields.identifiers}
    Identifier.objects.filter(pk__in=[present[row] for row in present.keys() - wanted.keys()]).delete()
    if renamed := {paper for paper, *_ in present.keys() ^ wanted.keys()} & {paper.pk for paper in known}:
        Paper.objects.filter(pk__in=renamed).update(is_compared=False)
    insert(Identifier, ("paper_id", "scheme", "value"), [row for row in wanted if row not in present])


def _tag(filled: Iterable[Filled], tags: Mapping[str, Tag], ties: Iterable[PaperTag]) -> None:
    """Makes the tags that ingests put on the papers those of their fields."""
    present = {(row.paper_id, row.tag_id): row.pk for row in ties if row.origin == PaperTag.Origin.INGEST}
    wanted = {(each.paper.pk, tags[name].pk): None for each in filled for name in each.fields.tags}
    PaperTag.objects.filter(pk__in=[present[pair] for pair in present.keys() - wanted.keys()]).delete()
    new = [(*pair, PaperTag.Origin.INGEST.value) for pair in wanted if pair not in present]
    insert(PaperTag, ("paper_id", "tag_id", "origin"), new)
