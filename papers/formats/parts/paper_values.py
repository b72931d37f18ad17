"""The shape of a line of JSON Lines: what may stand in it, and of what type."""

from collections.abc import Mapping

import msgspec


class AuthorValues(msgspec.Struct):
    name: str


class DigestValues(msgspec.Struct, omit_defaults=True):
    source: str | None = None
    date: str | None = None
    title: str | None = None
    place: int | None = None
    note: str | None = None


class PaperValues(msgspec.Struct, omit_defaults=True, kw_only=True):
    key: str | None = None
    """Written, and passed over when read: a library gives its own keys."""
    title: str
    other_titles: list[str] | None = None
    abstract: str | None = None
    note: str | None = None
    snippet: str | None = None
    authors: list[str | AuthorValues] | str | None = None
    arxiv_id: str | None = None
    doi: str | None = None
    id: str | int | None = None
    """Looked at for an identifier, as is `url`."""
    url: str | None = None
    identifiers: Mapping[str, str | list[str]] | None = None
    """Others by their scheme: `{"openreview": "…", "pmid": "…"}`."""
    published: str | None = None
    date: str | None = None
    """`date` and `year` stand in where `published` is missing."""
    year: int | str | None = None
    venue: str | None = None
    tags: list[str] | None = None
    categories: list[str] | str | None = None
    """Become tags; as one text, with spaces between."""
    links: Mapping[str, str | list[str]] | None = None
    """What stands behind each: `{"code": "https://…"}`."""
    digests: list[DigestValues] | None = None
    source: str | None = None
    digest_date: str | None = None
    digest_title: str | None = None
    place: int | None = None
