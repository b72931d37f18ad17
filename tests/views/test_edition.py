"""What has not changed for a reader is not sent again; what has, always is."""

from collections.abc import Callable

import pytest
from django.test import Client

from papers.models import Paper, Tag, User
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
