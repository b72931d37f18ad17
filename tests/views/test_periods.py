"""Weeks and months: the papers of all their digests, each once, with who named it."""

import pytest
from django.test import Client

from tests import world
from tests.page import Page


@pytest.fixture
def library(db: None) -> None:
    """Paper 1 is named on Friday, 28 February, paper 2 on Monday, 3 March, and again, with paper 3, a week later."""
    for number, source, day in ((1, "Daily", "2025-02-28"), (2, "Daily", "2025-03-03"), (2, "Weekly", "2025-03-09")):
        world.ingest_lines([world.line(number, source=source, digest_date=day, published=None)])
    world.ingest_lines([world.line(3, source="Weekly", digest_date="2025-03-09")])


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response)


def titles(page: Page) -> list[str]:
    return [title.text[-1] for title in page.all("h2", class_="entry-title")]


@pytest.mark.parametrize(
    ("address", "heading", "numbers"),
    [
        ("/digests/2025/03/", "March 2025", ["3", "2"]),
        ("/digests/2025/02/", "February 2025", ["1"]),
        ("/digests/2025/w09/", "Week 9 of 2025", ["1"]),
        ("/digests/2025/w10/", "Week 10 of 2025", ["3", "2"]),
        ("/digests/2025/w1/", "Week 1 of 2025", []),
        ("/digests/2026/01/", "January 2026", []),
    ],
)
def test_a_time_joins_its_digests(
    address: str, heading: str, numbers: list[str], client: Client, library: None
) -> None:
    shown = page(client, address)
    assert shown.one("h1").text == heading
    assert titles(shown) == numbers
    assert ("No digest came in this time." in shown.text) is (numbers == [])


def test_each_paper_says_who_named_it(client: Client, library: None) -> None:
    rows = page(client, "/digests/2025/03/").all("li", class_="entry")
    assert "Weekly" in rows[0].text
    assert "2 digests" in rows[1].text


def test_its_neighbours_are_the_nearest_with_digests(client: Client, library: None) -> None:
    march = page(client, "/digests/2025/03/")
    assert march.one("a", rel="prev")["href"] == "/digests/2025/02/"
    assert not march.all("a", rel="next")
    assert page(client, "/digests/2025/w09/").one("a", rel="next")["href"] == "/digests/2025/w10/"
    assert page(client, "/digests/2024/12/").one("a", rel="next")["href"] == "/digests/2025/02/"


def test_its_papers_can_be_narrowed_further(client: Client, library: None) -> None:
    narrow = next(link for link in page(client, "/digests/2025/w10/").all("a") if link.text == "Narrow these papers")
    assert narrow["href"] == "/papers/?q=in%3A2025-w10"
    assert titles(page(client, narrow["href"])) == ["3", "2"]


@pytest.mark.parametrize(
    "address", ["/digests/2025/13/", "/digests/2025/w54/", "/digests/2025/w00/", "/digests/0001/01/"]
)
def test_there_is_no_such_time(address: str, client: Client, library: None) -> None:
    assert client.get(address).status_code == 404


def test_a_digest_leads_to_its_week_and_month(client: Client, library: None) -> None:
    links = {link["href"] for link in page(client, "/digests/2025/03/09/").all("a")}
    assert {"/digests/2025/03/", "/digests/2025/w10/"} <= links
    assert "/digests/2025/02/" in {link["href"] for link in page(client, "/digests/").all("a")}
