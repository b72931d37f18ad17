"""What has not changed for a reader is not sent again; what has, always is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db.models import F
from django.test import Client

from papers.access import Role
from papers.exchange.leaving import leave
from papers.models import ListEntry, Paper, ReadingList, Tag, User, Visibility
from tests import world

ADDRESSES = [
    "/",
    "/digests/",
    "/digests/2025/03/01/",
    "/digests/2025/w09/",
    "/papers/",
    "/papers/?q=problem&tag=problems",
    "/tags/",
]


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.library(3)


def is_sent_again(client: Client, address: str, etag: str, **headers: str) -> bool:
    response = client.get(address, headers={"If-None-Match": etag, **headers})
    assert response.status_code in (200, 304)
    return response.status_code == 200


@pytest.mark.parametrize("address", [*ADDRESSES, "paper"])
def test_a_page_that_is_as_it_was_is_not_sent_again(reader: Client, address: str) -> None:
    if address == "paper":
        address = Paper.objects.all()[0].get_absolute_url()
    reader.get("/")  # as the first page brings the cookie that its forms go by
    first = reader.get(address)
    assert first["Cache-Control"] == "private, no-cache"
    assert not is_sent_again(reader, address, first["ETag"])


def mark(client: Client) -> None:
    client.post(f"{Paper.objects.all()[0].get_absolute_url()}state/", {"starred": "yes"})


def ingest_more(client: Client) -> None:
    world.ingest_lines([world.line(7)])


def choose_a_theme(client: Client) -> None:
    client.post("/theme/", {"theme": "dark"})


def describe_a_tag(client: Client) -> None:
    desk = Client()
    desk.force_login(world.superuser())
    tag = Tag.objects.all()[0]
    desk.post(f"/admin/papers/tag/{tag.pk}/change/", {"name": tag.name, "description": "What is hard."})
    assert Tag.objects.get(pk=tag.pk).description


def catch_up(client: Client) -> None:
    User.objects.update(caught_up_to="2025-03-20")


def sign_in_again(client: Client) -> None:
    alice = User.objects.get(username="alice")
    client.logout()
    client.get("/")
    client.force_login(alice)
    client.cookies["csrftoken"] = "n" * 32


@pytest.mark.parametrize("change", [mark, ingest_more, choose_a_theme, describe_a_tag, catch_up, sign_in_again])
def test_a_page_that_has_changed_is_sent_again(reader: Client, change: Callable[[Client], None]) -> None:
    etags = {address: reader.get(address)["ETag"] for address in ["/", *ADDRESSES]}
    change(reader)
    assert all(is_sent_again(reader, address, etag) for address, etag in etags.items())


OF_LISTS = [*ADDRESSES[:2], "/papers/", "/papers/?q=problem&tag=problems", "paper"]


def shared_list() -> ReadingList:
    return ReadingList.objects.get(name="Shared")


def is_taken_off(client: Client) -> None:
    shared_list().memberships.of_people().delete()


def leaves_the_team(client: Client) -> None:
    User.objects.get(username="alice").groups.clear()


def is_offered_no_more_than_a_view(client: Client) -> None:
    shared_list().memberships.update(role=Role.VIEWER)


def gets_another_list(client: Client) -> None:
    world.reading_list(User.objects.get(username="bob"), "Another", viewer=User.objects.get(username="alice"))


def is_renamed(client: Client) -> None:
    ReadingList.objects.filter(name="Shared").update(name="Renamed", edition=F("edition") + 1)


def gets_a_paper(client: Client) -> None:
    ListEntry.objects.add(shared_list(), [Paper.objects.all()[0]], by=User.objects.get(username="bob"))


def goes_to_the_archive(client: Client) -> None:
    shared_list().archive()


def is_opened_to_all(client: Client) -> None:
    world.reading_list(User.objects.get(username="bob"), "Open")
    ReadingList.objects.filter(name="Open").update(visibility=Visibility.SITE)


def has_a_member_of_another_name(client: Client) -> None:
    bob = User.objects.get(username="bob")
    bob.name = "Robert"
    bob.save(update_fields=["name"])


def has_lost_a_member(client: Client) -> None:
    leave(world.member("carl"))


CHANGES: list[Callable[[Client], None]] = [
    *(is_taken_off, leaves_the_team, is_offered_no_more_than_a_view, gets_another_list, is_renamed, gets_a_paper),
    *(goes_to_the_archive, is_opened_to_all, has_a_member_of_another_name, has_lost_a_member),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_is_sent_again_when_what_its_reader_sees_of_lists_has_changed(
    change: Callable[[Client], None], reader: Client, alice: User, bob: User
) -> None:
    team = Group.objects.create(name="Tuesday")
    alice.groups.add(team)
    world.reading_list(bob, "Shared", editor=team if change is leaves_the_team else alice)
    addresses = [Paper.objects.all()[0].get_absolute_url() if each == "paper" else each for each in OF_LISTS]
    reader.get("/")
    etags = {address: reader.get(address)["ETag"] for address in addresses}
    assert not any(is_sent_again(reader, address, etag) for address, etag in etags.items())
    change(reader)
    assert all(is_sent_again(reader, address, etag) for address, etag in etags.items())


def test_a_page_stays_as_it_was_when_lists_change_that_its_reader_does_not_see(
    reader: Client, alice: User, bob: User
) -> None:
    private, offered = world.reading_list(bob, "Private"), world.reading_list(bob, "Offered", pending=alice)
    reader.get("/")
    etag = reader.get("/papers/")["ETag"]
    for shared in (private, offered):
        ListEntry.objects.add(shared, list(Paper.objects.all()), by=bob)
    assert not is_sent_again(reader, "/papers/", etag)


def test_a_page_is_another_for_another_reader(reader: Client, client: Client, bob: User) -> None:
    etag = reader.get("/papers/")["ETag"]
    assert is_sent_again(client, "/papers/", etag)
    client.force_login(bob)
    assert is_sent_again(client, "/papers/", etag)


def test_a_region_is_no_page(reader: Client) -> None:
    etag = reader.get("/papers/")["ETag"]
    assert is_sent_again(reader, "/papers/", etag, **{"HX-Request": "true", "HX-Target": "results"})


def test_what_is_rendered_once_an_edition_is_rendered_anew_in_the_next(reader: Client) -> None:
    line = {**world.line(1), "tags": ["problems"], "source": "Daily list"}
    world.ingest_lines([line])
    assert "zebras" not in reader.get("/papers/").text
    world.ingest_lines([{**line, "tags": ["zebras"], "digest_date": "2025-03-09"}])
    assert "zebras" in reader.get("/papers/").text
