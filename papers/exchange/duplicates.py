"""Likely duplicates found: each paper weighed against its candidates, a batch at a time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from itertools import permutations

from .. import position
from ..models import Change, Entry, LikelyDuplicate, Paper, Ruling
from .candidates import candidates_of
from .keep import sole_writer
from .likeness import Likeness, likeness
from .traits import Traits

#: So many are compared after an ingest; more wait for `find_duplicates` and the desk.
AFTER_INGEST = 1_000
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
    known = LikelyDuplicate.objects.of(same)
    gone = [pair.pk for pair in known if (pair.first_id, pair.second_id) not in found]
    LikelyDuplicate.objects.filter(pk__in=gone).delete()
    still = [pair for pair in found if now.keys() >= set(pair)]
    apart = ruled_apart(still)
    LikelyDuplicate.objects.bulk_create(
        [
            LikelyDuplicate(first_id=pair[0], second_id=pair[1], apart_id=apart.get(pair), **found[pair]._asdict())
            for pair in still
        ],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "kind", "evidence", "apart"],
    )
    Paper.objects.filter(pk__in=same).update(is_compared=True)


def compare_decided(change: Change) -> None:
    """Makes the pairs of the papers that somebody decided on what they should be since."""
    keys = [name.removeprefix("paper:") for name in change.subjects.values_list("name", flat=True)]
    compare(Paper.objects.filter(key__in=keys).values_list("pk", flat=True))


def ruled_apart(pairs: Collection[Pair]) -> dict[Pair, int]:
    """Which of these pairs a ruling keeps apart, each with the id of the change that made it."""
    records: dict[int, set[bytes]] = defaultdict(set)
    if pairs and Ruling.objects.standing().exists():
        papers = {paper for pair in pairs for paper in pair}
        for paper, fingerprint in Entry.objects.filter(paper__in=papers).values_list("paper", "fingerprint"):
            records[paper].add(bytes(fingerprint))
    every = set().union(*records.values())
    rulings = Ruling.objects.standing().on(every).prefetch_related("records") if every else []
    return {
        (first, second): ruling.change_id
        for ruling in rulings
        for first, second in pairs
        if any(part & records[first] and other & records[second] for part, other in permutations(ruling.parts, 2))
    }
