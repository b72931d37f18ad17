"""What a curator says of a paper: it is kept apart from what the digests say, and wins until it is given back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from ..models import Change, Digest, Edition, Entry, FormerKey, Paper, User
from .fields import claim, resolved
from .keep import keep, sole_writer
from .refusal import Refused
from .resolve import PaperFields, resolve
from .works import Work, works_of

#: What a curator may set, each as a text: authors on a line each, dates of any precision.
FIELDS = ("title", "authors", "abstract", "published", "venue")
_AT_ONCE = 250


@dataclass(frozen=True)
class Said:
    """What there is to say about a paper, by the names of `FIELDS`; texts are as found, TeX and all."""

    shown: Mapping[str, str]
    """With what curators set."""
    found: Mapping[str, str]
    """What all its digests say together."""
    by_digests: Mapping[str, Mapping[str, list[Digest]]]
    """Each text that differs, and the digests that give it."""
    entries: Sequence[Entry]
    """By the dates of their digests."""


def said_of(paper: Paper) -> Said:
    (work,) = works_of([paper.pk])
    claims = list(map(claim, work.members))
    by_digests: dict[str, dict[str, list[Digest]]] = {name: defaultdict(list) for name in FIELDS}
    for member, each in zip(work.members, claims, strict=True):
        for name, text in _texts(resolve([each], {})).items():
            digests = by_digests[name][text]
            if member.entry.digest not in digests:
                digests.append(member.entry.digest)
    entries = sorted((member.entry for member in work.members), key=lambda entry: (entry.digest.date, entry.pk))
    return Said(_texts(resolved(work)), _texts(resolve(claims, {})), by_digests, entries)


def curate(
    paper: Paper, said: Mapping[str, str], given_back: Collection[str] = (), *, by: User | None = None, why: str = ""
) -> Change | None:
    """Sets some of a paper's `FIELDS`, and gives others back to what the digests say."""
    return curate_all([paper.pk], said, given_back, by=by, why=why)


def curate_all(
    papers: Iterable[int],
    said: Mapping[str, str],
    given_back: Collection[str] = (),
    *,
    by: User | None = None,
    why: str = "",
) -> Change | None:
    """The same of several papers, by their ids, as one change; none where all of them are so already."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    with sole_writer():
        changed = []
        for batch in batched(papers, _AT_ONCE):
            works = works_of(batch)
            for work in works:
                was, work.paper.curated = work.paper.curated, _curated(work.paper.curated, said, given_back)
                _note(work.paper, was, before, after)
            changed += _save(work for work in works if work.paper.key in after)
        if not changed:
            return None
        told = _told(said, given_back) + (f" of {len(changed):,} papers" if len(changed) > 1 else "")
        change = Change.objects.record(Change.Kind.CORRECTED, by, changed, told, why=why, before=before, after=after)
        Edition.objects.next()
    return change


def take_back(change: Change) -> None:
    """Of what was set, only that which nobody set anew since."""
    for keys in batched(change.after, _AT_ONCE):
        key_of = _led_to_by(keys)
        works = works_of(key_of)
        for work in works:
            key = key_of[work.paper.pk]
            work.paper.curated = _taken_back(work.paper, change.before[key], change.after[key])
        _save(works)


def _note(paper: Paper, was: Mapping[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    """Remembers what is now otherwise, if anything is."""
    touched = {name for name in {*was, *paper.curated} if _only([name], was) != _only([name], paper.curated)}
    if touched:
        before[paper.key], after[paper.key] = _only(touched, was), _only(touched, paper.curated)


def _led_to_by(keys: Sequence[str]) -> dict[int, str]:
    """The papers at these keys, by their ids; for one that took in another its own key, if it is among them."""
    former = dict(FormerKey.objects.filter(key__in=keys, paper__isnull=False).values_list("key", "paper_id"))
    own = dict(Paper.objects.filter(key__in=keys).values_list("key", "pk"))
    if len(former) + len(own) < len(keys):
        raise Refused("A paper is no longer in the library.")
    return {paper: key for key, paper in (former | own).items()}


def _taken_back(paper: Paper, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    touched = before.keys() | after.keys()
    if _only(touched, paper.curated) != after:
        raise Refused(f"“{paper}” was corrected again since; undo that first.")
    return {**_only(paper.curated.keys() - touched, paper.curated), **before}


def _only(names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _curated(curated: Mapping[str, Any], said: Mapping[str, str], given_back: Collection[str]) -> dict[str, Any]:
    curated = {**_only(curated.keys() - set(given_back), curated), **_kept(said)}
    if "abstract" not in curated:
        curated.pop("abstract_kind", None)
    return curated


def _save(works: Iterable[Work]) -> list[Paper]:
    """Keeps works of which something else is curated; tells their papers."""
    works = list(works)
    papers = [work.paper for work in works]
    Paper.objects.bulk_update(papers, ["curated"])
    keep(works)
    return papers


def _told(said: Collection[str], given_back: Collection[str]) -> str:
    """What was done, in words."""
    verbs = {"set": said, "gave back": given_back}
    return "; ".join(f"{verb} {_listed(names)}" for verb, names in verbs.items() if names).capitalize()


def _listed(names: Collection[str]) -> str:
    *others, last = (name.replace("published", "date") for name in FIELDS if name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _kept(said: Mapping[str, str]) -> dict[str, Any]:
    """The same as it is kept."""
    kept: dict[str, Any] = dict(said)
    if "authors" in said:
        kept["authors"] = said["authors"].splitlines()
    if "abstract" in said:
        kept["abstract_kind"] = Paper.AbstractKind.ABSTRACT if said["abstract"] else Paper.AbstractKind.NONE
    return kept


def _texts(fields: PaperFields) -> dict[str, str]:
    return {
        "title": fields.title.strip(),
        "authors": "\n".join(fields.authors),
        "abstract": fields.abstract.strip(),
        "published": str(fields.published or ""),
        "venue": " ".join(fields.venue.split()),
    }
