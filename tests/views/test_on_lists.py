"""Rows and a paper's page say on which lists it stands: to each reader what they may see, and not a word more."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.models import ListEntry, Membership, Paper, ReadingList, User, Visibility
from tests import upkeep, world
from tests.page import Page
from tests.views.test_query_counts import ADDRESSES, grow, queries

type Shelf = dict[str, Paper]

ROWS = ["/", "/papers/", "/papers/?q=attention", "/papers/?sort=oldest", "/digests/2025/03/11/", "/digests/2025/03/"]
SECRET = "Quagga"


def add(shared: ReadingList, paper: Paper, by: User, **more: Any) -> None:
    ListEntry.objects.add(shared, [paper], by=by, reason=more.pop("reason", ""))
    shared.entries.filter(paper=paper).update(**more)
    shared.next_edition()


def said(client: Client, address: str, paper: Paper) -> str:
    """What stands in the margin of a paper's row."""
    page = Page(client.get(address))
    row = page.one("li", id=f"row-{paper.key}").text
    margins = [each.text for each in page.all("div", class_="entry-margin") if each.text in row]
    return max(margins, key=len, default="")


@pytest.mark.parametrize("address", ROWS)
def test_a_row_says_on_which_of_the_reader_s_lists_a_paper_stands(
    address: str, reader: Client, shelf: Shelf, alice: User, bob: User
) -> None:
    add(world.reading_list(bob, "Thursday readers", viewer=alice), shelf["Attention"], bob)
    assert said(reader, address, shelf["Attention"]) == "On Thursday readers"
    page = Page(reader.get(address))
    assert page.link("Thursday readers") == ReadingList.objects.get().get_absolute_url()


def test_lists_stand_by_name_and_the_rest_on_the_paper_s_page(reader: Client, shelf: Shelf, alice: User) -> None:
    for name in ("Delta", "Beta", "<i>Alpha", "Gamma", "Epsilon"):
        add(world.reading_list(alice, name), shelf["Attention"], alice)
    assert said(reader, "/papers/", shelf["Attention"]) == "On <i>Alpha, Beta, Delta and 2 more"
    assert Page(reader.get("/papers/")).link("2 more") == f"{shelf['Attention'].get_absolute_url()}#lists"


def test_a_row_says_what_the_reader_claimed_and_what_was_set_aside(
    reader: Client, shelf: Shelf, alice: User, bob: User
) -> None:
    thursday = world.reading_list(alice, "Thursday", editor=bob)
    add(thursday, shelf["Attention"], bob, claimed_by=alice, due_on=dt.date(2026, 12, 4))
    add(thursday, shelf["Time"], bob, claimed_by=bob)
    add(thursday, shelf["Diffusion"], bob, set_aside_at=timezone.now())
    assert said(reader, "/papers/", shelf["Attention"]) == "Claimed by you, due Friday, 4 December On Thursday"
    assert said(reader, "/papers/", shelf["Time"]) == "On Thursday"
    assert said(reader, "/papers/", shelf["Diffusion"]) == "On Thursday, set aside"


def test_an_act_leaves_the_signal_in_its_row(reader: Client, shelf: Shelf, alice: User) -> None:
    add(world.reading_list(alice, "Thursday"), shelf["Time"], alice)
    sent = {"row": "on", "starred": "yes", "next": "/papers/"}
    answer = reader.post(f"{shelf['Time'].get_absolute_url()}state/", sent, headers={"HX-Request": "true"})
    assert "On Thursday" in Page(answer).one("li", id=f"row-{shelf['Time'].key}").text


def test_the_archive_is_not_told_of_in_rows(reader: Client, shelf: Shelf, alice: User) -> None:
    thursday = world.reading_list(alice, "Thursday")
    add(thursday, shelf["Time"], alice)
    thursday.archive()
    assert said(reader, "/papers/", shelf["Time"]) == ""
    assert "On one list Thursday mine" in Page(reader.get(shelf["Time"].get_absolute_url())).text


def test_what_is_late_is_said_to_be_wherever_a_paper_stands(
    reader: Client, shelf: Shelf, alice: User, bob: User
) -> None:
    thursday = world.reading_list(bob, "Thursday", viewer=alice)
    add(thursday, shelf["Time"], bob, claimed_by=alice, due_on=timezone.localdate() - dt.timedelta(days=1))
    for address in (f"/lists/{thursday.key}/", "/papers/", shelf["Time"].get_absolute_url()):
        assert Page(reader.get(address)).all("span", class_="is-late"), address


def test_the_paper_s_page_says_to_members_who_suggested_it_and_why(
    reader: Client, shelf: Shelf, alice: User, bob: User
) -> None:
    add(
        world.reading_list(bob, "Thursday", viewer=alice),
        shelf["Time"],
        bob,
        reason="For its <b>proof.",
        claimed_by=alice,
        due_on=dt.date(2026, 12, 4),
    )
    day = timezone.localdate().strftime("%-d %B %Y")
    told = f"On one list Thursday Bob For its <b>proof. Bob, {day}. Claimed by you, due Friday, 4 December"
    assert Page(reader.get(shelf["Time"].get_absolute_url())).one("section", id="lists").text == told


