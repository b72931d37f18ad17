"""Digests: the newest, the one of a day, and all of them."""

import pytest
from django.test import Client

from papers.models import Digest, Paper, ReaderState, Status, User
from tests import world
from tests.page import Page


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response)


def digests(*dates: str, source: str = "Daily list", size: int = 1) -> None:
    """A digest of new papers for each of these days."""
    start = Paper.objects.count() + 1
    for number, date in enumerate(dates):
        first = start + number * size
        world.ingest_lines(
            world.line(n, source=source, digest_date=date, published=date) for n in range(first, first + size)
        )


def mark(reader: User, *titles: str, **marks: object) -> None:
    for title in titles:
        ReaderState.objects.create(reader=reader, paper=Paper.objects.get(title__endswith=title), **marks)


def days(page: Page) -> list[str]:
    """The strip of days: those with a digest as links, the current one in brackets, a star where something is left."""
    shown = []
    for day in [each for each in page.elements if "day" in each.attributes.get("class", "").split()]:
        number = day.text.split()[1].rstrip(",")
        star = "*" if "has-unread" in day["class"] else ""
        current = day.attributes.get("aria-current") == "date"
        shown.append(f"[{number}]{star}" if current else f"{number}{star}" if day.tag == "a" else f"({number})")
    return shown


# The front page -------------------------------------------------------------------------------------------------


def test_the_front_page_is_the_newest_digest_in_its_own_order(client: Client, db: None) -> None:
    digests("2025-03-10")
    world.ingest_lines(world.line(n, digest_date="2025-03-11") for n in (9, 7, 8))
    front = page(client, "/")
    assert front.one("h1").text == "Tuesday, 11 March"
    assert [row[-1] for row in front.rows] == ["9", "7", "8"]
    assert front.one("title").text == "Daily list, 11 March 2025 · Lectern"


def test_an_empty_library_says_how_to_load_the_first_digest(client: Client, db: None) -> None:
    front = page(client, "/")
    assert front.one("h1").text == "No digest yet"
    assert "manage.py ingest" in front.one("pre").text


def test_nobody_in_particular_sees_how_many_papers_and_no_marks(client: Client, db: None) -> None:
    digests("2025-03-11", size=3)
    front = page(client, "/")
    assert "3 papers" in front.text
    assert "left" not in front.text
    assert front.all("form", class_="acts") == []


# A digest -------------------------------------------------------------------------------------------------------


def test_a_digest_stands_at_its_day_and_at_its_source(client: Client, db: None) -> None:
    digests("2025-03-11")
    assert page(client, "/digests/2025/03/11/").rows == page(client, "/digests/2025/03/11/daily-list/").rows != []
    assert Digest.objects.get().get_absolute_url() == "/digests/2025/03/11/daily-list/"
    assert page(client, "/digests/2025/3/11/").rows


def test_the_digests_of_one_day_lead_to_each_other(client: Client, db: None) -> None:
    digests("2025-03-11", source="A letter", size=2)
    digests("2025-03-11", source="B letter", size=1)
    assert page(client, "/digests/2025/03/11/").link("B letter, 1 paper") == "/digests/2025/03/11/b-letter/"
    assert page(client, "/digests/2025/03/11/b-letter/").link("A letter, 2 papers") == "/digests/2025/03/11/a-letter/"


def test_a_day_without_a_digest_says_so_and_leads_to_the_nearest(client: Client, db: None) -> None:
    digests("2025-03-07", "2025-03-08", "2025-03-11", "2025-03-12")
    empty = page(client, "/digests/2025/03/09/")
    assert empty.one("h1").text == "Nothing on Sunday, 9 March 2025"
    near = [link["href"] for link in empty.all("a") if link.text == "Daily list"]
    assert near == ["/digests/2025/03/08/", "/digests/2025/03/11/"]


