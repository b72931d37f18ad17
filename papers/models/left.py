"""How much of several digests is left to a reader, as far as that is soon counted."""

from collections.abc import Iterable

from .digest import Digest, Left
from .entry import Entry
from .user import User

#: So many papers are looked at.
_MOST = 1_000


def attach_left(digests: Iterable[Digest], reader: User) -> None:
    """Gives digests that know whether something is left how much that is: the first of them, which name no more papers
    together than are soon looked at."""
    counted: dict[int, Digest] = {}
    room = _MOST
    for digest in digests:
        if digest.has_left and digest.size <= room:
            counted[digest.pk] = digest
            room -= digest.size
    for pk, count in Entry.objects.count_left_for(reader, counted).items():
        counted[pk].left = Left(count, counted[pk].size)
