"""What a curator says of a paper: it is kept apart from what the digests say, and wins until it is given back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..models import Digest, Edition, Entry, Paper
from .fields import claim, resolved
from .keep import keep, sole_writer
from .resolve import PaperFields, resolve
from .works import works_of

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


def curate(paper: Paper, said: Mapping[str, str], given_back: Collection[str] = ()) -> None:
    """Sets some of a paper's `FIELDS`, and gives others back to what the digests say."""
    with sole_writer():
        (work,) = works_of([paper.pk])
        curated = {**work.paper.curated, **_kept(said)}
        for name in given_back:
            curated.pop(name, None)
        if "abstract" not in curated:
            curated.pop("abstract_kind", None)
        work.paper.curated = curated
        work.paper.save(update_fields=["curated"])
        keep([work])
        Edition.objects.next()


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
