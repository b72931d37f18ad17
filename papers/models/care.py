"""Care: what becomes of a paper on a list, who takes it on and until when; and each act on it, to be given back."""

import datetime as dt
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from ..text import line_html
from .user import User


class Turn(NamedTuple):
    """What an act changed: the columns as they were, and as they are since; days and times as texts."""

    was: dict[str, Any]
    now: dict[str, Any]


class CaredFor(models.Model):
    """What its list's people do with an entry. Each act is done under the list's lock."""

    claimed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="claims")
    claimed_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", help_text="Who gave it to them; nobody where they took it."
    )
    due_on = models.DateField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_aside_why = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_late(self) -> bool:
        """Whether it was to be read before today."""
        return is_over(self.due_on)

    @property
    def set_aside_why_html(self) -> str:
        return line_html(self.set_aside_why)

    @property
    def is_present(self) -> bool:
        return self.removed_at is None

    def begin_anew(self) -> None:
        """Sets all of it, unsaved, as where nobody has done anything yet."""
        for field in CaredFor._meta.local_fields:
            setattr(self, field.name, field.get_default())

    def claim(self, by: User) -> Turn:
        at = self.claimed_at if by.pk == self.claimed_by_id else timezone.now()
        return self.change(claimed_by_id=by.pk, claimed_at=at, assigned_by_id=None)

    def release(self) -> Turn:
        return self.change(claimed_by_id=None, claimed_at=None, assigned_by_id=None)

    def assign(self, to: User | None, by: User, due_on: dt.date | None) -> Turn:
        """Gives it to a member, or to nobody, to be read until a day, or whenever."""
        if to is None:
            return self.change(due_on=due_on, claimed_by_id=None, claimed_at=None, assigned_by_id=None)
        if to.pk == self.claimed_by_id:
            return self.change(due_on=due_on)
        giver = None if to == by else by.pk
        return self.change(due_on=due_on, claimed_by_id=to.pk, claimed_at=timezone.now(), assigned_by_id=giver)

    def set_aside(self, by: User, why: str) -> Turn:
        return self.change(set_aside_at=timezone.now(), set_aside_by_id=by.pk, set_aside_why=why)

    def bring_back(self) -> Turn:
        return self.change(set_aside_at=None, set_aside_by_id=None, set_aside_why="")

    def take_off(self, by: User) -> Turn:
        """Takes it off its list. What is said of it stays, should it come back."""
        return self.change(removed_at=timezone.now(), removed_by_id=by.pk)

    def change(self, **columns: Any) -> Turn:
        """Sets and saves these; what that changed."""
        changed = {name: value for name, value in columns.items() if getattr(self, name) != value}
        turn = Turn(
            {name: _plain(getattr(self, name)) for name in changed},
            {name: _plain(value) for name, value in changed.items()},
        )
        self._save(changed)
        return turn

    def give_back(self, turn: Turn) -> bool:
        """Makes it say again what it said before an act; False where it says another thing by now than since then. Who
        has left since is nobody."""
        if any(_plain(getattr(self, name)) != value for name, value in turn.now.items()):
            return False
        people = {name: value for name, value in turn.was.items() if name.endswith("_by_id")}
        there = set(User.objects.filter(pk__in=people.values()).values_list("pk", flat=True))
        was = turn.was | {name: None for name, value in people.items() if value not in there}
        self._save({name: self._meta.get_field(name).to_python(value) for name, value in was.items()})  # type: ignore[union-attr]
        return True

    def _save(self, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            setattr(self, name, value)
        if columns:
            self.save(update_fields=list(columns))


#: The columns that say what was done with an entry.
CARE = tuple(field.name for field in CaredFor._meta.local_fields)


def is_over(day: dt.date | None) -> bool:
    """Whether it was before today."""
    return day is not None and day < timezone.localdate()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
