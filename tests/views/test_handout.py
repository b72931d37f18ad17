"""The handout: one clean sheet of a list, or of what is due until a day."""

import datetime as dt

import pytest
from django.test import Client

from papers.models import ListEntry, Paper, ReadingList, User
from tests import world
from tests.page import Page


@pytest.fixture
def shared(shelf: dict[str, Paper], alice: User, bob: User) -> ReadingList:
    shared = world.reading_list(bob, viewer=alice)
    for word in ("Time", "Attention", "Diffusion"):
        ListEntry.objects.add(shared, [shelf[word]], by=bob, reason=f"For its {word.lower()}.")
    return shared


def titles(client: Client, address: str) -> list[str]:
    return [each.text.split()[0] for each in Page(client.get(address)).all("h2")]


def test_it_has_the_papers_in_the_lists_order_without_what_is_set_aside(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    address = f"/lists/{shared.key}/handout/"
    assert titles(reader, address) == ["Time", "Attention", "Diffusion"]
    shared.entries.filter(paper=shelf["Time"]).update(set_aside_at=shared.made_at)
    assert titles(reader, address) == ["Attention", "Diffusion"]
    assert "“For its attention.” Bob" in Page(reader.get(address)).text


def test_until_a_day_it_has_what_is_due_by_then_and_who_presents_it(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper], alice: User
) -> None:
    shared.entries.filter(paper=shelf["Diffusion"]).update(due_on=dt.date(2026, 12, 3), claimed_by=alice)
    shared.entries.filter(paper=shelf["Attention"]).update(due_on=dt.date(2026, 12, 4))
    address = f"/lists/{shared.key}/handout/"
    assert titles(reader, f"{address}?until=2026-12-03") == ["Diffusion"]
    assert titles(reader, f"{address}?until=2026-12-04") == ["Diffusion", "Attention"]
    page = Page(reader.get(f"{address}?until=2026-12-04"))
    assert [each.text for each in page.all("p", class_="handout-who")] == [
        "Alice presents it, Thursday, 3 December",
        "Nobody presents it yet, Friday, 4 December",
    ]


def test_of_very_many_authors_it_has_the_first_and_how_many_more(reader: Client, shared: ReadingList) -> None:
    world.ingest_lines([world.line(1, authors=[f"Author {n}" for n in range(3_000)])])
    ListEntry.objects.add(shared, [Paper.objects.latest("pk")], by=shared.owner)
    authors = Page(reader.get(f"/lists/{shared.key}/handout/")).all("p", class_="entry-authors")[-1].text
    assert authors.endswith(", Author 10, Author 11 and 2,988 more")


def test_a_day_that_there_is_not_is_told_and_the_whole_list_shown(reader: Client, shared: ReadingList) -> None:
    page = reader.get(f"/lists/{shared.key}/handout/?until=2026-02-30")
    assert "Enter a valid date." in page.text
    assert len(Page(page).all("h2")) == 3


@pytest.mark.parametrize(("choice", "full", "shown"), [("", False, True), ("full", True, True), ("none", False, False)])
def test_abstracts_are_short_full_or_left_out(
    choice: str, full: bool, shown: bool, reader: Client, shared: ReadingList
) -> None:
    page = Page(reader.get(f"/lists/{shared.key}/handout/?abstracts={choice}"))
    abstracts = page.all("div", class_="handout-abstract")
    assert bool(abstracts) is shown
    assert all(("is-full" in each["class"]) is full for each in abstracts)
