"""What digests and sources are called: what files call them, until a curator says otherwise."""

from ..models import Change, Digest, Edition, Source, User
from .keep import sole_writer
from .refusal import Refused

type Named = Digest | Source

#: The columns of what a thing is called, and of what files call it while a curator calls it otherwise.
_COLUMNS: dict[type[Named], tuple[str, str]] = {Digest: ("title", "found_title"), Source: ("name", "found_name")}


def hear(thing: Named, *names: str) -> None:
    """Files call it so, and no file otherwise. Of several names the first in the alphabet stays, beneath what a curator
    calls it."""
    shown, found = _COLUMNS[type(thing)]
    column = shown if _said(thing) is None else found
    if (first := min(filter(None, names), default="")) != _heard(thing):
        _set(thing, {column: first})


def call(thing: Named, name: str | None, *, by: User | None = None, why: str = "") -> Change:
    """A curator calls it so, whatever files say from now on; None gives its name back to them."""
    with sole_writer():
        _refresh(thing)
        before = _said(thing)
        _say(thing, name)
        (shown, _), told = _COLUMNS[type(thing)], getattr(thing, _COLUMNS[type(thing)][0])
        said = f"Gave back the {shown}" if name is None else f"Set the {shown} to “{told}”"
        change = Change.objects.record(
            Change.Kind.NAMED, by, [thing], said, why=why, before={"said": before}, after={"said": name}
        )
        Edition.objects.next()
    return change


def _refresh(thing: Named) -> None:
    try:
        thing.refresh_from_db()
    except type(thing).DoesNotExist:
        raise Refused("It is no longer in the library.") from None


def take_back(change: Change) -> None:
    """What files called it meanwhile is not forgotten."""
    kind, _, pk = change.subjects.get().name.partition(":")
    model: type[Named] = Digest if kind == "digest" else Source
    thing = model._default_manager.filter(pk=pk).first()
    if thing is None:
        raise Refused("It is no longer in the library.")
    if _said(thing) != change.after["said"]:
        raise Refused("It was called otherwise since; undo that first.")
    _say(thing, change.before["said"])


def _said(thing: Named) -> str | None:
    """What a curator calls it."""
    shown, found = _COLUMNS[type(thing)]
    return None if getattr(thing, found) is None else getattr(thing, shown)


def _heard(thing: Named) -> str:
    """What files call it."""
    shown, found = _COLUMNS[type(thing)]
    heard: str | None = getattr(thing, found)
    return getattr(thing, shown) if heard is None else heard


def _say(thing: Named, said: str | None) -> None:
    shown, found = _COLUMNS[type(thing)]
    heard = _heard(thing)
    _set(thing, {shown: heard, found: None} if said is None else {shown: said, found: heard})


def _set(thing: Named, columns: dict[str, str | None]) -> None:
    for column, value in columns.items():
        setattr(thing, column, value)
    thing.save(update_fields=list(columns))