@pytest.mark.parametrize(
    "address",
    [
        *("/digests/2025/02/31/", "/digests/2025/13/01/", "/digests/0000/01/01/", "/digests/2025/00/10/"),
        *("/digests/25/03/11/", "/digests/2025/03/111/", "/digests/99999999999999999999/1/1/"),
        *("/digests/2025/03/11/no-such-source/", "/digests/2025/02/31/daily-list/", "/digests/2025/03/12/daily-list/"),
    ],
)
def test_no_such_day_or_source_is_our_404(address: str, client: Client, db: None) -> None:
    digests("2025-03-11")
    response = client.get(address)
    assert response.status_code == 404
    assert Page(response).one("h1").text == "There is no such page"


def test_pages_lead_forward_and_back_in_the_digest_s_order(client: Client, db: None) -> None:
    digests("2025-03-11", size=60)
    first = page(client, "/")
    second = page(client, "/" + first.one("a", rel="next")["href"])
    third = page(client, "/" + second.one("a", rel="next")["href"])
    assert [len(each.rows) for each in (first, second, third)] == [25, 25, 10]
    assert first.rows + second.rows + third.rows == sorted({*first.rows, *second.rows, *third.rows})
    assert third.all("a", rel="next") == []
    assert page(client, "/" + third.one("a", rel="prev")["href"]).rows == second.rows
    assert page(client, "/" + second.one("a", rel="prev")["href"]).rows == first.rows


def test_a_paper_that_a_digest_names_twice_stands_in_it_once(client: Client, db: None) -> None:
    world.ingest_lines([world.line(1), world.line(2), world.line(1, title="On the nature of problem 000001")])
    assert len(page(client, "/").rows) == 2


def test_a_digest_of_a_month_says_only_the_month(client: Client, db: None) -> None:
    world.ingest_lines([world.line(1, digest_date="2025-03")])
    assert page(client, "/").one("h1").text == "March 2025"


# The strip of days ----------------------------------------------------------------------------------------------


def test_the_strip_ends_with_the_newest_digest(client: Client, db: None) -> None:
    digests("2025-03-08", "2025-03-11")
    strip = days(page(client, "/"))
    assert len(strip) == 17
    assert strip[-5:] == ["(7)", "8", "(9)", "(10)", "[11]"]


def test_the_strip_stands_around_an_old_digest_and_leads_beyond_itself(client: Client, db: None) -> None:
    digests("2024-12-24", "2025-03-01", "2025-03-11", "2025-05-02")
    shown = page(client, "/digests/2025/03/01/")
    strip = days(shown)
    assert (strip[0], strip[8], strip[-1]) == ("(21)", "[1]", "(9)")
    assert shown.link("← December 2024") == "/digests/2024/12/24/"
    assert shown.link("March →") == "/digests/2025/03/11/"


def test_the_strip_has_a_dot_where_something_is_left_to_me(reader: Client, alice: User) -> None:
    digests("2025-03-09", "2025-03-10", "2025-03-11")
    mark(alice, "1", status=Status.READ)
    mark(alice, "2", dismissed=True)
    assert days(page(reader, "/"))[-3:] == ["9", "10", "[11]*"]
    alice.caught_up_to = Digest.objects.newest_first()[0].date
    alice.save()
    assert days(page(reader, "/"))[-3:] == ["9", "10", "[11]"]


# What is left ---------------------------------------------------------------------------------------------------


def test_what_is_left_is_said_and_drawn(reader: Client, alice: User) -> None:
    digests("2025-03-11", size=5)
    mark(alice, "1", status=Status.READ)
    mark(alice, "2", dismissed=True)
    mark(alice, "3", status=Status.READING, starred=True)
    mark(alice, "4", starred=True)
    front = page(reader, "/")
    assert "2 of 5 left about two minutes" in front.text
    bar = front.one("progress")
    assert (bar["max"], bar["value"]) == ("5", "3")


def test_only_what_is_left_can_be_asked_for(reader: Client, alice: User) -> None:
    digests("2025-03-11", size=5)
    mark(alice, "2", "4", status=Status.READ)
    assert page(reader, "/").link("Only the 3 left") == "?is=unread"
    left = page(reader, "/?is=unread")
    assert [row[-1] for row in left.rows] == ["1", "3", "5"]
    assert left.link("All 5") == "/digests/2025/03/11/daily-list/"


