"""What the team did: what others did in the lists of somebody's, and what is new to them of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.models import ListEntry, Mark, Marking, Membership, Paper, ReadingList, Remark, User, Visibility, marking
from papers.models.activity import Activity
from papers.models.deed import Deed
from papers.models.talk import Talk
from tests import world
from tests.page import Page

NOW = timezone.now()


@pytest.fixture
def shared(shelf: dict[str, Paper], alice: User, bob: User) -> ReadingList:
    """Bob's list, on which Alice edits, with Time on it; she was here an hour ago."""
    User.objects.filter(pk=alice.pk).update(visited_at=NOW, visited_before=NOW - dt.timedelta(hours=1))
    shared = world.reading_list(bob, editor=alice)
    ListEntry.objects.add(shared, [shelf["Time"]], by=bob, reason="For its time.")
    return shared


def lines(client: Client, question: str = "") -> list[str]:
    """What each line says, without when that was."""
    items = Page(client.get(f"/activity/{question}")).all("div", class_="remark")
    return [each.text for each in items]


def heads(client: Client, question: str = "") -> list[str]:
    told = Page(client.get(f"/activity/{question}")).all("p", class_="remark-head")
    return [each.text.rpartition(",")[0].rpartition(",")[0] for each in told]


def entry_is(shared: ReadingList, **columns: Any) -> None:
    shared.entries.update(**columns)


class Scene(NamedTuple):
    """Where something is done, of what, and for whom."""

    shared: ReadingList
    paper: Paper
    alice: User
    bob: User


