"""Digests that curators dated or called otherwise: what they said comes back with an ingest that was undone."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core import serializers

from ..models import Digest, Heading, Ingest
from .redating import refuse_a_date_twice


def remembered(run: Ingest) -> list[dict[str, Any]]:
    """The digests that an ingest named, of which curators said anything, each with what files say above it."""
    touched = list(Digest.objects.found_by(run).touched())
    headings = Heading.objects.filter(digest__in=touched).order_by("pk")
    rows: list[dict[str, Any]] = serializers.serialize("python", [*touched, *headings])
    return [row | {"fields": {name: _as_json(value) for name, value in row["fields"].items()}} for row in rows]


def bring_back(run: Ingest, rows: Iterable[Mapping[str, Any]]) -> None:
    """Makes those again that are no more, empty, and lets the file of the ingest lead to all of them."""
    things: list[Any] = [each.object for each in serializers.deserialize("python", list(rows))]
    digests = {thing.pk: thing for thing in things if isinstance(thing, Digest)}
    there = set(Digest.objects.filter(pk__in=digests).values_list("pk", flat=True))
    for pk in digests.keys() - there:
        refuse_a_date_twice(digests[pk])
        digests[pk].size, digests[pk].filled_to = 0, None
        digests[pk].save(force_insert=True)
    headings = [thing for thing in things if isinstance(thing, Heading)]
    Heading.objects.bulk_create(
        [each for each in headings if each.digest_id not in there or each.file_id == run.file_id],
        ignore_conflicts=True,
    )


def _as_json(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
