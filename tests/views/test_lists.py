"""The pages of reading lists: which there are, what is on one, and who has read it."""

import datetime as dt
from itertools import chain

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from papers.access import Role
from papers.forms import ListForm, ListSettingsForm
from papers.models import (
    ListEntry,
    Marking,
    Membership,
    Order,
    Paper,
    ReaderState,
    ReadingList,
    User,
    Visibility,
)
from papers.models.order import InOrder
from tests import world
from tests.page import Page


@pytest.fixture
def shared(shelf: dict[str, Paper], alice: User, bob: User) -> ReadingList:
    """Bob's list, on which Alice edits, with all papers of the shelf: Time, Attention, Diffusion."""
    shared = world.reading_list(bob, editor=alice)
    for word in ("Time", "Attention", "Diffusion"):
        ListEntry.objects.add(shared, [shelf[word]], by=bob, reason=f"For its {word.lower()}.")
    return shared


def titles(client: Client, address: str) -> list[str]:
    return [each.text.split()[0] for each in Page(client.get(address)).all("h2", class_="entry-title")]


def test_a_list_is_made_with_a_name_alone(reader: Client, alice: User) -> None:
    response = reader.post("/lists/", {"name": "  Thursday   readers "})
    made = ReadingList.objects.get()
    assert (made.name, made.owner, response["Location"]) == ("Thursday readers", alice, f"/lists/{made.key}/")
    assert "Nothing is on this list yet" in reader.get(response["Location"]).text


@pytest.mark.parametrize(("name", "why"), [("", "required"), ("!!", "a letter or a figure"), ("Mine", "already")])
def test_a_name_that_will_not_do_is_told(name: str, why: str, reader: Client, alice: User) -> None:
    world.reading_list(alice, "Mine")
    assert why in reader.post("/lists/", {"name": name}).text
    assert ReadingList.objects.count() == 1


def test_of_two_lists_of_one_name_that_are_made_at_once_the_second_is_told(alice: User) -> None:
    form = ListForm({"name": "Mine"}, owner=alice)
    assert form.is_valid()
    world.reading_list(alice, "Mine")
    assert form.saved() is None
    assert form.errors == {"name": ["You have a list of this name already."]}


def test_a_list_that_is_renamed_to_what_another_is_called_meanwhile_keeps_its_name(alice: User) -> None:
    shared = world.reading_list(alice)
    said = {"name": "Mine", "visibility": "private", "order": "hand"}
    form = ListSettingsForm(said, instance=ReadingList.objects.get(), owner=alice)
    assert form.is_valid()
    world.reading_list(alice, "Mine")
    assert form.saved() is None
    assert "name" in form.errors
    shared.refresh_from_db()
    assert shared.name == "Thursday readers"


@pytest.mark.parametrize("letter", ["\N{LATIN SMALL LETTER SHARP S}", "\N{LATIN SMALL LIGATURE FFI}"])
def test_a_name_is_as_long_as_it_looks_whatever_becomes_of_it_in_an_address(letter: str, reader: Client) -> None:
    made = reader.post("/lists/", {"name": letter * 150})["Location"]
    assert reader.get(made).status_code == 200


