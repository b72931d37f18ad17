"""What is done with the entries of a list: by whom, how it is told and taken back, and what a stale tab hears."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from papers.exchange.leaving import leave
from papers.models import ListEntry, Membership, Order, Paper, ReadingList, User
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]
HTMX = {"HX-Request": "true", "HX-Target": "shelf"}


@pytest.fixture
def shared(shelf: Shelf, alice: User, bob: User) -> ReadingList:
    """Bob's list, on which Alice edits and Carl suggests, with Time and Attention of Bob's, and Diffusion of Carl's."""
    shared = world.reading_list(bob, editor=alice, contributor=world.member("carl"))
    ListEntry.objects.add(shared, [shelf["Time"], shelf["Attention"]], by=bob, reason="Because.")
    ListEntry.objects.add(shared, [shelf["Diffusion"]], by=User.objects.get(username="carl"))
    return shared


@pytest.fixture
def carl(shared: ReadingList) -> Client:
    """The browser of somebody who suggests."""
    return world.browser_of(User.objects.get(username="carl"))


def do(client: Client, shared: ReadingList, paper: Paper, what: str, **sent: Any) -> Any:
    """What htmx gets for an act in the list's page."""
    form = {"next": f"/lists/{shared.key}/", **sent}
    return client.post(f"/lists/{shared.key}/papers/{paper.key}/{what}/", form, headers=HTMX)


def said(response: Any) -> str:
    return Page(response).one("div", id="toast").text.removesuffix(" Close").removesuffix(" Undo")


def undo(client: Client, shared: ReadingList, response: Any, headers: Any = HTMX) -> Any:
    page = Page(response)
    (address,) = {
        form["action"]
        for form in page.all("form")
        if form.attributes.get("action", "").endswith(("restoration/", "papers/removal/"))
    }
    (sealed,) = {each["value"] for each in page.all("input", name="undo")}
    return client.post(address, {"undo": sealed, "next": f"/lists/{shared.key}/"}, headers=headers)


def titles(response: Any) -> list[str]:
    return [title.split()[0] for title in Page(response).rows]


def values(shared: ReadingList) -> list[Any]:
    return list(shared.entries.order_by("pk").values())


ACTS = [
    ("Time", "removal", {}, "Took “Time as Diffusion” off “Thursday readers”."),
    ("Time", "place", {"to": "down"}, "“Time as Diffusion” moved to number 2."),
    ("Time", "claim", {"claim": "yes"}, "You have claimed “Time as Diffusion”."),
    (
        "Time",
        "claim",
        {"person": "", "due_on": "2030-03-01"},
        "Nobody in particular reads “Time as Diffusion” until 1 March 2030.",
    ),
    ("Time", "aside", {"why": "Known to us."}, "Set “Time as Diffusion” aside for all."),
    ("Time", "reason", {"reason": " For  its\nclocks. "}, "Saved why “Time as Diffusion” is on the list."),
]


