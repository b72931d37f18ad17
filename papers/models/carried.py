"""What people did on reading lists with a paper that becomes another, and what of it goes back when the two part."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from .holdings import telling_of_any
from .list_entry import ListEntry
from .paper import Paper
from .reading_list import ReadingList
from .recommendation import Recommendation
from .remark import Remark
from .user import User

if TYPE_CHECKING:
    from .former_key import FormerKey

type Values = dict[str, Any]

_CLAIM = ("claimed_by_id", "claimed_at", "assigned_by_id")
#: What an entry takes from the other where it says nothing itself, all of a line or none.
_ADDED = (("reason",), _CLAIM, ("due_on",))
_ASIDE = ("set_aside_at", "set_aside_by_id", "set_aside_why")
#: So many papers are asked for in one question.
_AT_ONCE = 1_000


def values_of(tied: models.Model) -> Values:
    """The columns of what is tied to a paper, but its own id and the paper's; days and times as texts."""
    values = {field.attname: getattr(tied, field.attname) for field in tied._meta.concrete_fields}
    del values["id"], values["paper_id"]
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def hold_lists(papers: Collection[int]) -> None:
    """Nobody changes the lists that tell of these papers, by their ids, until the end of the transaction. To be called
    before any paper is held or saved: who acts on a list holds the list first."""
    lists: set[int] = set()
    for batch in batched(papers, _AT_ONCE):
        lists |= set(telling_of_any(batch).values_list("pk", flat=True))
    list(ReadingList.objects.filter(pk__in=lists).held().values_list("pk"))


def carry(gone: Paper, kept: Paper) -> Mapping[str, Any]:
    """Gives `kept` what stands on lists, and what was said, about a paper that is merged into it; returns how that was,
    by the columns of a `FormerKey`."""
    entries, held = _entries(gone), _entries(kept)
    both = entries.keys() & held.keys()
    before = {
        "list_entries": list(entries.values()),
        "list_entries_before": [held[each] for each in sorted(both)],
        "remarks": list(gone.remarks.values_list("pk", flat=True)),
        "recommendations": list(map(values_of, gone.recommendations.all())),
    }
    _count_up(gone)
    for each in both:
        kept.list_entries.filter(reading_list=each).update(**joined(held[each], entries[each]))
    gone.list_entries.filter(reading_list__in=both).delete()
    gone.list_entries.update(paper=kept)
    gone.remarks.update(paper=kept)
    for said in gone.recommendations.all():
        if kept.recommendations.filter(by=said.by_id, reading_list=said.reading_list_id).exists():
            said.delete()
        else:
            gone.recommendations.filter(pk=said.pk).update(paper=kept)
    return before


def carry_back(former: "FormerKey", paper: Paper, kept: Paper) -> None:
    """Gives a paper that is there again what it brought along, and `kept` what it had before; what was done since with
    an entry of both stays with that one."""
    hold_lists([kept.pk])
    before = {each["reading_list_id"]: each for each in _standing(former.list_entries_before)}
    for entry in _standing(former.list_entries):
        _part(entry, before.get(entry["reading_list_id"]), paper, kept)
    moved = Q(pk__in=former.remarks) | Q(answers__in=former.remarks)
    Remark.objects.filter(moved, paper=kept).update(paper=paper)
    for said in _standing(former.recommendations):
        _say_again(said, paper, kept)
    _count_up(paper)


def joined(one: Values, other: Values) -> Values:
    """What an entry says that is made of two on the same list: what stands there rather than what was taken off, else
    what was suggested first, with what only the other says."""
    first, second = sorted((one, other), key=lambda each: (each["removed_at"] is not None, _suggested(each)))
    if second["removed_at"]:
        return first
    added = {name: second[name] for names in _ADDED if not first[names[0]] for name in names}
    shown = {name: second[name] for name in _ASIDE if not second["set_aside_at"]}
    return first | added | shown


def _suggested(entry: Values) -> dt.datetime:
    return dt.datetime.fromisoformat(entry["suggested_at"])


def _entries(paper: Paper) -> dict[int, Values]:
    """Of the paper, by their lists, those that were taken off as well."""
    return {entry.reading_list_id: values_of(entry) for entry in paper.list_entries.all()}


def _part(entry: Values, was: Values | None, paper: Paper, kept: Paper) -> None:
    """Moves an entry back, or makes it anew where it became one with another. A new order by hand changes no entry."""
    of_kept = ListEntry.objects.filter(paper=kept, reading_list=entry["reading_list_id"])
    now = of_kept.first()
    made = joined(was, entry) if was else entry
    if now and values_of(now) | {"place": 0} == made | {"place": 0}:
        if not was:
            of_kept.update(paper=paper)
            return
        of_kept.update(**was | ({} if now.place == made["place"] else {"place": now.place}))
    ListEntry.objects.bulk_create([ListEntry(paper=paper, **entry)], ignore_conflicts=True)


def _say_again(said: Values, paper: Paper, kept: Paper) -> None:
    """Moves a recommendation back; one that was said of both papers is made anew."""
    if not Recommendation.objects.filter(paper=kept, **said).update(paper=paper):
        Recommendation.objects.bulk_create([Recommendation(paper=paper, **said)], ignore_conflicts=True)
        paper.recommendations.filter(by=said["by_id"], reading_list=said["reading_list_id"]).update(
            said_at=said["said_at"]
        )


def _standing(rows: Iterable[Values]) -> list[Values]:
    """What was remembered, as far as its lists are there; who has left since is nobody, and recommends nothing. Who
    sees a list no longer has claimed nothing there."""
    rows = list(rows)
    lists = ReadingList.objects.in_bulk({row["reading_list_id"] for row in rows} - {None})
    people = _there(User, (row[name] for row in rows for name in _people(row)))
    known = [
        row | {name: None for name in _people(row) if row[name] not in people}
        for row in rows
        if row["reading_list_id"] in {None, *lists}
    ]
    for row in known:
        claimant = row.get("claimed_by_id")
        if claimant is None or not lists[row["reading_list_id"]].people().filter(pk=claimant).exists():
            row.update({name: None for name in _CLAIM if name in row})
    return [row for row in known if row.get("by_id", True)]


def _people(row: Values) -> list[str]:
    return [name for name in row if name.endswith("by_id")]


def _there(model: type[models.Model], ids: Iterable[int | None]) -> set[int]:
    return set(model._default_manager.filter(pk__in=set(ids) - {None}).values_list("pk", flat=True))


def _count_up(paper: Paper) -> None:
    """Says of the lists that tell of a paper that they look otherwise."""
    telling_of_any([paper.pk]).next_edition()