def test_only_what_is_left_is_paged_as_such(reader: Client, alice: User) -> None:
    digests("2025-03-11", size=40)
    mark(alice, "02", "31", status=Status.READ)
    left = page(reader, "/?is=unread")
    rest = page(reader, "/" + left.one("a", rel="next")["href"])
    assert [len(left.rows), len(rest.rows)] == [25, 13]
    assert page(reader, "/" + rest.one("a", rel="prev")["href"]).rows == left.rows


def test_when_nothing_is_left_the_page_says_so(reader: Client, alice: User) -> None:
    digests("2025-03-11")
    mark(alice, "1", status=Status.READ)
    assert "All 1 read" in page(reader, "/").text
    assert "Nothing is left of this digest." in page(reader, "/?is=unread").text


def test_what_is_left_is_each_reader_s_own(client: Client, alice: User, bob: User) -> None:
    digests("2025-03-11", size=3)
    mark(bob, "1", status=Status.READ)
    client.force_login(alice)
    assert "3 of 3 left" in page(client, "/").text


def test_the_first_unread_is_open_in_full(reader: Client, alice: User) -> None:
    digests("2025-03-11", size=4)
    mark(alice, "1", status=Status.READ)
    mark(alice, "2", dismissed=True)
    opened = page(reader, "/").one("li", class_="is-open")
    assert "On the Nature of Problem 000003" in opened.text
    assert opened["data-state"] == "unread"


def test_nothing_is_open_where_nothing_is_unread(client: Client, reader: Client, alice: User) -> None:
    digests("2025-03-11")
    mark(alice, "1", status=Status.READING)
    assert page(reader, "/").all("li", class_="is-open") == []
    reader.logout()
    assert page(client, "/").all("li", class_="is-open") == []


def test_a_read_paper_keeps_its_abstract_folded_in_the_page(reader: Client, alice: User) -> None:
    digests("2025-03-11", size=2)
    mark(alice, "2", status=Status.READ)
    folded = page(reader, "/").one("div", hidden="until-found")
    assert folded.text == "We solve problem 2. The method is simple."


def test_a_digest_s_note_stands_beside_its_paper(client: Client, db: None) -> None:
    world.ingest_lines([world.line(1, note="Start with **table 3**.")])
    assert "Start with" in page(client, "/").one("div", class_="entry-margin").text


# All digests ----------------------------------------------------------------------------------------------------


def test_all_digests_stand_under_their_months_the_newest_first(client: Client, db: None) -> None:
    digests("2025-02-28", "2025-03-10", "2025-03-11", size=2)
    index = page(client, "/digests/")
    assert [section.text for section in index.all("section")] == [
        "March 2025 Tue 11 Daily list 2 papers Mon 10 Daily list 2 papers",
        "February 2025 Fri 28 Daily list 2 papers",
    ]


def test_all_digests_are_paged_forward_and_back(client: Client, db: None) -> None:
    digests(*(f"2025-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 26)))
    first = page(client, "/digests/")
    second = page(client, "/digests/" + first.one("a", rel="next")["href"])
    assert [len(each.all("a", class_="digest")) for each in (first, second)] == [60, 15]
    assert page(client, "/digests/" + second.one("a", rel="prev")["href"]).text == first.text


def test_a_digest_with_something_left_to_me_is_marked(reader: Client, alice: User) -> None:
    digests("2025-03-10", "2025-03-11")
    mark(alice, "1", status=Status.READ)
    unread = page(reader, "/digests/").one("a", class_="has-unread")
    assert unread.text == "Tue 11 Daily list, some unread"


def test_no_digest_at_all_says_so(client: Client, db: None) -> None:
    assert page(client, "/digests/").link("How to load the first") == "/"


def test_of_many_digests_of_one_day_the_first_are_named_and_the_month_has_the_others(client: Client, db: None) -> None:
    for number in range(15):
        digests("2025-03-11", source=f"List {number:02}")
    notices = page(client, "/digests/2025/03/11/").one("p", class_="notices")
    assert notices.text.endswith("List 12, 1 paper 2 more")
    assert "List 13" not in notices.text
