"""Likely duplicates found: each paper weighed against its candidates, a batch at a time."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping

from .. import position
from ..models import LikelyDuplicate, Paper
from .candidates import candidates_of
from .keep import sole_writer
from .likeness import Likeness, likeness
from .traits import Traits

#: So many are compared after an ingest; more wait for `find_duplicates` and the desk.
AFTER_INGEST = 5_000
_AT_ONCE = 100

type Pair = tuple[int, int]


def compare_all(most: int | None = None, progress: Callable[[int], object] = int) -> int:
    """Looks for likely duplicates of all papers that are new or changed, or of so many, the newest first; says of how
    many. Wherever it is cut off, what was done stands."""
    done, below = 0, position.end_of(dt.date.max)
    while at_once := _AT_ONCE if most is None else min(_AT_ONCE, most - done):
        newest = Paper.objects.uncompared().filter(position__lt=below).in_date_order()
        batch = dict(newest.values_list("pk", "position")[:at_once])
        if not batch:
            break
        compare(batch)
        below = min(batch.values())
        done += len(batch)
        progress(len(batch))
    return done


def compare(batch: Collection[int]) -> None:
    """Makes the pairs that these papers are in what they should be. The writer's lock is held only to write."""
    papers = Paper.objects.prefetch_related("identifiers").in_bulk(batch)
    candidates = candidates_of(papers)
    others = set().union(*candidates.values()) - papers.keys()
    known = papers | Paper.objects.prefetch_related("identifiers").in_bulk(others)
    traits = {pk: Traits.of(paper) for pk, paper in known.items()}
    found: dict[Pair, Likeness] = {}
    for paper, near in candidates.items():
        for other in near & traits.keys() - {paper}:
            pair = (min(paper, other), max(paper, other))
            if pair not in found and (like := likeness(traits[paper], traits[other])):
                found[pair] = like
    with sole_writer():
        _keep(found, {pk: traits[pk] for pk in papers}, others)


def _keep(found: Mapping[Pair, Likeness], compared: Mapping[int, Traits], others: Collection[int]) -> None:
    """Saves what was found, if its papers still are there and say the same."""
    now = Paper.objects.prefetch_related("identifiers").in_bulk([*compared, *{pk for pair in found for pk in pair}])
    same = [pk for pk, traits in compared.items() if pk in now and Traits.of(now[pk]) == traits]
    pairs = {(pair.first_id, pair.second_id): pair for pair in LikelyDuplicate.objects.of(same)}
    gone = [each.pk for pair, each in pairs.items() if pair not in found and not each.apart_id]
    LikelyDuplicate.objects.filter(pk__in=gone).delete()
    kept = [
        LikelyDuplicate(first_id=first, second_id=second, **like._asdict())
        for (first, second), like in found.items()
        if first in now and second in now
    ]
    LikelyDuplicate.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "kind", "evidence"],
    )
    Paper.objects.filter(pk__in=same).update(is_compared=True)