def test_lists_stand_by_whose_they_are_with_how_much_is_left(
    reader: Client, alice: User, bob: User, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    world.reading_list(alice, "Mine")
    ReadingList.objects.filter(pk=world.reading_list(bob, "Open").pk).update(visibility=Visibility.SITE)
    world.reading_list(bob, "Secret")
    world.reading_list(bob, "Offered", pending=alice)
    Marking.objects.mark(alice, shelf["Time"], status="read")
    page = Page(reader.get("/lists/"))
    told = {section.text for section in page.all("section")}
    offer = (
        "Offered to you Bob offers you “Offered”, to read it together. Those who take part see of each other what of "
        "it they have read; your notes and ratings stay yours. Accept Offered Decline Offered"
    )
    assert told == {
        offer,
        "Mine Mine empty",
        "Shared with me Thursday readers Bob 2 of 3 left",
        "For everybody here Open Bob empty",
    }


def test_a_reason_has_formulas_and_stands_as_it_was_typed(
    reader: Client, shared: ReadingList, alice: User, shelf: dict[str, Paper]
) -> None:
    why = "<b>Lemma 2</b> *is* $O(n^2)$, 1. of all"
    ListEntry.objects.filter(paper=shelf["Time"]).update(reason=why, suggested_by=alice)
    entry = f"/lists/{shared.key}/papers/{shelf['Time'].key}/"
    for address in (f"/lists/{shared.key}/", entry, f"/lists/{shared.key}/handout/", shelf["Time"].get_absolute_url()):
        said = reader.get(address).text
        assert '&lt;b&gt;Lemma 2&lt;/b&gt; <em>is</em> <math display="inline"><mrow><mi>O</mi>' in said, address
        assert ", 1. of all" in said, address
    set_aside = ListEntry.objects.filter(paper=shelf["Attention"])
    set_aside.update(set_aside_at=timezone.now(), set_aside_by=alice, set_aside_why="$x$")
    bobs = world.browser_of(shared.owner)
    assert "<mi>x</mi>" in bobs.get(f"/lists/{shared.key}/").text
    assert "<mi>x</mi>" in bobs.get("/activity/").text


def test_a_name_that_is_read_from_the_right_leaves_the_day_beside_it_as_it_is(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], bob: User
) -> None:
    User.objects.filter(pk=bob.pk).update(name="ليلى حداد")
    entry = f"/lists/{shared.key}/papers/{shelf['Time'].key}/"
    for address in (f"/lists/{shared.key}/", entry, shelf["Time"].get_absolute_url()):
        assert f"<bdi>ليلى حداد</bdi>, {timezone.localdate():%-d %B %Y}" in reader.get(address).text, address


def test_the_first_members_stand_on_a_list_and_a_link_leads_to_them_all(
    reader: Client, shared: ReadingList, alice: User
) -> None:
    for n in range(6):
        Membership.objects.create(
            reading_list=shared, person=world.member(f"member{n}"), role=Role.VIEWER, joined_at=timezone.now()
        )
    page = Page(reader.get(f"/lists/{shared.key}/"))
    assert "Member5" in page.one("aside").text
    assert page.link("Members").endswith("/members/")
    late = world.member("member9")
    Membership.objects.create(reading_list=shared, person=late, role=Role.VIEWER, joined_at=timezone.now())
    page = Page(reader.get(f"/lists/{shared.key}/"))
    assert "Member9" not in page.one("aside").text
    assert page.link("All 9 members").endswith("/members/")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.HAND, ["Time", "Attention", "Diffusion"]),
        (Order.ADDED, ["Diffusion", "Attention", "Time"]),
        (Order.NEWEST, ["Attention", "Time", "Diffusion"]),
        (Order.OLDEST, ["Diffusion", "Time", "Attention"]),
        (Order.DUE, ["Diffusion", "Time", "Attention"]),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 25])
def test_each_order_leads_through_all_pages_and_back(
    order: Order, expected: list[str], size: int, shared: ReadingList, shelf: dict[str, Paper], alice: User
) -> None:
    shared.entries.filter(paper=shelf["Diffusion"]).update(due_on=dt.date(2025, 1, 1))
    entries, cursor = shared.entries.shown(), ""
    seen: list[list[str]] = []
    while not seen or cursor:
        page = InOrder(entries, order).page(shared, size=size, after=cursor)
        seen.append([entry.paper.title.split()[0] for entry in page.rows])
        cursor = page.after
    assert [*chain.from_iterable(seen)] == expected
    for _ in seen[1:]:
        page = InOrder(entries, order).page(shared, size=size, before=page.before)
    assert [entry.paper.title.split()[0] for entry in page.rows] == seen[0]