@pytest.mark.parametrize(("word", "what", "sent", "expected"), ACTS)
def test_an_act_is_told_and_its_undo_gives_back_all_that_it_changed(
    word: str, what: str, sent: dict[str, str], expected: str, reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    before = values(shared)
    answer = do(reader, shared, shelf[word], what, **sent)
    assert said(answer) == expected
    assert values(shared) != before
    assert said(undo(reader, shared, answer)) == "Taken back."
    assert values(shared) == before


@pytest.mark.parametrize(("word", "what", "sent", "expected"), ACTS)
def test_without_htmx_the_page_where_it_stood_tells_it(
    word: str, what: str, sent: dict[str, str], expected: str, reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    address = f"/lists/{shared.key}/?order=newest"
    response = reader.post(f"/lists/{shared.key}/papers/{shelf[word].key}/{what}/", {**sent, "next": address})
    assert response["Location"] == f"{address}#row-{shelf[word].key}"
    page = reader.get(address)
    assert said(page) == expected
    assert undo(reader, shared, page, headers={})["Location"].startswith(f"/lists/{shared.key}/")
    assert said(reader.get(address)) == "Taken back."


@pytest.mark.parametrize(("word", "what", "sent", "expected"), ACTS)
def test_an_undo_that_comes_too_late_leaves_what_others_did(
    word: str, what: str, sent: dict[str, str], expected: str, reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    answer = do(reader, shared, shelf[word], what, **sent)
    entry = shared.entries.get(paper=shelf[word])
    later = timezone.now()
    ListEntry.objects.filter(pk=entry.pk).update(
        place=7, claimed_at=later, removed_at=later, due_on=dt.date(2031, 1, 1), set_aside_at=later, reason="Other."
    )
    before = values(shared)
    assert said(undo(reader, shared, answer)).startswith("Not taken back: somebody changed “Time as Diffusion” since")
    assert values(shared) == before


def test_nobody_takes_back_what_somebody_else_did_or_what_they_may_no_more(
    client: Client, reader: Client, shared: ReadingList, shelf: Shelf, alice: User, bob: User, carl: Client
) -> None:
    answer = do(reader, shared, shelf["Time"], "aside", why="No.")
    before = values(shared)
    assert undo(world.browser_of(bob), shared, answer).status_code == 403
    assert undo(carl, shared, answer).status_code == 403
    Membership.objects.filter(person=alice).update(role=2)
    assert undo(reader, shared, answer).status_code == 403
    sealed = Page(answer).all("input", name="undo")[0]["value"]
    for forged in (sealed[:-1], "", "zebra"):
        assert "Taken back" not in said(do(reader, shared, shelf["Time"], "restoration", undo=forged))
    assert values(shared) == before


# Who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "sent"), [("removal", {}), ("claim", {"claim": "yes"}), ("reason", {"reason": "So."})]
)
def test_who_suggests_does_it_with_their_own_and_no_others(
    what: str, sent: dict[str, str], carl: Client, shared: ReadingList, shelf: Shelf
) -> None:
    before = values(shared)
    assert do(carl, shared, shelf["Time"], what, **sent).status_code == 403
    assert values(shared) == before
    answer = do(carl, shared, shelf["Diffusion"], what, **sent)
    assert answer.status_code == 200
    assert said(undo(carl, shared, answer)) == "Taken back."
    assert values(shared) == before


@pytest.mark.parametrize(
    ("what", "sent"),
    [("place", {"to": "top"}), ("aside", {"why": ""}), ("aside", {"back": "on"}), ("claim", {"due_on": "2030-01-01"})],
)
def test_only_editors_order_assign_and_set_aside(
    what: str, sent: dict[str, str], carl: Client, shared: ReadingList, shelf: Shelf
) -> None:
    before = values(shared)
    assert do(carl, shared, shelf["Diffusion"], what, **sent).status_code == 403
    assert values(shared) == before


def test_a_row_offers_what_its_reader_may_do_and_nothing_else(
    client: Client, reader: Client, carl: Client, shared: ReadingList, shelf: Shelf, bob: User
) -> None:
    def offered(client: Client) -> list[int]:
        page = Page(client.get(f"/lists/{shared.key}/"))
        return [
            sum(each.text == name for tag in ("button", "a") for each in page.all(tag))
            for name in ("Claim", "Take off", "More…")
        ] + [len(page.all("form", class_="grip"))]

    stan = world.member("stan")
    Membership.objects.create(reading_list=shared, person=stan, joined_at=timezone.now())
    viewer = Client()
    viewer.force_login(stan)
    assert [offered(each) for each in (reader, carl, viewer)] == [[3, 3, 3, 3], [1, 1, 1, 0], [0, 0, 0, 0]]
    shared.archive()
    assert offered(reader) == [0, 0, 0, 0]


def test_only_who_takes_part_can_be_given_a_paper(reader: Client, shared: ReadingList, shelf: Shelf, bob: User) -> None:
    stranger = world.member("stan")
    answer = do(reader, shared, shelf["Time"], "claim", person=str(stranger.pk))
    assert said(answer) == "They are not on the list any more. Choose somebody else."
    answer = do(reader, shared, shelf["Time"], "claim", person=str(bob.pk), due_on="2030-03-01")
    entry = shared.entries.get(paper=shelf["Time"])
    assert (entry.claimed_by, entry.assigned_by, entry.due_on) == (
        bob,
        shared.members().get(username="alice"),
        dt.date(2030, 3, 1),
    )
    assert said(answer) == "Bob reads “Time as Diffusion” until 1 March 2030."


def test_who_was_given_a_paper_can_give_it_up(carl: Client, reader: Client, shared: ReadingList, shelf: Shelf) -> None:
    mine = User.objects.get(username="carl")
    do(reader, shared, shelf["Time"], "claim", person=str(mine.pk))
    assert said(do(carl, shared, shelf["Time"], "claim", claim="no")) == "Nobody has claimed “Time as Diffusion” now."
    assert shared.entries.get(paper=shelf["Time"]).claimed_by is None


def test_whoever_releases_a_paper_that_they_have_no_longer_is_told_who_has_it(
    carl: Client, shared: ReadingList, shelf: Shelf, alice: User
) -> None:
    entry = shared.entries.get(paper=shelf["Time"])
    told = said(do(carl, shared, shelf["Time"], "claim", claim="no"))
    assert told == "Nobody has claimed “Time as Diffusion” any more."
    entry.assign(alice, alice, None)
    told = said(do(carl, shared, shelf["Time"], "claim", claim="no"))
    assert told == "“Time as Diffusion” is Alice’s to read now. Only they, and editors, release it."
    entry.refresh_from_db()
    assert entry.claimed_by == alice


@pytest.mark.parametrize("leaves", [leave, lambda carl: Membership.objects.get(person=carl).take_off()])
def test_undo_gives_a_paper_back_to_nobody_who_has_left(
    leaves: Callable[[User], object], reader: Client, shared: ReadingList, shelf: Shelf, alice: User
) -> None:
    carl = User.objects.get(username="carl")
    entry = shared.entries.get(paper=shelf["Time"])
    entry.assign(carl, alice, None)
    answer = do(reader, shared, shelf["Time"], "claim", claim="no")
    leaves(carl)
    assert "who had claimed it has left. It stays as it is." in said(undo(reader, shared, answer))
    entry.refresh_from_db()
    assert entry.claimed_by is None


def test_undo_works_when_whoever_did_what_was_undone_has_left(
    reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    carl = User.objects.get(username="carl")
    entry = shared.entries.get(paper=shelf["Time"])
    entry.set_aside(carl, "Not for us.")
    answer = do(reader, shared, shelf["Time"], "aside", back="on")
    leave(carl)
    assert said(undo(reader, shared, answer)) == "Taken back."
    entry.refresh_from_db()
    assert (entry.set_aside_by, entry.set_aside_why) == (None, "Not for us.")


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "yesterday", "a\0b"])
def test_what_was_put_there_at_no_time_is_not_taken_off(moment: str, reader: Client, shared: ReadingList) -> None:
    assert reader.post(f"/lists/{shared.key}/papers/removal/", {"undo": moment}).status_code == 302
    assert shared.entries.present().count() == 3


# Where it stands ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"to": "up"}, ["Time", "Diffusion", "Attention"]),
        ({"to": "top"}, ["Diffusion", "Time", "Attention"]),
        ({"to": "end"}, ["Time", "Attention", "Diffusion"]),
        ({"before": "Time"}, ["Diffusion", "Time", "Attention"]),
        ({"after": "Time"}, ["Time", "Diffusion", "Attention"]),
    ],
)
def test_an_entry_is_put_elsewhere_and_the_page_shows_it_there(
    sent: dict[str, str], expected: list[str], reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    sent = {name: shelf[value].key if value in shelf else value for name, value in sent.items()}
    answer = do(reader, shared, shelf["Diffusion"], "place", **sent)
    assert titles(answer) == titles(reader.get(f"/lists/{shared.key}/")) == expected
    assert f"number {expected.index('Diffusion') + 1}." in said(answer)
    assert "HX-Push-Url" not in answer


def test_of_two_who_move_at_once_both_are_heard(reader: Client, shared: ReadingList, shelf: Shelf) -> None:
    do(reader, shared, shelf["Diffusion"], "place", before=shelf["Attention"].key)
    do(reader, shared, shelf["Time"], "place", after=shelf["Attention"].key)
    assert titles(reader.get(f"/lists/{shared.key}/")) == ["Diffusion", "Attention", "Time"]


def test_an_order_by_rule_is_nobodys_to_change(reader: Client, shared: ReadingList, shelf: Shelf) -> None:
    shared.order = Order.NEWEST
    shared.save()
    assert "order by rule" in said(do(reader, shared, shelf["Time"], "place", to="up"))
    assert not Page(reader.get(f"/lists/{shared.key}/?order=hand")).all("form", class_="grip")


@pytest.mark.parametrize("asked", ["order=newest", "q=diffusion"])
def test_where_a_page_shows_another_order_or_a_part_nothing_is_moved_there(
    asked: str, reader: Client, shared: ReadingList
) -> None:
    assert not Page(reader.get(f"/lists/{shared.key}/?{asked}")).all("form", class_="grip")


def test_a_mark_leaves_the_row_its_number_and_its_grip(reader: Client, shared: ReadingList, shelf: Shelf) -> None:
    at = {"list": shared.key, "row": "on", "next": f"/lists/{shared.key}/"}
    answer = reader.post(f"/papers/{shelf['Attention'].key}/state/", {"status": "read", **at}, headers=HTMX)
    (folio,) = Page(answer).all("p", class_="entry-folio")
    assert folio.text.endswith("number 2")
    assert len(Page(answer).all("form", class_="grip")) == 1


# What a stale tab hears -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "what", "sent", "_"), ACTS)
def test_what_somebody_took_off_meanwhile_is_told(
    word: str, what: str, sent: dict[str, str], _: str, reader: Client, shared: ReadingList, shelf: Shelf, bob: User
) -> None:
    shared.entries.get(paper=shelf[word]).take_off(bob)
    answer = do(reader, shared, shelf[word], what, **sent)
    assert said(answer) == "“Time as Diffusion” was taken off this list by Bob meanwhile. Put it on again"
    again = f"/papers/{shelf[word].key}/lists/?next=/lists/{shared.key}/"
    assert Page(answer).link("Put it on again") == again
    assert titles(answer) == ["Attention", "Diffusion"]


@pytest.mark.parametrize(("word", "what", "sent", "_"), ACTS)
def test_what_went_to_the_archive_meanwhile_stays_as_it_is(
    word: str, what: str, sent: dict[str, str], _: str, reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    shared.archive()
    before = values(shared)
    assert said(do(reader, shared, shelf[word], what, **sent)).startswith("This list is in the archive")
    assert values(shared) == before


@pytest.mark.parametrize(("word", "what", "sent", "_"), ACTS)
def test_who_lost_their_role_or_the_list_hears_it_and_changes_nothing(
    word: str, what: str, sent: dict[str, str], _: str, reader: Client, shared: ReadingList, shelf: Shelf, alice: User
) -> None:
    before = values(shared)
    Membership.objects.filter(person=alice).update(role=1)
    assert do(reader, shared, shelf[word], what, **sent).status_code == 403
    Membership.objects.filter(person=alice).delete()
    assert do(reader, shared, shelf[word], what, **sent).status_code == 404
    assert values(shared) == before


def test_what_somebody_else_claimed_meanwhile_stays_theirs(
    reader: Client, shared: ReadingList, shelf: Shelf, bob: User
) -> None:
    shared.entries.get(paper=shelf["Time"]).claim(bob)
    answer = do(reader, shared, shelf["Time"], "claim", claim="yes")
    assert said(answer) == "Bob has claimed “Time as Diffusion” meanwhile. Ask them, if you would read it."
    assert shared.entries.get(paper=shelf["Time"]).claimed_by == bob


def test_beside_what_is_on_another_list_nothing_is_put(
    reader: Client, shared: ReadingList, shelf: Shelf, bob: User
) -> None:
    world.library(1)
    other = Paper.objects.latest("pk")
    ListEntry.objects.add(world.reading_list(bob, "Elsewhere"), [other], by=bob)
    assert "on this list no more" in said(do(reader, shared, shelf["Time"], "place", before=other.key))
    assert do(reader, shared, other, "removal").status_code == 404


def test_a_paper_that_was_merged_meanwhile_is_known_by_its_key_of_then(
    reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    shelf["Time"].former_keys.create(key="2" * 12)
    answer = reader.post(f"/lists/{shared.key}/papers/{'2' * 12}/claim/", {"claim": "yes"}, headers=HTMX)
    assert said(answer) == "You have claimed “Time as Diffusion”."
    answer = reader.get(f"/lists/{shared.key}/papers/{'2' * 12}/")
    assert answer.headers["Location"] == f"/lists/{shared.key}/papers/{shelf['Time'].key}/"


# The page of what can be done -----------------------------------------------------------------------------------


def test_all_that_can_be_done_stands_on_a_page_as_in_the_dialog(
    reader: Client, carl: Client, shared: ReadingList, shelf: Shelf
) -> None:
    address = f"/lists/{shared.key}/papers/{shelf['Diffusion'].key}/care/"
    for client, buttons in (
        (reader, ["To the top", "To the end", "Save who reads it", "Save why it is here", "Set it aside for all"]),
        (carl, ["Save why it is here"]),
    ):
        whole = Page(client.get(address))
        part = Page(client.get(address, headers={"HX-Request": "true", "HX-Target": "keys"}))
        offered = {each.text for each in part.all("button")} - {"Close"}
        assert offered == set(buttons)
        assert offered < {each.text for each in whole.all("button")}
    assert carl.get(f"/lists/{shared.key}/papers/{shelf['Time'].key}/care/").status_code == 403


def test_what_is_set_aside_stands_last_and_comes_back_where_it_was(
    reader: Client, shared: ReadingList, shelf: Shelf
) -> None:
    answer = do(reader, shared, shelf["Time"], "aside", why="Known to us.")
    assert titles(answer) == ["Attention", "Diffusion", "Time"]
    assert "Set aside by Alice: Known to us." in Page(answer).text
    answer = do(reader, shared, shelf["Time"], "aside", back="on")
    assert titles(answer) == ["Time", "Attention", "Diffusion"]