DEEDS: dict[str, tuple[Callable[[Scene], Any], str, str]] = {
    "claimed": (
        lambda at: entry_is(at.shared, claimed_by=at.bob, claimed_at=timezone.now(), due_on=dt.date(2025, 3, 14)),
        "Bob will read a paper in Thursday readers",
        "due Friday, 14 March",
    ),
    "assigned": (
        lambda at: entry_is(at.shared, claimed_by=at.alice, claimed_at=timezone.now(), assigned_by=at.bob),
        "Bob asked you to read a paper in Thursday readers",
        "Time",
    ),
    "set aside": (
        lambda at: entry_is(at.shared, set_aside_at=timezone.now(), set_aside_by=at.bob, set_aside_why="Known to us."),
        "Bob set aside a paper in Thursday readers",
        "“Known to us.”",
    ),
    "finished": (
        lambda at: Marking.objects.mark(at.bob, at.paper, status="read"),
        "Bob has read a paper in Thursday readers",
        "Time",
    ),
    "said": (
        lambda at: Talk(at.bob, at.shared, at.paper).say("A *word*.", None),
        "Bob said in Thursday readers",
        "A word.",
    ),
    "said of the list": (
        lambda at: Talk(at.bob, at.shared).say("A word.", None),
        "Bob said about Thursday readers",
        "A word.",
    ),
    "said to all": (
        lambda at: Talk(at.bob, None, at.paper).say("A word.", None),
        "Bob said to everybody here",
        "A word.",
    ),
    "mentioned": (
        lambda at: Talk(at.bob, at.shared, at.paper).say("A word, @alice.", None),
        "Bob mentioned you in Thursday readers",
        "Time",
    ),
    "joined": (
        lambda at: Membership.objects.create(
            reading_list=at.shared, person=world.member("carl"), joined_at=timezone.now()
        ),
        "Carl joined Thursday readers",
        "Carl",
    ),
    "shared with a team": (
        lambda at: Membership.objects.create(
            reading_list=at.shared, team=Group.objects.create(name="Tuesday readers"), offered_by=at.bob
        ),
        "Bob shared Thursday readers with Tuesday readers",
        "Bob",
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_others_did_is_told_newest_first(
    deed: str, reader: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    does, said, besides = DEEDS[deed]
    does(Scene(shared, shelf["Time"], alice, bob))
    assert heads(reader) == [said, "Bob added a paper to Thursday readers"]
    newest, before = lines(reader)
    assert besides in newest
    assert "“For its time.”" in before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_stranger_is_told_nothing_of_a_list(
    deed: str, client: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    DEEDS[deed][0](Scene(shared, shelf["Time"], alice, bob))
    stranger = world.member("stan")
    Membership.objects.create(reading_list=shared, person=stranger)
    client.force_login(stranger)
    for visibility in Visibility:
        ReadingList.objects.update(visibility=visibility)
        assert heads(client) == (["Bob said to everybody here"] if deed == "said to all" else [])
        assert client.get(f"/activity/?list={shared.key}").status_code == 404


def test_what_one_did_oneself_is_no_news(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User
) -> None:
    Talk(alice, shared).say("Mine.", None)
    Marking.objects.mark(alice, shelf["Time"], status="read")
    entry_is(shared, claimed_by=alice, claimed_at=timezone.now(), suggested_by=alice)
    assert heads(reader) == []


def test_what_was_taken_back_was_never_done(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], bob: User
) -> None:
    talk = Talk(bob, shared, shelf["Time"])
    talk.remove(talk.say("Removed.", None))
    talk.hide(talk.say("Hidden.", None), bob)
    read = Marking.objects.mark(bob, shelf["Time"], status="read")
    assert read
    read.take_back()
    Marking.objects.mark(bob, shelf["Time"], status="read")
    Marking.objects.mark(bob, shelf["Time"], status="unread")
    entry_is(shared, removed_at=timezone.now())
    assert heads(reader) == []


def test_who_read_what_is_told_once_and_only_among_who_takes_part(
    client: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    for status in ("read", "unread", "read"):
        Marking.objects.mark(bob, shelf["Time"], status=status)
    Marking.objects.mark(bob, shelf["Time"], note="Private.", rating=5)
    Marking.objects.mark(bob, shelf["Diffusion"], status="read")
    carl, team = world.member("carl"), Group.objects.create(name="Tuesday readers")
    carl.groups.add(team)
    Membership.objects.create(reading_list=shared, team=team, offered_by=bob)
    Marking.objects.mark(carl, shelf["Time"], status="read")
    client.force_login(alice)
    assert heads(client).count("Bob has read a paper in Thursday readers") == 1
    assert not [head for head in heads(client) if head.startswith("Carl")]
    client.force_login(carl)
    assert heads(client) == [
        "Bob shared Thursday readers with Tuesday readers",
        "Bob added a paper to Thursday readers",
        "Alice joined Thursday readers",
    ]
    Membership.objects.create(reading_list=shared, person=carl, role=0, joined_at=timezone.now())
    assert "Bob has read a paper in Thursday readers" in heads(client)
    client.force_login(alice)
    assert "Carl has read a paper in Thursday readers" in heads(client)


def test_what_is_taken_off_while_it_is_told_is_left_out(reader: Client, shared: ReadingList, bob: User) -> None:
    Marking.objects.mark(bob, shared.entries.get().paper, status="read")

    def take_off(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if 'WHERE "papers_listentry"."id" IN' in sql:
            execute('DELETE FROM "papers_listentry"', (), *rest[1:])
        return execute(sql, *rest)

    with connection.execute_wrapper(take_off):
        assert heads(reader) == []
    assert ListEntry.objects.count() == 0


def test_to_catch_up_with_many_papers_is_to_finish_none(
    reader: Client, shared: ReadingList, bob: User, shelf: dict[str, Paper]
) -> None:
    Marking.objects.make_among(bob, Mark.READ, Paper.objects.among([shelf["Time"].pk]))
    assert heads(reader) == ["Bob added a paper to Thursday readers"]


def test_what_somebody_did_in_one_go_is_one_line(
    reader: Client, shared: ReadingList, bob: User, shelf: dict[str, Paper]
) -> None:
    ListEntry.objects.add(shared, [shelf["Attention"], shelf["Diffusion"]], by=bob)
    assert heads(reader) == ["Bob added 3 papers to Thursday readers"]
    (line,) = lines(reader)
    assert all(word in line for word in shelf)


def test_what_is_new_since_the_last_visit_stands_apart(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], bob: User
) -> None:
    entry_is(shared, suggested_at=NOW - dt.timedelta(days=2))
    Talk(bob, shared).say("New.", None)
    parts = [each.text for each in Page(reader.get("/activity/")).all("section", class_="deeds")]
    new, before = parts
    assert new.startswith("Since your last visit")
    assert "New." in new
    assert before.startswith("Before that")
    assert "For its time." in before


def test_the_front_page_says_how_much_is_new_and_at_once(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    entry_is(shared, suggested_at=NOW - dt.timedelta(days=2))
    before = reader.get("/")
    assert "colleagues" not in before.text
    Talk(bob, shared).say("One.", None)
    Talk(bob, shared, shelf["Time"]).say("Two.", None)
    Talk(alice, shared).say("Mine.", None)
    after = reader.get("/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert Page(after).link("2 new things from your colleagues") == "/activity/"


def test_the_front_page_tells_of_what_is_read_again_as_a_marking_of_many_is_taken_back(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_told() -> bool:
        return "1 new thing from your colleagues" in Page(reader.get("/")).text

    monkeypatch.setattr(marking, "BATCH", 0)
    entry_is(shared, suggested_at=NOW - dt.timedelta(days=2))
    Marking.objects.mark(bob, shelf["Time"], status="read")
    assert is_told()
    many = Marking.objects.make_among(bob, Mark.UNREAD, Paper.objects.among([shelf["Time"].pk]))
    assert many
    assert not is_told()
    many.take_back()
    assert Marking.objects.unsettled(bob)
    assert is_told()


def test_it_is_narrowed_to_one_list_and_to_what_mentions_one(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    other = world.reading_list(bob, "Another", viewer=alice)
    Talk(bob, other).say("There.", None)
    Talk(bob, shared).say("Here, @alice.", None)
    assert heads(reader, f"?list={other.key}") == ["Bob said about Another"]
    assert heads(reader, "?mentions=me") == ["Bob mentioned you about Thursday readers"]
    assert heads(reader, f"?mentions=me&list={other.key}") == []


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_pages_lead_through_all_of_it_also_where_many_things_were_done_at_once(
    size: int, shared: ReadingList, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    ListEntry.objects.add(shared, [shelf["Attention"], shelf["Diffusion"]], by=bob)
    entry_is(shared, suggested_at=NOW, claimed_by=bob, claimed_at=NOW, set_aside_at=NOW, set_aside_by=bob)
    for word in ("One.", "Two."):
        Talk(bob, shared).say(word, None)
    Talk(bob, None, shelf["Time"]).say("To all.", None)
    Remark.objects.update(written_at=NOW)
    Marking.objects.mark(bob, shelf["Time"], status="read")
    Marking.objects.update(made_at=NOW)
    everything, _ = Activity(alice).page(100)
    cursor = ""
    seen: list[Deed] = []
    while not seen or cursor:
        deeds, cursor = Activity(alice).page(size, cursor)
        seen += deeds
    assert [deed.place for deed in seen] == [deed.place for deed in everything]
    assert len(seen) == len(set(map(str, (deed.place for deed in seen)))) == 13


@pytest.mark.parametrize("cursor", ["x", "1_2", "1_2_3_4", "9" * 40 + "_1_1", "-1_0_0", "1_1_" + "9" * 30, "%00"])
def test_a_cursor_that_is_none_does_no_harm(cursor: str, reader: Client, shared: ReadingList) -> None:
    assert reader.get(f"/activity/?before={cursor}&list=&mentions=x").status_code == 200


def test_it_costs_as_many_queries_however_many_lists_and_people_there_are(
    reader: Client, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    User.objects.filter(pk=alice.pk).update(visited_at=NOW, visited_before=NOW - dt.timedelta(hours=1))

    def grow(times: int) -> None:
        for n in range(times):
            people = [world.member(f"member{n}_{times}_{k}") for k in range(3)]
            made = world.reading_list(bob, f"List {n} of {times}", viewer=[alice, *people])
            ListEntry.objects.add(made, list(shelf.values()), by=people[0], reason="Hm.")
            made.entries.update(claimed_by=people[1], claimed_at=timezone.now(), set_aside_at=timezone.now())
            for person in people:
                Talk(person, made, shelf["Time"]).say("Hm, @alice.", None)
                Marking.objects.mark(person, shelf["Time"], status="read")

    def queries() -> list[int]:
        counts = []
        for address in ("/", "/activity/", "/activity/?mentions=me"):
            caches["rendered"].clear()
            with CaptureQueriesContext(connection) as captured:
                assert reader.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    grow(1)
    few = queries()
    grow(8)
    assert queries() == few


def test_a_newcomer_is_led_to_making_and_sharing_a_list(client: Client, alice: User, bob: User) -> None:
    client.force_login(alice)
    page = Page(client.get("/activity/"))
    assert "Nobody else has done anything." in page.text
    assert page.link("make one, and share it") == "/lists/"
    assert not page.all("select", id="of-list"), "there is nothing to narrow"
    mine = world.reading_list(alice, pending=bob)
    page = Page(client.get(f"/activity/?list={mine.key}"))
    assert page.link("Share it with somebody") == f"/lists/{mine.key}/members/#share"
    client.force_login(bob)
    assert "or accept what is offered to you there" in Page(client.get("/activity/")).text
