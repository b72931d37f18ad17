"""Entries of a reading list made ready to stand in it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from ..models import ListEntry, ReaderState, User
from ..models.coverage import CoveredList
from .rows import dress


def dress_entries(request: HttpRequest, covered: CoveredList, entries: Sequence[ListEntry], **context: Any) -> None:
    """Gives each entry's paper what a row shows, with the reader's own state as it is on lists, and each entry, where
    they may know, who has read it."""
    assert isinstance(request.user, User)
    papers = [entry.paper for entry in entries]
    ReaderState.objects.attach(request.user.on_lists(), papers)
    dress(request, papers, list=covered.list, **context)
    if covered.seen_by(request.user):
        slips = covered.of_entries(entries)
        for entry in entries:
            entry.coverage = slips[entry.pk]
