"""What could not be read, mended: the text of a piece read again by its file's format, and taken in as its file was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.db.models import F

from ..formats import readers
from ..formats.document import UnreadableFile
from ..formats.record import LONGEST_PIECE, Found, Unreadable
from ..models import Change, Edition, Entry, Ingest, Paper, Quarantined, User
from ..models.quarantined import QuarantinedQuerySet
from .circumstances import circumstances_of
from .keep import sole_writer
from .quarantine import said_number, settle, told
from .refusal import Refused
from .store import member, take_in
from .withdraw import withdraw_from
from .works import Member

#: How many papers may come of one piece; more are a file of their own.
MOST_PAPERS = 100
_AT_ONCE = 100


class Unmended(Exception):
    """Says in one line why a text still cannot be read."""


@dataclass(frozen=True)
class Mended:
    """A piece, the text it was mended to, and what was found in that."""

    piece: Quarantined
    text: str
    found: Sequence[Found]


@dataclass(frozen=True)
class Tried:
    """How many pieces were taken in as they are, and how many still cannot be read."""

    taken_in: int
    left: int
    change: Change | None
    """What took them in, if any."""


def reread(piece: Quarantined, text: str) -> Mended:
    """What is in a text that stands for a piece. Raises Unmended."""
    reader = readers().get(piece.ingest.format)
    if reader is None:
        raise Unmended(f"Lectern no longer reads the format “{piece.ingest.format}”")
    if len(text) > LONGEST_PIECE:
        raise Unmended(f"longer than {LONGEST_PIECE:,} characters: mend it in its file, and ingest that")
    try:
        items = list(islice(reader.reread(text, piece.place, told(piece)), MOST_PAPERS + 1))
    except UnreadableFile as error:
        raise Unmended(str(error)) from None
    if not items:
        raise Unmended("there is no paper in it")
    if len(items) > MOST_PAPERS:
        raise Unmended(f"more than {MOST_PAPERS} papers: make a file of them, and ingest that")
    return Mended(piece, text, list(_all_found(items)))


def _all_found(items: Sequence[Found | Unreadable]) -> Iterator[Found]:
    for item in items:
        if isinstance(item, Unreadable):
            raise Unmended(f"line {item.line}: {item.reason}" if len(items) > 1 else item.reason)
        yield item


def mend(piece: Quarantined, text: str, *, by: User | None = None) -> Change:
    """Takes in what a piece was mended to. Raises Unmended, and Refused where the piece was settled meanwhile."""
    mended = reread(piece, text)
    with sole_writer():
        if not Quarantined.objects.waiting().filter(pk=piece.pk).exists():
            raise Refused("It was taken in or dismissed meanwhile.")
        return _take_in([mended], by)


def try_again(pieces: QuarantinedQuerySet, *, by: User | None = None) -> Tried:
    """Reads those that wait, of these pieces, as they stood; takes in what can be read by now."""
    with sole_writer():
        mended, left = [], 0
        for piece in pieces.waiting().in_whole().iterator(_AT_ONCE):
            try:
                mended.append(reread(piece, piece.text))
            except Unmended:
                left += 1
        change = _take_in(mended, by) if mended else None
    return Tried(len(mended), left, change)


def take_back(change: Change) -> None:
    """Lets the pieces wait again, and takes out what was made of them, but what other files give or people marked."""
    pieces = list(change.settled.mended())
    made = Entry.objects.filter(mended_from__in=pieces)
    for ingest in Ingest.objects.filter(pk__in=change.after, undone_at=None):
        withdraw_from(ingest, made.filter(ingest=ingest))
        _move_counts(ingest.pk, change.after[str(ingest.pk)], -1)
    made.update(mended_from=None)
    settle(pieces, Quarantined.Outcome.WAITING, None)


def members(mended: Sequence[Mended], ingest: Ingest) -> list[Member]:
    """What was found in pieces of one ingest, as entries that are not saved yet."""
    circumstances = circumstances_of(ingest)
    digests = circumstances.digests(ingest.file)
    return [member(found, ingest, digests, circumstances.tags, each.piece) for each in mended for found in each.found]


def _take_in(mended: Sequence[Mended], by: User | None) -> Change:
    ordered = sorted(mended, key=lambda each: (each.piece.ingest_id, each.piece.pk))
    counts = {}
    for _, group in groupby(ordered, key=lambda each: each.piece.ingest_id):
        of_ingest = list(group)
        counts[of_ingest[0].piece.ingest] = _counted(of_ingest)
    for ingest, moved in counts.items():
        _move_counts(ingest.pk, moved)
    pieces = [each.piece for each in ordered]
    papers = Paper.objects.filter(entries__mended_from__in=pieces).distinct()
    said = f"Took in {said_number(len(pieces))} from quarantine"
    after = {str(ingest.pk): moved for ingest, moved in counts.items()}
    change = Change.objects.record(Change.Kind.MENDED, by, [*pieces, *papers], said, after=after)
    settle(pieces, Quarantined.Outcome.MENDED, change)
    _note(ordered)
    Edition.objects.next()
    return change


def _counted(mended: Sequence[Mended]) -> dict[str, int]:
    """Takes in pieces of one ingest; how its counts move."""
    ingest = mended[0].piece.ingest
    made = members(mended, ingest)
    counts = take_in(made, ingest)
    return {**counts, "found": len(made) - len(mended), "quarantined": -len(mended)}


def _move_counts(ingest: int, moved: dict[str, int], times: int = 1) -> None:
    Ingest.objects.filter(pk=ingest).update(**{name: F(name) + times * more for name, more in moved.items()})


def _note(mended: Sequence[Mended]) -> None:
    """What each piece was mended to, where that is not what stood there."""
    changed = [each for each in mended if each.text not in (each.piece.text, each.piece.mended_text)]
    for each in changed:
        each.piece.mended_text = each.text
        each.piece.save(update_fields=["mended_text"])
