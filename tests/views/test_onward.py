"""Next unread: from anywhere to the next paper that is left, in the digest where it stands."""

import datetime as dt

import pytest
from django.test import Client

from papers.models import Digest, Paper, ReaderState, User
from tests import world
from tests.page import Page


@pytest.fixture(autouse=True)
def _digests(alice: User) -> None:
    """Three days of thirty papers each: 1 to 30 on the ninth of March, and so on. Alice has read most of them."""
    for day in range(3):
        first = 30 * day + 1
        world.ingest_lines(world.line(n, digest_date=f"2025-03-{9 + day:02}") for n in range(first, first + 30))
    leave(alice, 3, 20, 28, 62, 64, 90)


def leave(reader: User, *numbers: int) -> None:
    """Only these papers are left."""
    ReaderState.objects.all().delete()
    read = Paper.objects.exclude(pk__in=[paper(n).pk for n in numbers])
    ReaderState.objects.bulk_create(ReaderState(reader=reader, paper=each, status="read") for each in read)


def paper(number: int) -> Paper:
    return Paper.objects.get(title__endswith=f" {number:06}")


def onward(client: Client, question: str = "") -> int:
    """The number of the paper that one is led to."""
    response = client.get(f"/next/?{question}")
    assert response.status_code == 302, response.content
    address, row = response["Location"].split("#row-")
    page = Page(client.get(address))
    assert f"row-{row}" in [each.attributes.get("id") for each in page.elements], "it stands on that page"
    return int(Paper.objects.get(key=row).title[-6:])


def at(number: int) -> str:
    digest = Digest.objects.get(entries__paper=paper(number))
    return f"digest={digest.pk}&from={paper(number).key}"


def link(page: Page) -> str:
    return page.one("a", data_key="n")["href"].partition("?")[2]


def test_it_leads_to_the_first_that_is_left_of_the_newest_digest(reader: Client) -> None:
    assert onward(reader) == 62


def test_from_a_paper_it_leads_on_in_the_digest_s_order_and_then_to_older_digests(reader: Client) -> None:
    assert [onward(reader, at(n)) for n in (61, 62, 64, 90, 45, 3, 20)] == [62, 64, 90, 3, 3, 20, 28]


def test_behind_the_oldest_it_leads_to_what_was_passed_by(reader: Client) -> None:
    assert onward(reader, at(28)) == 62


def test_from_a_paper_s_own_page_it_goes_by_the_newest_digest_that_named_it(reader: Client) -> None:
    world.ingest_lines([world.line(3, digest_date="2025-03-10")])
    assert link(Page(reader.get(paper(62).get_absolute_url()))) == f"from={paper(62).key}"
    assert onward(reader, f"from={paper(62).key}") == 64
    assert onward(reader, f"from={paper(45).key}") == 3, "which stands in the digest of that day, too"


def test_one_link_walks_through_all_that_is_left(reader: Client) -> None:
    walked, address = [], "/"
    for _ in range(7):
        response = reader.get(f"/next/?{link(Page(reader.get(address)))}")
        address, row = response["Location"].split("#row-")
        walked.append(int(Paper.objects.get(key=row).title[-6:]))
    assert walked == [62, 64, 90, 3, 20, 28, 62]


def test_on_a_later_page_it_begins_with_that_page(reader: Client) -> None:
    front = Page(reader.get("/"))
    later = Page(reader.get("/" + front.one("a", rel="next")["href"]))
    assert onward(reader, link(later)) == 90
    leave(User.objects.get(), 61, 86)
    assert onward(reader, link(later)) == 86, "itself, where that is the first"


def test_at_the_end_of_a_page_it_leads_on_behind_it(reader: Client) -> None:
    end = Page(reader.get("/")).link("Next unread →")
    assert onward(reader, end.partition("?")[2]) == 90


def test_what_it_leads_to_is_open_in_full(reader: Client) -> None:
    page = Page(reader.get(reader.get(f"/next/?{at(62)}")["Location"]))
    assert "Problem 000064" in page.one("li", class_="is-open").text
    assert page.one("li", class_="is-open")["id"] == f"row-{paper(64).key}"


@pytest.mark.parametrize("question", ["digest=99999999999999999999&from=nonsense", "digest=²", "first=", "from=%00"])
def test_a_place_that_does_not_exist_is_none(question: str, reader: Client) -> None:
    assert onward(reader, question) == 62


def test_of_those_one_is_caught_up_with_only_what_was_put_back_is_left(reader: Client, alice: User) -> None:
    ReaderState.objects.all().delete()
    User.objects.update(caught_up_to=dt.date(2025, 3, 11))
    ReaderState.objects.create(reader=alice, paper=paper(28), status="unread")
    assert onward(reader) == 28


def test_a_newcomer_is_led_through_the_newest_digest(client: Client) -> None:
    client.force_login(world.member("dora"))
    assert [onward(client), onward(client, at(61)), onward(client, at(90))] == [61, 62, 61]


def test_where_nothing_is_left_it_says_so_calmly_and_when_the_last_digest_came(reader: Client, alice: User) -> None:
    leave(alice)
    response = reader.get("/next/")
    assert response.status_code == 200
    page = Page(response)
    assert page.one("h1").text == "Nothing is left"
    assert "The last digest was Daily list, of 11 March 2025." in page.text


def test_who_has_not_signed_in_has_no_such_link(client: Client) -> None:
    assert Page(client.get("/")).all("a", data_key="n") == []


@pytest.mark.parametrize(("number", "rows"), [(1, 25), (25, 25), (26, 5), (30, 5)])
def test_a_paper_s_place_in_a_digest_has_an_address(number: int, rows: int, client: Client) -> None:
    page = Page(client.get(f"/digests/2025/03/09/daily-list/?at={paper(number).key}"))
    assert len(page.rows) == rows
    assert paper(number).title in page.rows
    assert page.all("li", class_="is-open") == []


def test_an_address_of_a_paper_elsewhere_is_the_digest_s_first_page(client: Client) -> None:
    page = Page(client.get(f"/digests/2025/03/09/daily-list/?at={paper(44).key}"))
    assert page.rows[0] == paper(1).title