def test_of_a_list_of_the_site_strangers_are_told_that_the_paper_stands_there(
    reader: Client, shelf: Shelf, alice: User, bob: User
) -> None:
    for_all = world.reading_list(bob, "For all")
    ReadingList.objects.filter(pk=for_all.pk).update(visibility=Visibility.SITE)
    add(for_all, shelf["Time"], bob, reason=SECRET, claimed_by=bob)
    page = Page(reader.get(shelf["Time"].get_absolute_url()))
    assert page.one("section", id="lists").text == "On one list For all Bob"
    assert said(reader, "/papers/", shelf["Time"]) == ""


def plant(bob: User, paper: Paper, **roles: Any) -> ReadingList:
    shared = world.reading_list(bob, SECRET, **roles)
    add(shared, paper, bob, reason=SECRET, claimed_by=bob)
    return shared


def everywhere(client: Client, shelf: Shelf) -> str:
    paper = shelf["Attention"].get_absolute_url()
    questions = ("/papers/?list=quagga", "/papers/?q=list:quagga", "/papers/?q=-list:quagga", f"{paper}?list=quagga")
    pages = [client.get(address).text for address in (*ROWS, paper, *questions, "/papers/questions/")]
    typed = client.get("/papers/suggestions/?q=quag", headers={"HX-Request": "true"}).text
    return "".join((*pages, typed, client.get("/account/export.jsonl").getvalue().decode()))


@pytest.mark.parametrize("who", ["stranger", "pending", "gone", "out of the team", "root"])
def test_nothing_of_a_private_list_is_told_to_who_may_not_see_it(
    who: str, client: Client, shelf: Shelf, alice: User, bob: User
) -> None:
    person = world.superuser() if who == "root" else alice
    shared = plant(bob, shelf["Attention"], **{"pending": alice} if who == "pending" else {})
    member = world.member("member")
    Membership.objects.create(reading_list=shared, person=member, joined_at=timezone.now())
    client.force_login(member)
    assert SECRET in everywhere(client, shelf)  # so that it could be kept for others
    client.force_login(person)
    if who in ("gone", "out of the team"):
        team = Group.objects.create(name="Tuesday")
        person.groups.add(team)
        whose = {"person": person, "joined_at": timezone.now()} if who == "gone" else {"team": team}
        Membership.objects.create(reading_list=shared, **whose)
        assert SECRET in everywhere(client, shelf)
        shared.memberships.exclude(person=member).delete() if who == "gone" else person.groups.remove(team)
    assert SECRET not in everywhere(client, shelf)


def test_nobody_is_told_of_any_list(client: Client, shelf: Shelf, bob: User) -> None:
    plant(bob, shelf["Attention"])
    ReadingList.objects.update(visibility=Visibility.SITE)
    paper = shelf["Attention"].get_absolute_url()
    assert SECRET not in "".join(client.get(address).text for address in (*ROWS, paper, "/papers/suggestions/?q=qu"))


def fill_lists(reader: User, lists: int, members: int) -> None:
    """So many lists of the reader's, with so many members each, and on each some papers."""
    people = [world.member(f"person{User.objects.count()}") for _ in range(members)]
    papers = list(Paper.objects.order_by("pk")[:30])
    for number in range(ReadingList.objects.count(), lists):
        shared = world.reading_list(people[0], f"List {number:02}", editor=[reader, *people[1:]])
        ListEntry.objects.add(shared, papers[number % 5 :], by=people[1])
        shared.entries.update(claimed_by=reader)


LISTED = [*ADDRESSES, "/papers/?list=list-00", "/papers/?q=problem+-list:list-00", "/papers/?q=list:list-00+or+x"]


def test_a_member_of_fifty_lists_costs_no_more_queries_than_of_one(
    reader: Client, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.views.test_query_counts.ADDRESSES", LISTED)
    grow(alice, bob, 1)
    fill_lists(alice, 1, 2)
    small = queries(reader)
    fill_lists(alice, 50, 20)
    large = queries(reader)
    assert not [address for address in LISTED if len(large[address]) > len(small[address])]


def test_lists_cost_a_page_of_papers_one_query_for_all_rows_and_one_for_the_facet(
    reader: Client, alice: User, shelf: Shelf
) -> None:
    def cost() -> int:
        caches["rendered"].clear()
        return upkeep.queries(partial(reader.get, "/papers/"))

    reader.get("/papers/")
    without = cost()
    add(world.reading_list(alice, "Thursday"), shelf["Time"], alice)
    assert cost() == without + 2


def test_what_a_reader_sees_of_lists_is_looked_up_once_a_page(reader: Client, alice: User, shelf: Shelf) -> None:
    add(world.reading_list(alice, "Thursday"), shelf["Time"], alice)
    with CaptureQueriesContext(connection) as captured:
        reader.get("/papers/?tag=vision")
    assert sum('"papers_readinglist"."edition"' in query["sql"] for query in captured) == 1
