"""What is a reader's own on reading lists: their lists, where they take part, and what they said, on its way out."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from ..access import Role
from ..models import ListEntry, Membership, ReadingList, Recommendation, Remark, User
from .things import Thing, each_of, known_by


def own_on_lists(reader: User) -> Iterator[Thing]:
    return chain(_lists(reader), _memberships(reader), _suggestions(reader), _remarks(reader), _said(reader))


def _lists(reader: User) -> Iterator[Thing]:
    """Each with what stands on it."""
    for own in each_of(ReadingList.objects.filter(owner=reader), "pk"):
        yield {
            "kind": "list",
            "list": own.key,
            "name": own.name,
            "description": own.description,
            "visibility": own.visibility,
            "made_at": own.made_at,
            "archived_at": own.archived_at,
        }
        for entry in each_of(_with_papers(own.entries.present()).select_related("suggested_by", "claimed_by"), "pk"):
            yield {
                "kind": "entry",
                "list": own.key,
                **known_by(entry.paper),
                "place": entry.place,
                "suggested_by": entry.suggested_by and str(entry.suggested_by),
                "suggested_at": entry.suggested_at,
                "reason": entry.reason,
                "claimed_by": entry.claimed_by and str(entry.claimed_by),
                "due_on": entry.due_on,
                "set_aside_at": entry.set_aside_at,
                "set_aside_why": entry.set_aside_why,
            }


def _memberships(reader: User) -> Iterator[Thing]:
    """The lists that are shared with them, themselves or by a team."""
    joined = dict(Membership.objects.granting(reader).of_people().values_list("reading_list", "joined_at"))
    for shared in each_of(ReadingList.objects.of_member(reader).exclude(owner=reader), "pk"):
        role = Role(shared.role).name.lower()
        yield {"kind": "membership", **_on(shared), "role": role, "joined_at": joined.get(shared.pk)}


def _suggestions(reader: User) -> Iterator[Thing]:
    """What they suggested on lists of others that they still see."""
    entries = ListEntry.objects.present().filter(suggested_by=reader, reading_list__in=_visible(reader))
    entries = entries.exclude(reading_list__owner=reader).select_related("reading_list")
    for entry in each_of(_with_papers(entries), "pk"):
        yield {
            "kind": "suggestion",
            **_on(entry.reading_list),
            **known_by(entry.paper),
            "suggested_at": entry.suggested_at,
            "reason": entry.reason,
        }


def _remarks(reader: User) -> Iterator[Thing]:
    """Their words are theirs wherever they stand; what a list is called they are told as long as they see it."""
    visible = set(_visible(reader))
    remarks = _with_papers(Remark.objects.filter(by=reader, removed_at=None)).select_related("reading_list")
    for remark in each_of(remarks, "pk"):
        yield {
            "kind": "remark",
            **(_on(remark.reading_list) if remark.reading_list and remark.reading_list_id in visible else {}),
            **(known_by(remark.paper) if remark.paper else {}),
            "text": remark.text,
            "written_at": remark.written_at,
            "edited_at": remark.edited_at,
        }


def _said(reader: User) -> Iterator[Thing]:
    """What they say is worth reading, in a list or to all."""
    visible = set(_visible(reader))
    said = _with_papers(Recommendation.objects.filter(by=reader)).select_related("reading_list")
    for each in each_of(said, "pk"):
        on = _on(each.reading_list) if each.reading_list and each.reading_list_id in visible else {}
        yield {"kind": "recommendation", **on, **known_by(each.paper), "said_at": each.said_at}


def _visible(reader: User) -> QuerySet[ReadingList, int]:
    return ReadingList.objects.visible_to(reader).values_list("pk", flat=True)


def _on(reading_list: ReadingList) -> Thing:
    return {"list": reading_list.key, "list_name": reading_list.name}


def _with_papers[Q: QuerySet[Any]](rows: Q) -> Q:
    """With the little of their papers that is told."""
    return rows.select_related("paper").prefetch_related("paper__identifiers")
