"""What could not be read: put into quarantine once, and dismissed from it."""

from collections import Counter
from collections.abc import Sequence

from ..dates import written_date
from ..formats.record import DigestRecord, Unreadable
from ..models import Change, Ingest, Quarantined, User
from ..models.quarantined import QuarantinedQuerySet
from .keep import sole_writer
from .refusal import Refused

_Outcome = Quarantined.Outcome


def quarantine(unreadable: Sequence[Unreadable], ingest: Ingest) -> Counter[str]:
    """Keeps what is not there yet of the same file: what was settled stays so. What was mended is in the library, and
    counts as unchanged."""
    lines = {item.line for item in unreadable}
    of_file = Quarantined.objects.filter(ingest__file=ingest.file, line__in=lines)
    known = {(line, text): outcome for line, text, outcome in of_file.values_list("line", "text", "outcome")}
    new = [item for item in unreadable if (item.line, item.text) not in known]
    Quarantined.objects.bulk_create(_piece(item, ingest) for item in new)
    mended = sum(known.get((item.line, item.text)) == _Outcome.MENDED for item in unreadable)
    return Counter(quarantined=len(unreadable) - mended, unchanged=mended)


def _piece(item: Unreadable, ingest: Ingest) -> Quarantined:
    digest = {name: str(value) for name, value in item.digest._asdict().items() if value}
    text, line, reason, context, place, _ = item
    return Quarantined(
        ingest=ingest, line=line, text=text, context=context, reason=reason[:500], place=place, digest=digest
    )


def told(piece: Quarantined) -> DigestRecord:
    """What its file says of the piece's digest, outside of its text."""
    date = written_date(piece.digest.get("date", ""))
    return DigestRecord(piece.digest.get("source", ""), date, piece.digest.get("title", ""))


def dismiss(pieces: QuarantinedQuerySet, why: str, *, by: User | None = None) -> Change | None:
    """Settles, of these pieces, those that wait, as nothing to mend."""
    with sole_writer():
        waiting = _named(pieces.waiting())
        if not waiting:
            return None
        said = f"Dismissed {said_number(len(waiting))}"
        change = Change.objects.record(Change.Kind.DISMISSED, by, waiting, said, why=why)
        settle(waiting, _Outcome.DISMISSED, change)
    return change


def bring_back(pieces: QuarantinedQuerySet, *, by: User | None = None) -> Change | None:
    """Lets, of these pieces, those that were dismissed wait again."""
    with sole_writer():
        dismissed = _named(pieces.dismissed())
        if not dismissed:
            return None
        before = {str(piece.pk): piece.settlement_id for piece in dismissed}
        said = f"Brought back {said_number(len(dismissed))}"
        change = Change.objects.record(Change.Kind.BROUGHT_BACK, by, dismissed, said, before=before)
        settle(dismissed, _Outcome.WAITING, None)
    return change


def settle(pieces: Sequence[Quarantined], outcome: str, change: Change | None) -> None:
    rows = Quarantined.objects.filter(pk__in=[piece.pk for piece in pieces])
    rows.update(outcome=outcome, settlement=change)


def take_back_dismissal(change: Change) -> None:
    """What was brought back since stays as it is."""
    settle(_named(change.settled.dismissed()), _Outcome.WAITING, None)


def take_back_return(change: Change) -> None:
    pieces = _named(Quarantined.objects.filter(pk__in=change.before).waiting())
    if len(pieces) < len(change.before):
        raise Refused("Some of it was taken in or dismissed since; undo that first.")
    for dismissal in Change.objects.filter(pk__in=set(change.before.values())):
        of_it = [piece for piece in pieces if change.before[str(piece.pk)] == dismissal.pk]
        settle(of_it, _Outcome.DISMISSED, dismissal)


def _named(pieces: QuarantinedQuerySet) -> list[Quarantined]:
    """The pieces, without their texts."""
    return list(pieces.in_brief().only("pk", "settlement_id"))


def said_number(pieces: int) -> str:
    return "one piece" if pieces == 1 else f"{pieces:,} pieces"
