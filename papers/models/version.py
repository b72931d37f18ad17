"""The versions of a paper, as digests told of them."""

from collections.abc import Sequence
from typing import NamedTuple

from ..formats.record import PaperRecord
from .digest import Digest
from .entry import Entry
from .identifier import Identifier
from .paper import FIRST_VERSION, Paper

#: How many entries are read for it, the newest.
_LOOKED_AT = 100


class Version(NamedTuple):
    """A version, and the digest that was the first to tell of it."""

    number: int
    digest: Digest
    url: str
    """Where it stands on arXiv; empty where it is not known under which id."""


def versions_of(paper: Paper) -> Sequence[Version]:
    """Those that digests told of, the first on top; none where they told of but one."""
    if paper.version == FIRST_VERSION:
        return ()
    versions: dict[int, Version] = {}
    for entry in Entry.objects.of_papers([paper.pk]).newest_first()[:_LOOKED_AT]:
        record = entry.found
        if number := record.arxiv_version:
            versions[number] = Version(number, entry.digest, _url(record))
    return [versions[number] for number in sorted(versions)] if len(versions) > 1 else ()


def _url(record: PaperRecord) -> str:
    ids = [value for scheme, value in record.identifiers if scheme == "arxiv"]
    return Identifier(scheme="arxiv", value=f"{ids[0]}v{record.arxiv_version}").url if len(ids) == 1 else ""
