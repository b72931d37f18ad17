"""Digests dated by curators, whatever files say."""

from collections.abc import Mapping
from typing import Any

from ..dates import PartialDate
from ..models import Change, DateBasis, Digest, Edition, User
from .following import catch_up
from .keep import sole_writer
from .refusal import Refused


def redate(digest: Digest, date: PartialDate, *, by: User | None = None, why: str = "") -> Change:
    """Gives a digest its date, which no ingest changes; the date it has, to say that it is right."""
    with sole_writer():
        refresh(digest)
        before, written = dated(digest), digest.written_date
        date_again(digest, {"date": str(date), "basis": DateBasis.CURATOR})
        said = (
            f"Confirmed its date, {date.said}" if date == written else f"Dated it {date.said} instead of {written.said}"
        )
        change = Change.objects.record(Change.Kind.REDATED, by, [digest], said, why=why, before=before)
        Edition.objects.next()
    catch_up()
    return change


def refresh(digest: Digest) -> None:
    """As it is by now, whatever somebody else did to it meanwhile."""
    try:
        digest.refresh_from_db()
    except Digest.DoesNotExist:
        raise Refused("The digest is no more: it was joined to another, or taken out, meanwhile.") from None


def take_back(change: Change) -> None:
    pk = change.subjects.get().name.removeprefix("digest:")
    digest = Digest.objects.filter(pk=pk).first()
    if digest is None:
        raise Refused("The digest is no more; undo first what was done to it since.")
    refuse_what_was_done_since(change, digest)
    date_again(digest, change.before)


def refuse_what_was_done_since(change: Change, digest: Digest) -> None:
    """Dates and joins are taken back from the last."""
    if Change.objects.about(digest).standing().after(change, Change.Kind.REDATED, Change.Kind.JOINED).exists():
        raise Refused("It was dated anew, or joined, since; undo that first.")


def dated(digest: Digest) -> dict[str, str]:
    """A digest's date and basis, as changes remember them."""
    return {"date": str(digest.written_date), "basis": str(digest.date_basis)}


def date_again(digest: Digest, said: Mapping[str, str]) -> None:
    """Gives a digest the date and basis that were remembered. If the date is another, its papers have yet to follow."""
    before = digest.written_date
    for name, value in columns(said).items():
        setattr(digest, name, value)
    if digest.written_date != before:
        digest.filled_to = 0
    refuse_a_date_twice(digest)
    digest.save(update_fields=[*columns(said), "filled_to"])


def columns(said: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a digest with a remembered date and basis."""
    date = PartialDate.parse(said["date"])
    assert date, "only real dates are remembered"
    return {"date": date.first_day, "date_precision": date.precision, "date_basis": said["basis"]}


def refuse_a_date_twice(digest: Digest) -> None:
    if other := Digest.objects.of_date(digest.source, digest.written_date).exclude(pk=digest.pk).first():
        raise Refused(f"There is a digest of that date already: {other}. Join the two instead.")
