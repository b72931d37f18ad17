"""Two digests that are one: joined, and parted again just as they were."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.db.models import F

from ..models import Change, DateBasis, Digest, Edition, Entry, Heading, Sighting, User
from .following import catch_up
from .keep import sole_writer
from .redating import columns, date_again, dated, refresh, refuse_a_date_twice, refuse_what_was_done_since
from .refusal import Refused
from .twins import part, remembered

_AT_ONCE = 500


def join(gone: Digest, kept: Digest, *, by: User | None = None, why: str = "") -> Change:
    """Gives `kept` the entries of another digest of its source, which is then no more. Its own date stays, as set by
    a curator: the files of both lead to it from now on."""
    with sole_writer():
        refresh(gone)
        refresh(kept)
        _refuse(gone, kept)
        before = {"kept": {"pk": kept.pk, **dated(kept)}, **_remembered(gone, kept)}
        said = f"Joined {gone} to {kept.written_date.said}"
        things = [kept, Digest(pk=gone.pk)]
        unite(gone, kept)
        date_again(kept, {**dated(kept), "basis": DateBasis.CURATOR})
        change = Change.objects.record(Change.Kind.JOINED, by, things, said, why=why, before=before)
        Edition.objects.next()
    catch_up()
    return change


def unite(gone: Digest, kept: Digest) -> None:
    """Makes the entries of one digest those of another, without what both say; the papers have yet to follow."""
    twins = _twins(gone, kept)
    Sighting.objects.hand_on(twins)
    gone.entries.filter(pk__in=[entry.pk for entry in twins]).delete()
    gone.entries.update(digest=kept, listed=False)  # and not counted, until they are kept
    gone.headings.update(digest=kept)
    gone.delete()
    kept.filled_to = 0
    kept.save(update_fields=["filled_to"])


def _twins(gone: Digest, kept: Digest) -> dict[Entry, Entry]:
    """The entries of the one whose records the other has, too, each with the one that stays."""
    both = kept.entries.filter(fingerprint__in=gone.entries.values("fingerprint"))
    staying = {bytes(entry.fingerprint): entry for entry in both}
    going = gone.entries.filter(fingerprint__in=both.values("fingerprint")).order_by("pk")
    return {entry: staying[bytes(entry.fingerprint)] for entry in going}


def told_apart(gone: Digest, kept: Digest) -> dict[int, int]:
    """Papers of the one, and those of the other that the same records are of: too little is said to make them one."""
    pairs = {one.paper_id: other.paper_id for one, other in _twins(gone, kept).items()}
    return {paper: other for paper, other in pairs.items() if paper != other}


def take_back(change: Change) -> None:
    was = change.before
    kept = Digest.objects.filter(pk=was["kept"]["pk"]).first()
    if kept is None:
        raise Refused("The digest that stayed is no more; undo first what was done to it since.")
    refuse_what_was_done_since(change, kept)
    gone = Digest(source=kept.source, **was["gone"], **columns(was["dated"]), filled_to=0)
    refuse_a_date_twice(gone)
    gone.save(force_insert=True)
    date_again(kept, was["kept"])
    _move(was["moved"], kept, gone)
    part(was["dropped"], kept, gone)
    Heading.objects.filter(pk__in=was["headings"]).update(digest=gone)


def _refuse(gone: Digest, kept: Digest) -> None:
    if gone.source_id != kept.source_id or gone == kept:
        raise Refused("Only two digests of one source can be joined.")
    for paper in told_apart(gone, kept):
        title = gone.entries.select_related("paper").filter(paper=paper)[0].paper.title
        raise Refused(f"Both name “{title}”, as two papers; merge these first.")


def _remembered(gone: Digest, kept: Digest) -> dict[str, Any]:
    twins = _twins(gone, kept)
    staying = gone.entries.exclude(pk__in=[entry.pk for entry in twins])
    return {
        "gone": {"pk": gone.pk, "title": gone.title, "found_title": gone.found_title},
        "dated": dated(gone),
        "dropped": remembered(twins),
        "moved": [bytes(each).hex() for each in staying.values_list("fingerprint", flat=True)],
        "headings": list(gone.headings.values_list("pk", flat=True)),
    }


def _move(fingerprints: Sequence[str], kept: Digest, gone: Digest) -> None:
    for batch in batched(fingerprints, _AT_ONCE):
        moved = kept.entries.filter(fingerprint__in=list(map(bytes.fromhex, batch)))
        if moved.count() < len(batch):
            raise Refused("Some of what it named was taken out since; undo first what took it out.")
        listed = moved.listed().count()
        moved.update(digest=gone, listed=False)
        Digest.objects.filter(pk=kept.pk).update(size=F("size") - listed)
