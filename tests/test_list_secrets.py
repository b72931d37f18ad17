"""Nothing of a private list reaches anybody whom it is not shared with, by whatever door they come."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from papers.models import Invitation, ListEntry, Membership, Paper, ReadingList, Remark, ShareLink, User
from tests import world
from tests.test_access import NAMES, names, path_of
from tests.test_access import people as everybody  # noqa: F401 - a fixture

#: These stand in a private list and nowhere else: one in its name, which an offer tells, one in all the rest.
NAME, WORD = "Quetzalcoatl", "Xochipilli"
#: What somebody asks who knows how they begin; a page may say what was asked.
ASKED = ("quetzal*", "xochi*", "list:quetzalcoat")
ROLES = ["nobody", "stranger", "pending", "gone", "curator", "root"]
OF_A_LIST = [(name, pattern) for name, pattern in names(get_resolver()) if str(pattern.pattern).startswith("lists/<")]


@pytest.fixture
def secret(everybody: dict[str, User | None]) -> ReadingList:  # noqa: F811 - the fixture
    """A list with a word of its own wherever there is room for one."""
    owner, viewer, pending, gone = map(world.member, ("olga", "vera", "paul", "greta"))
    shared = world.reading_list(owner, NAME, viewer=viewer, pending=pending)
    ReadingList.objects.filter(pk=shared.pk).update(description=f"About {WORD}.")
    papers = list(Paper.objects.order_by("pk"))
    ListEntry.objects.add(shared, papers, by=owner, reason=f"For its {WORD}.")
    aside = {"set_aside_at": timezone.now(), "set_aside_by": owner, "set_aside_why": f"Too much {WORD}."}
    shared.entries.filter(paper=papers[0]).update(**aside)
    for paper in (None, *papers):
        Remark.objects.create(reading_list=shared, paper=paper, by=viewer, text=f"I like {WORD}.")
    Invitation.objects.make(owner, email=f"{WORD}@example.org", reading_list=shared)
    ShareLink.objects.make(shared, owner)
    Membership.objects.filter(person=gone).delete()
    return shared


def browser(role: str) -> Client:
    client = Client()
    if role != "nobody":
        names_of = {"stranger": "alice", "pending": "paul", "gone": "greta", "curator": "carol", "root": "root"}
        client.force_login(User.objects.get(username=names_of.get(role, role)))
    return client


def everywhere(shared: ReadingList) -> Iterator[str]:
    """Every address there is, asking for nothing and for what the words begin with."""
    numbered: dict[str, Any] = {"paper": Paper.objects.earliest("pk").key}
    of_list = [
        reverse(
            name, args=[shared.key, *(numbered.get(each, 1) for each in pattern.pattern.converters if each != "key")]
        )
        for name, pattern in OF_A_LIST
    ]
    for path in (*map(path_of, NAMES), *of_list):
        yield path
        for asked in ASKED:
            yield f"{path}?q={asked}"


def said(answer: Any) -> str:
    text = answer.getvalue().decode() if answer.streaming else answer.text
    return f"{text} {dict(answer.headers)}".lower()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_finds_a_word_of_it_by_any_address(role: str, secret: ReadingList) -> None:
    client = browser(role)
    for address in everywhere(secret):
        for headers in ({}, {"HX-Request": "true"}):
            if headers and "suggestions" not in address:
                continue
            told = said(client.get(address, headers=headers))
            assert WORD.lower() not in told, address
            is_offered = role == "pending" and address.partition("?")[0] == "/lists/"
            assert NAME.lower() not in told or is_offered, address


def test_whom_it_is_shared_with_finds_the_words(secret: ReadingList) -> None:
    client = browser("vera")
    told = said(client.get(f"/lists/{secret.key}/"))
    assert NAME.lower() in told
    assert told.count(WORD.lower()) >= 3
