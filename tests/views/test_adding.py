"""What somebody pastes on a list's page comes onto the list; what is not known is told."""

import pytest
from django.test import Client

from papers.models import ListEntry, Paper, ReadingList, User
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]


@pytest.fixture
def shared(shelf: Shelf, alice: User, bob: User) -> ReadingList:
    """Bob's list, to which Alice adds."""
    return world.reading_list(bob, contributor=alice)


def on(shared: ReadingList) -> list[str]:
    return [entry.paper.title.split()[0] for entry in shared.entries.shown().in_order("hand")]


def paste(client: Client, shared: ReadingList, text: str, **sent: str) -> Page:
    address = f"/lists/{shared.key}/papers/"
    return Page(client.post(address, {"text": text, **sent}, follow=True))


def test_ids_and_links_are_looked_up(reader: Client, shared: ReadingList, alice: User) -> None:
    page = paste(reader, shared, "https://arxiv.org/abs/2405.00001", reason="For its graphs.")
    assert page.rows == ["Diffusion on Graphs"]
    assert "Put “Diffusion on Graphs” on “Thursday readers”." in page.text
    entry = shared.entries.get()
    assert (entry.suggested_by, entry.reason) == (alice, "For its graphs.")


def test_what_is_not_known_is_told_and_the_rest_is_put_there(reader: Client, shared: ReadingList) -> None:
    page = paste(reader, shared, "10.1000/graphs 2503.99999 10.1000/nowhere")
    assert on(shared) == ["Diffusion"]
    assert [each.text for each in page.all("code")] == ["2503.99999", "10.1000/nowhere"]
    assert "1 paper is on the list." in page.text


def test_what_the_library_does_not_have_is_taken_in(reader: Client, shared: ReadingList) -> None:
    page = paste(reader, shared, "@article{a, title={A New Thing}, author={Ada Lovelace}, year={2024}}")
    assert page.rows == ["A New Thing"]
    assert on(shared) == ["A"]


@pytest.mark.parametrize("text", ["", "   ", "Nothing of the kind."])
def test_what_holds_no_paper_stays_in_the_box_and_it_is_said_why(
    text: str, reader: Client, shared: ReadingList
) -> None:
    page = paste(reader, shared, text)
    assert page.one("textarea").text == text.strip()
    assert on(shared) == []


def test_a_reason_that_is_too_long_loses_nothing(reader: Client, shared: ReadingList) -> None:
    page = paste(reader, shared, "2405.00001", reason="x" * 1_001)
    assert "Say it in 1,000 characters." in page.text
    assert page.one("textarea").text == "2405.00001"
    assert on(shared) == []


def test_a_list_that_went_to_the_archive_takes_nothing_and_the_library_neither(
    reader: Client, shared: ReadingList
) -> None:
    shared.archive()
    page = paste(reader, shared, "@article{a, title={A New Thing}, author={Ada Lovelace}, year={2024}}")
    assert "This list is in the archive" in page.text
    assert not Paper.objects.filter(title="A New Thing").exists()


def test_what_is_there_already_keeps_who_suggested_it(
    reader: Client, shared: ReadingList, shelf: Shelf, bob: User
) -> None:
    ListEntry.objects.add(shared, [shelf["Diffusion"]], by=bob, reason="First.")
    page = paste(reader, shared, "2405.00001", reason="Second.")
    assert "“Diffusion on Graphs” is on “Thursday readers” already." in page.text
    assert shared.entries.get().reason == "First."


def test_an_empty_list_says_how_to_fill_it(reader: Client, shared: ReadingList) -> None:
    page = Page(reader.get(f"/lists/{shared.key}/"))
    assert page.link("Add the first papers") == page.link("Add papers") == f"/lists/{shared.key}/papers/"
