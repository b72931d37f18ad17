"""Nothing of a private list reaches anybody whom it is not shared with, by whatever door they come."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from papers.access import Role
from papers.list_forms import UndoForm
from papers.models import (
    Invitation,
    ListEntry,
    Marking,
    Membership,
    Paper,
    ReadingList,
    Recommendation,
    Remark,
    ShareLink,
    User,
)
from papers.models.care import Turn
from tests import world
from tests.test_access import NAMES, names, path_of
from tests.test_access import people as everybody  # noqa: F401 - a fixture

#: These stand in a private list and nowhere else: one in its name, which an offer tells, one in all the rest.
NAME, WORD = "Quetzalcoatl", "Xochipilli"
#: What somebody asks who knows how they begin; a page may say what was asked.
ASKED = ("", "?q=quetzal*+or+xochi*+or+list:quetzalcoat")
TYPED = ("quetzal", "xochi", "list:quetzal", "list:xochi")
ROLES = ["nobody", "stranger", "pending", "gone", "left", "curator", "root"]
OF_A_LIST = [(name, pattern) for name, pattern in names(get_resolver()) if str(pattern.pattern).startswith("lists/<")]
#: What htmx asks for of some pages; of the others it has nothing but the whole.
PARTS = {"reading_list": ["shelf"], "papers": ["results", "pane"], "tags": ["tags"], "paper_lists": ["keys"]}

WHERE_QUESTIONS_ARE_ASKED = (
    *("today", "day", "papers", "paper", "tags", "questions", "suggestions", "next_unread", "papers_lists"),
    *("lists", "activity", "admin:papers_paper_changelist"),
)
TOKEN = re.compile('csrfmiddlewaretoken" value="[^"]+')


@pytest.fixture
def secret(everybody: dict[str, User | None]) -> ReadingList:  # noqa: F811 - the fixture
    """A list with a word of its own wherever there is room for one."""
    owner, viewer, pending, gone, left = map(world.member, ("olga", "vera", "paul", "greta", "lena"))
    team = Group.objects.get(name="Tuesday readers")
    left.groups.add(team)
    shared = world.reading_list(owner, NAME, viewer=viewer, pending=pending, contributor=[gone], editor=team)
    ReadingList.objects.filter(pk=shared.pk).update(description=f"About {WORD}.")
    papers = list(Paper.objects.order_by("pk"))
    ListEntry.objects.add(shared, papers, by=gone, reason=f"For its {WORD}.")
    aside = {"set_aside_at": timezone.now(), "set_aside_by": owner, "set_aside_why": f"Too much {WORD}."}
    shared.entries.filter(paper=papers[0]).update(**aside)
    shared.entries.update(claimed_by=viewer, claimed_at=timezone.now())
    for paper in (None, *papers):
        for by in (viewer, gone):
            words = f"I like {WORD}." if by == viewer else "What one says is one's own."
            remark = Remark.objects.create(reading_list=shared, paper=paper, by=by, text=words)
            remark.mentions.set([gone, left])
    Recommendation.objects.say(papers[0], viewer, shared)
    Marking.objects.mark(viewer, papers[0], status="read")
    Invitation.objects.make(owner, email=f"{WORD}@example.org", reading_list=shared)
    ShareLink.objects.make(shared, owner)
    Membership.objects.filter(person=gone).delete()
    left.groups.remove(team)
    return shared


def browser(role: str) -> Client:
    client = Client()
    if role != "nobody":
        names_of = {"stranger": "alice", "pending": "paul", "gone": "greta", "left": "lena", "curator": "carol"}
        client.force_login(User.objects.get(username=names_of.get(role, role)))
    return client


def addresses(shared: ReadingList) -> dict[str, str]:
    """Every address there is, by its name."""
    numbered: dict[str, Any] = {
        "paper": Paper.objects.earliest("pk").key,
        **dict.fromkeys(("list_remark", "list_remark_removal", "list_remark_hiding"), shared.remarks.earliest("pk").pk),
        **dict.fromkeys(("member_removal", "membership_role"), shared.memberships.earliest("pk").pk),
        "list_invitation_revocation": shared.invitations.get().pk,
        "share_link_revocation": shared.share_links.get().pk,
    }
    of_list = {
        name: reverse(name, args=[shared.key, *(numbered.get(each, numbered.get(name)) for each in more)])
        for name, (_, *more) in ((name, pattern.pattern.converters) for name, pattern in OF_A_LIST)
    }
    return {name: path_of(name) for name in NAMES} | of_list


def own(shared: ReadingList) -> dict[str, str]:
    """Those of the library and its lists, without accounts and the desk."""
    return {name: path for name, path in addresses(shared).items() if not path.startswith(("/account/", "/admin/"))}


@contextmanager
def afresh(client: Client) -> Iterator[None]:
    """Nothing that is done stays so, not even that somebody is signed out by it: else all that follows says nothing."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def said(answer: Any) -> str:
    text = answer.getvalue().decode() if answer.streaming else answer.text
    return f"{text} {dict(answer.headers)}".lower()


def assert_silent(answer: Any, role: str, *about: object) -> None:
    """A list that is offered is told by its name, where that is told."""
    told = said(answer)
    assert WORD.lower() not in told, about
    is_offered = role == "pending" and answer.request["PATH_INFO"] == "/lists/"
    assert NAME.lower() not in told or is_offered, about


