"""How far sources are believed: where two disagree about a paper, the more trusted has its way."""

from ..models import Change, Edition, Source, User
from .following import catch_up
from .keep import sole_writer
from .refusal import Refused


def trust(source: Source, number: int, *, by: User | None = None, why: str = "") -> Change:
    """Believes a source so far, from 0 to 100; the papers of all its digests follow."""
    with sole_writer():
        source.refresh_from_db()
        before = source.trust
        _set(source, number)
        change = Change.objects.record(
            Change.Kind.TRUSTED,
            by,
            [source],
            f"Set its trust to {number} instead of {before}",
            why=why,
            before={"trust": before},
            after={"trust": number},
        )
        Edition.objects.next()
    catch_up()
    return change


def take_back(change: Change) -> None:
    source = Source.objects.filter(pk=change.subjects.get().name.removeprefix("source:")).first()
    if source is None:
        raise Refused("The source is no longer in the library.")
    if source.trust != change.after["trust"]:
        raise Refused("Its trust was changed again since; undo that first.")
    _set(source, change.before["trust"])


def _set(source: Source, number: int) -> None:
    source.trust = number
    source.save(update_fields=["trust"])
    source.digests.update(filled_to=0)
