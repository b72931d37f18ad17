"""What a curator says of a paper: it is kept apart from what the digests say, and wins until it is given back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..models import Change, Digest, Edition, Entry, Paper, User
from .fields import claim, resolved
from .keep import keep, sole_writer
from .refusal import Refused
from .resolve import PaperFields, resolve
from .works import Work, works_of

#: What a curator may set, each as a text: authors on a line each, dates of any precision.
FIELDS = ("title", "authors", "abstract", "published", "venue")


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
) -> None:
    """Sets some of a paper's `FIELDS`, and gives others back to what the digests say."""
    with sole_writer():
        (work,) = works_of([paper.pk])
        before = work.paper.curated
        curated = {**before, **_kept(said)}
        for name in given_back:
            curated.pop(name, None)
        if "abstract" not in curated:
            curated.pop("abstract_kind", None)
        _set(work, curated)
        Change.objects.record(
            Change.Kind.CORRECTED, by, [work.paper], _told(said, given_back), why=why, before=before, after=curated
        )
        Edition.objects.next()


def take_back(change: Change) -> None:
    """Of what was set, only that which nobody set anew since."""
    name = change.subjects.get().name
    paper = Paper.objects.at(name.removeprefix("paper:"))
    if paper is None:
        raise Refused("The paper is no longer in the library.")
    (work,) = works_of([paper.pk])
    curated = dict(work.paper.curated)
    touched = {name for name in {*change.before, *change.after} if change.before.get(name) != change.after.get(name)}
    if any(curated.get(name) != change.after.get(name) for name in touched):
        raise Refused("It was corrected again since; undo that first.")
    for name in touched:
        curated.pop(name, None)
    _set(work, curated | {name: change.before[name] for name in touched & change.before.keys()})


def _set(work: Work, curated: dict[str, Any]) -> None:
    work.paper.curated = curated
    work.paper.save(update_fields=["curated"])
    keep([work])


def _told(said: Collection[str], given_back: Collection[str]) -> str:
    """What was done, in words."""
    verbs = {"set": said, "gave back": given_back}
    return "; ".join(f"{verb} {', '.join(sorted(names))}" for verb, names in verbs.items() if names).capitalize()


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