@pytest.mark.parametrize("role", ROLES)
def test_nobody_finds_a_word_of_it_by_any_address(role: str, secret: ReadingList) -> None:
    client = browser(role)
    for path in addresses(secret).values():
        is_typed = "suggestions" in path
        questions = [f"?{name}={each}" for each in TYPED for name in ("q", "who")] if is_typed else ASKED
        for asked in questions if may_be_told(role, path) else ():
            for headers in ({}, {"HX-Request": "true"}) if is_typed else ({},):
                with afresh(client):
                    assert_silent(client.get(path + asked, headers=headers), role, path, asked)


def may_be_told(role: str, path: str) -> bool:
    """The desk tells nobody anything who does not work there."""
    return role in ("curator", "root") or not path.startswith("/admin/")


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_told_a_word_of_it_whatever_they_send(role: str, secret: ReadingList) -> None:
    """All that forms have anywhere, sent to every address, of lists also by htmx; and nothing becomes of the list."""
    client, form, before = browser(role), whatever(secret), rows(secret)
    may = {"pending": ["membership", "membership_removal"], "root": ["admin:papers_team_delete"]}.get(role, [])
    for name, path in addresses(secret).items():
        if name in may or path.startswith("/account/") or not may_be_told(role, path):
            continue
        for headers in ({}, {"HX-Request": "true", "HX-Target": "shelf"}) if path.startswith("/lists/") else ({},):
            with afresh(client):
                assert_silent(client.post(path, form, headers=headers, follow=True), role, name)
                assert rows(secret) == before, name


def whatever(shared: ReadingList) -> dict[str, Any]:
    """What somebody sends who knows all numbers and keys."""
    entry, paper = shared.entries.earliest("pk"), Paper.objects.earliest("pk")
    undone = Turn({"reason": "Another."}, {"reason": entry.reason})
    member = User.objects.get(username="vera")
    team = Group.objects.get(name="Tuesday readers")
    return {
        "on": shared.key,
        "off": shared.key,
        "list": shared.key,
        "paper": paper.key,
        "about": paper.key,
        "next": shared.get_absolute_url(),
        "text": "Hm. @vera",
        "reason": "Why.",
        "why": "Why.",
        "q": "",
        "claim": "yes",
        "person": member.pk,
        "to": "top",
        "hidden": "yes",
        "answers": shared.remarks.all()[0].pk,
        "who": "vera",
        "role": "3",
        "heir": member.pk,
        "visibility": "site",
        "order": "due",
        "row": "on",
        "mark": "read",
        "status": "read",
        "starred": "yes",
        "note": "Hm.",
        "acts": "on",
        "was": "",
        "undo": UndoForm.seal(entry, member, Role.CONTRIBUTOR, undone),
        "action": "delete_selected",
        "_selected_action": [team.pk, 1],
        "teams": [team.pk],
        "join": "vera",
    }


def rows(shared: ReadingList) -> list[Any]:
    """All of the list, as it stands."""
    of_list = ("entries", "memberships", "remarks", "invitations", "share_links", "recommendations")
    listed = [list(getattr(shared, name).order_by("pk").values_list()) for name in of_list]
    return [ReadingList.objects.filter(pk=shared.pk).values("name", "owner", "visibility", "archived_at").get(), listed]


@pytest.mark.parametrize("role", ["nobody", "stranger", "curator"])
def test_to_ask_for_it_is_to_ask_for_a_list_that_there_is_not(role: str, secret: ReadingList) -> None:
    """By its name or key, and also whether it is not that list, or any."""
    client, found, nowhere = browser(role), addresses(secret), {NAME.lower(): "quetzalcoatx", secret.key: "2" * 12}
    for page in WHERE_QUESTIONS_ARE_ASKED:
        for name, other in nowhere.items():
            for question in (f"q=paper+-list:{name}&list={name}", f"q=list:{name}*+or+list:any", f"q=list:{name}"):
                answers = [client.get(f"{found[page]}?{asked}") for asked in (question, question.replace(name, other))]
                told, expected = (TOKEN.sub("", f"{answer.status_code} {answer.text}") for answer in answers)
                assert told.replace(name, other) == expected, (page, question)


@pytest.mark.parametrize("role", ["nobody", "stranger", "left"])
def test_nobody_is_given_what_was_made_for_a_member(role: str, secret: ReadingList) -> None:
    """They ask for a page, or a part of it, just after a member, and say that they have what the member got."""
    client, member = browser(role), browser("vera")
    for name, path in own(secret).items():
        for part in ["", *PARTS.get(name, [])]:
            headers = {"HX-Request": "true", "HX-Target": part} if part else {}
            made = member.get(path, headers=headers)
            known = {"If-None-Match": made["ETag"]} if "ETag" in made else {}
            answer = client.get(path, headers={**headers, **known})
            assert answer.status_code != 304, name
            assert_silent(answer, role, name, part)


def test_whom_it_is_shared_with_finds_the_words(secret: ReadingList) -> None:
    client = browser("vera")
    told = said(client.get(f"/lists/{secret.key}/"))
    assert NAME.lower() in told
    assert told.count(WORD.lower()) >= 3
    for asked in (f"list={secret.key}", "list=quetzalcoatl", "q=list:quetzalcoatl", "list=any"):
        assert "another paper" in said(client.get(f"/papers/?{asked}")), asked