def test_entries_are_numbered_through_all_pages(reader: Client, shared: ReadingList, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(page_size=2)
    first = Page(reader.get(f"/lists/{shared.key}/"))
    (onward,) = [each["href"] for each in first.all("a", rel="next")]
    folios = [
        each.text.split()[-1]
        for page in (first, Page(reader.get(onward)))
        for each in page.all("p", class_="entry-folio")
    ]
    assert folios == ["1", "2", "3"]


def test_another_order_is_a_link_and_the_lists_own_has_no_address(reader: Client, shared: ReadingList) -> None:
    assert titles(reader, f"/lists/{shared.key}/?order=oldest") == ["Diffusion", "Time", "Attention"]
    assert titles(reader, f"/lists/{shared.key}/?order=zebra") == ["Time", "Attention", "Diffusion"]
    links = [each["href"] for each in Page(reader.get(f"/lists/{shared.key}/?order=oldest&q=diffusion")).all("a")]
    assert f"/lists/{shared.key}/?q=diffusion" in links


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("q=diffusion", ["Time", "Diffusion"]),
        ("q=title:diffusion&tag=moving-pictures", ["Diffusion"]),
        ("author=Ada+Lovelace", ["Attention", "Diffusion"]),
        ("year=2025", ["Time", "Attention"]),
        ("is=read", ["Time"]),
        ("is=unread", ["Attention", "Diffusion"]),
        ("q=zebra", []),
    ],
)
def test_the_questions_of_the_library_are_asked_of_a_list(
    question: str, expected: list[str], reader: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User
) -> None:
    alice.caught_up_to = dt.date(2030, 1, 1)
    alice.save()
    Marking.objects.mark(alice, shelf["Time"], status="read")
    world.ingest_lines([world.line(1, title="Diffusion Elsewhere", authors=["Ada Lovelace"], tags=["Moving pictures"])])
    assert titles(reader, f"/lists/{shared.key}/?{question}") == expected


