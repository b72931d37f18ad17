"""“Worth reading”: said once by each, to the members of a list or to all, by name."""

import pytest
from django.test import Client

from papers.exchange.rulings import merge
from papers.models import ListEntry, Paper, ReadingList, Recommendation, User, Visibility
from tests import world
from tests.page import Page


@pytest.fixture
def shared(shelf: dict[str, Paper], alice: User, bob: User) -> ReadingList:
    """Bob's list, which Alice reads."""
    shared = world.reading_list(bob, viewer=alice)
    ListEntry.objects.add(shared, [shelf["Time"]], by=bob)
    return shared


def voices(client: Client, address: str) -> str:
    return Page(client.get(address)).one("div", id="worth").text


def test_in_a_list_it_is_said_to_its_members_and_nowhere_else(
    reader: Client, bob: User, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    address = f"/lists/{shared.key}/papers/{shelf['Time'].key}/"
    Recommendation.objects.say(shelf["Time"], bob, shared)
    for _ in "twice":
        reader.post(f"{address}recommendation/", {"next": address})
    assert Recommendation.objects.count() == 2
    assert voices(reader, address).startswith("Found worth reading by Bob and you")
    assert "Bob" not in voices(reader, f"/papers/{shelf['Time'].key}/")
    ReadingList.objects.update(visibility=Visibility.SITE)
    reader.force_login(world.member("stan"))
    assert "worth reading" not in reader.get(address).text


def test_it_is_said_and_taken_back_on_a_page_of_what_was_merged_meanwhile(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    paper = shelf["Time"]
    kept = Paper.objects.exclude(pk=paper.pk).earliest("pk")
    assert kept.pk < paper.pk
    merge([kept, paper], by=None)
    for address in (f"/papers/{paper.key}/", f"/lists/{shared.key}/papers/{paper.key}/"):
        assert reader.post(f"{address}recommendation/").status_code == 302
    assert {each.paper for each in Recommendation.objects.all()} == {kept}
    for address in (f"/papers/{paper.key}/", f"/lists/{shared.key}/papers/{paper.key}/"):
        assert reader.post(f"{address}recommendation/removal/").status_code == 302
    assert not Recommendation.objects.exists()


def test_on_a_papers_page_it_is_said_to_all_and_the_button_says_so(
    reader: Client, alice: User, bob: User, shelf: dict[str, Paper]
) -> None:
    address = f"/papers/{shelf['Time'].key}/"
    assert voices(reader, address) == "Tell everybody here that it is worth reading"
    before = reader.get(address)["ETag"]
    Recommendation.objects.say(shelf["Time"], bob)
    assert reader.get(address, headers={"If-None-Match": before}).status_code == 200
    assert voices(reader, address).startswith("Found worth reading by Bob")


def test_it_is_taken_back_from_the_toast(reader: Client, shelf: dict[str, Paper], shared: ReadingList) -> None:
    for address in (f"/papers/{shelf['Time'].key}/", f"/lists/{shared.key}/papers/{shelf['Time'].key}/"):
        told = Page(reader.post(f"{address}recommendation/", {"next": address}, follow=True))
        (undo,) = [
            each["action"] for each in told.all("form") if each["action"].endswith("removal/") and "Undo" in each.text
        ]
        reader.post(undo)
        assert not Recommendation.objects.exists()


def test_a_paper_that_is_not_on_the_list_is_not_recommended_there(
    reader: Client, shared: ReadingList, shelf: dict[str, Paper]
) -> None:
    assert reader.post(f"/lists/{shared.key}/papers/{shelf['Diffusion'].key}/recommendation/").status_code == 404