def test_what_was_caught_up_with_before_is_unread_on_a_list(reader: Client, shared: ReadingList, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(caught_up_to=dt.date(2030, 1, 1))
    rows = Page(reader.get(f"/lists/{shared.key}/")).all("li", class_="entry")
    assert [row["data-state"] for row in rows] == ["unread"] * 3


def test_members_see_who_has_read_what_and_nobody_else_does(
    client: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User, bob: User
) -> None:
    stranger = world.member("stan")
    ReadingList.objects.filter(pk=shared.pk).update(visibility=Visibility.SITE)
    Marking.objects.mark(bob, shelf["Time"], status="read")
    Marking.objects.mark(stranger, shelf["Attention"], status="read")
    for person, told in ((alice, ["1 of 2 has read it", "Nobody has read it yet"]), (stranger, [])):
        client.force_login(person)
        page = client.get(f"/lists/{shared.key}/")
        assert [said for said in ("1 of 2 has read it", "Nobody has read it yet") if said in page.text] == told
        assert ("readings done" in page.text) is (person == alice)


def test_who_has_the_role_of_a_team_sees_coverage_once_they_take_part(
    reader: Client, alice: User, bob: User, shelf: dict[str, Paper]
) -> None:
    team = Group.objects.create(name="Tuesday readers")
    alice.groups.add(team)
    shared = world.reading_list(bob, viewer=team)
    ListEntry.objects.add(shared, [shelf["Time"]], by=bob)
    assert "read it" not in reader.get(f"/lists/{shared.key}/").text
    Membership.objects.create(reading_list=shared, person=alice, role=0, joined_at=timezone.now())
    assert "Nobody has read it yet" in reader.get(f"/lists/{shared.key}/").text


def test_what_to_read_next_is_ones_own_then_what_is_due_then_what_stands_first(
    shared: ReadingList, shelf: dict[str, Paper], alice: User
) -> None:
    def next_title() -> str:
        entry = shared.entries.shown().next_for(alice)
        return entry.paper.title.split()[0] if entry else ""

    assert next_title() == "Time"
    shared.entries.filter(paper=shelf["Attention"]).update(due_on=dt.date(2030, 1, 1))
    assert next_title() == "Attention"
    shared.entries.filter(paper=shelf["Diffusion"]).update(claimed_by=alice)
    assert next_title() == "Diffusion"
    for word in ("Diffusion", "Attention"):
        Marking.objects.mark(alice, shelf[word], status="read")
    assert next_title() == "Time"
    shared.entries.filter(paper=shelf["Time"]).update(set_aside_at=timezone.now())
    assert next_title() == ""


def test_what_to_read_next_is_led_to_wherever_it_stands_and_whatever_is_asked(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User
) -> None:
    User.objects.filter(pk=alice.pk).update(page_size=10)
    world.library(20)
    others = Paper.objects.exclude(pk=shelf["Time"].pk)
    ListEntry.objects.add(shared, list(others), by=alice)
    shared.entries.filter(paper=shelf["Time"]).update(place=1 << 40)
    for paper in others:
        Marking.objects.mark(alice, paper, status="read")
    for address in (f"/lists/{shared.key}/", f"/lists/{shared.key}/?q=attention"):
        page = Page(reader.get(address))
        assert page.one("p", id="next").text == "Read next: Time as Diffusion"
        assert page.link("Time as Diffusion") == f"/lists/{shared.key}/papers/{shelf['Time'].key}/"


def test_what_is_set_aside_stands_last_whatever_the_order(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    shared.entries.filter(paper=shelf["Time"]).update(set_aside_at=timezone.now(), set_aside_why="Known to us.")
    for order in Order:
        assert titles(reader, f"/lists/{shared.key}/?order={order}")[-1] == "Time"
    assert "Known to us." in reader.get(f"/lists/{shared.key}/").text


def test_a_mark_by_htmx_brings_the_row_anew_as_the_list_has_it(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    paper = shelf["Time"]
    at = {"list": shared.key, "row": "on", "next": f"/lists/{shared.key}/"}
    answer = reader.post(f"/papers/{paper.key}/state/", {"status": "read", **at}, headers={"HX-Request": "true"})
    (row,) = Page(answer).all("li", class_="entry")
    assert row["data-state"] == "read"
    assert "1 of 2 has read it" in row.text
    assert Page(answer).one("p", id="next").text == "Read next: Attention Again"
    assert Page(answer).one("div", id="readings").text == "1 of 6 readings done"
    page = Page(reader.get(f"/lists/{shared.key}/"))
    (shown,) = (each for each in page.all("li", class_="entry") if each["id"] == row["id"])
    assert row.text == shown.text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_mark_on_the_page_of_a_list_that_one_sees_no_longer_is_made_and_leads_to_the_paper(
    headers: dict[str, str], client: Client, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    client.force_login(world.member("stan"))
    paper = shelf["Time"]
    for number, key in enumerate((shared.key, "2" * 12)):  # as for a list that never was
        at = {"list": key, "row": "on", "next": f"/lists/{key}/"}
        sent = {"starred": "no" if number else "yes", **at}
        answer = client.post(f"/papers/{paper.key}/state/", sent, headers=headers)
        assert answer.headers.get("HX-Redirect", answer.headers.get("Location")) == paper.get_absolute_url()
        page = Page(client.get(paper.get_absolute_url()))
        assert "It stands no longer on the list where you marked it." in page.text
        assert ReaderState.objects.get(paper=paper).starred is (number == 0)


def test_a_mark_on_a_paper_that_was_taken_off_meanwhile_is_made(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], bob: User
) -> None:
    paper = shelf["Time"]
    shared.entries.get(paper=paper).take_off(bob)
    sent = {"status": "read", "list": shared.key, "row": "on", "next": f"/lists/{shared.key}/"}
    answer = reader.post(f"/papers/{paper.key}/state/", sent)
    assert answer.headers["Location"] == paper.get_absolute_url()
    assert ReaderState.objects.get(paper=paper).status == "read"


def test_htmx_gets_the_papers_alone_and_their_address(reader: Client, shared: ReadingList) -> None:
    headers = {"HX-Request": "true", "HX-Target": "shelf"}
    answer = reader.get(f"/lists/{shared.key}/?q=diffusion", headers=headers)
    assert answer["HX-Push-Url"] == f"/lists/{shared.key}/?q=diffusion"
    assert "<h1" not in answer.text
    assert "2 of 3 papers" in answer.text


def test_a_hidden_paper_is_on_no_list_for_anybody(reader: Client, shared: ReadingList, shelf: dict[str, Paper]) -> None:
    Paper.objects.filter(pk=shelf["Time"].pk).update(hidden=True)
    assert titles(reader, f"/lists/{shared.key}/") == ["Attention", "Diffusion"]
