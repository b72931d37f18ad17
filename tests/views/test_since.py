"""New to me: since my last visit, and what came again."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from papers.exchange.pasting import paste
from papers.models import Marking, Paper, User
from tests import world
from tests.page import Page


def page(client: Client, address: str = "/") -> Page:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response)


def digest(day: str, *numbers: int, source: str = "Daily list") -> None:
    world.ingest_lines(world.line(n, digest_date=day, source=source) for n in numbers)


def go_away(**since: float) -> None:
    """That long ago everybody was here last."""
    User.objects.update(visited_at=timezone.now() - dt.timedelta(**since))


def notices(page: Page) -> list[str]:
    return [each.text for each in page.all("p", class_="notices")]


# Since my last visit --------------------------------------------------------------------------------------------


def test_what_came_since_my_last_visit_is_said_in_one_line(reader: Client) -> None:
    digest("2025-03-10", 1)
    page(reader)
    go_away(days=3)
    digest("2025-03-11", 2, 3)
    digest("2025-03-11", 4, source="A letter")
    front = page(reader)
    day = (timezone.now() - dt.timedelta(days=3)).date()
    assert notices(front)[0] == (
        f"Since your last visit, on {day:%A}, {day.day} {day:%B}: "
        "3 new papers in A letter of 11 March and Daily list of 11 March."
    )
    assert sorted(row[-1] for row in page(reader, front.link("3 new papers")).rows) == ["2", "3", "4"]
    assert front.link("A letter of 11 March") == "/digests/2025/03/11/a-letter/"
    assert notices(page(reader, "/digests/2025/03/10/")) == []


def test_where_nothing_came_it_says_so(reader: Client) -> None:
    digest("2025-03-10", 1)
    page(reader)
    go_away(days=1)
    (said,) = notices(page(reader))
    assert said.startswith("Nothing new has come in since your last visit, on ")


def test_the_page_of_a_visit_that_goes_on_is_not_sent_again_and_that_of_the_next_is(reader: Client) -> None:
    digest("2025-03-10", 1)
    page(reader)
    etag = reader.get("/")["ETag"]
    go_away(hours=2)
    assert reader.get("/", headers={"If-None-Match": etag}).status_code == 304
    go_away(hours=4)
    assert reader.get("/", headers={"If-None-Match": etag}).status_code == 200


def test_what_is_new_can_be_asked_for_and_told_from_the_side(reader: Client) -> None:
    digest("2025-03-10", 1)
    page(reader)
    assert page(reader, "/papers/?is=new").rows == []
    assert "New since my last visit" not in page(reader, "/papers/").text
    go_away(days=1)
    digest("2025-03-11", 1, 2)
    browse = page(reader, "/papers/?q=problem")
    assert "New since my last visit 1" in browse.text
    assert "Papers that came since my last visit" in page(reader, "/papers/?is=new").text


def test_nobody_in_particular_is_told_of_no_visit(client: Client, reader: Client) -> None:
    digest("2025-03-10", 1)
    reader.logout()
    assert notices(page(client)) == []


@pytest.mark.parametrize(("address", "status"), [("/digests/2025/02/31/", 404), ("/papers/222222222222/", 404)])
def test_a_request_that_fails_is_no_visit(address: str, status: int, reader: Client) -> None:
    assert reader.get(address).status_code == status
    assert User.objects.get().visited_at is None
    reader.get("/papers/")
    assert User.objects.get().visited_at is not None


# Having joined --------------------------------------------------------------------------------------------------


def test_a_newcomer_is_told_once_what_counts_as_read(client: Client, db: None) -> None:
    digest("2025-03-10", 1)
    digest("2025-03-11", 2)
    client.force_login(world.member("dora"))
    said = "You have just joined: what came up to 10 March 2025 counts as read."
    assert said in page(client).text
    assert "1 of 1 left" in page(client).text
    go_away(days=1)
    assert said not in page(client).text


def test_who_was_there_before_the_first_digest_is_told_nothing(reader: Client) -> None:
    digest("2025-03-10", 1)
    assert notices(page(reader)) == []


def test_what_a_colleague_pasted_takes_no_digest_from_a_newcomer(client: Client, alice: User) -> None:
    digest("2025-03-10", 1)
    digest("2025-03-11", 2)
    paste("@article{a, title={A paper that somebody pasted}, author={Ada Lovelace}, year={2024}}", by=alice)
    client.force_login(world.member("dora"))
    assert "1 of 1 left" in page(client).text


# The same paper again -------------------------------------------------------------------------------------------


def test_a_paper_that_an_earlier_digest_named_says_so(client: Client, db: None) -> None:
    digest("2025-02-18", 1)
    digest("2025-03-11", 1, 2)
    shown = page(client)
    assert ["Named 3 weeks earlier in Daily list" in row.text for row in shown.all("li", class_="entry")] == [
        True,
        False,
    ]
    key = Paper.objects.get(title__endswith="1").key
    assert f"/digests/2025/02/18/daily-list/?at={key}#row-{key}" in [link["href"] for link in shown.all("a")]
    assert "Named" not in page(client, "/digests/2025/02/18/").one("li", class_="entry").text


@pytest.mark.parametrize("mark", [{"status": "read"}, {"status": "reading"}, {"starred": True}])
def test_where_i_have_begun_read_or_starred_it_i_have_seen_it(
    mark: dict[str, object], reader: Client, alice: User
) -> None:
    digest("2025-03-10", 1, source="A letter")
    digest("2025-03-11", 1)
    assert "Named the day before in A letter" in page(reader).text
    Marking.objects.mark(alice, Paper.objects.get(), **mark)
    assert "Seen the day before in A letter" in page(reader).text


def test_what_i_am_caught_up_with_i_have_seen_and_of_several_the_last_counts(reader: Client) -> None:
    for day in ("2025-01-10", "2025-03-01", "2025-03-11"):
        digest(day, 1)
    User.objects.update(caught_up_to=dt.date(2025, 3, 1))
    shown = page(reader)
    assert "Seen 10 days earlier in Daily list" in shown.text
    assert shown.one("li", class_="entry")["data-state"] == "read"


def test_when_a_paper_is_marked_its_row_follows(reader: Client) -> None:
    digest("2025-03-10", 1)
    digest("2025-03-11", 1)
    paper = Paper.objects.get()
    form = next(each for each in page(reader).all("form", class_="acts") if each["action"].endswith("/state/"))
    number = next(each["value"] for each in page(reader).all("input", name="digest"))
    marked = reader.post(
        form["action"], {"status": "read", "row": "on", "digest": number}, headers={"HX-Request": "true"}
    )
    assert "Seen the day before in" in marked.text
    assert f"row-{paper.key}" in marked.text


# What is left, of each ------------------------------------------------------------------------------------------


def test_lists_of_digests_say_how_much_is_left_of_each(reader: Client, alice: User) -> None:
    digest("2025-03-10", 1, 2)
    digest("2025-03-11", 3, 4, 5)
    for number in "124":
        Marking.objects.mark(alice, Paper.objects.get(title__endswith=number), status="read")
    for address in ("/digests/", "/digests/2025/03/", "/digests/2025/w11/"):
        lines = [
            line.text for line in page(reader, address).all("li") if "Daily list" in line.text and "list" in line.text
        ]
        said = sorted(line for line in lines if line.startswith(("Mon", "Tue")))
        assert said == ["Mon 10 Daily list 2 papers", "Tue 11 Daily list, some unread 2 of 3 left"]
    month = page(reader, "/digests/2025/03/")
    assert "2 digests 1 with something left" in month.text
    assert sorted(row[-1] for row in page(reader, month.link("1 with something left")).rows) == ["3", "5"]


def test_of_digests_that_name_very_many_it_is_said_only_that_something_is_left(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.models.left._MOST", 3)
    digest("2025-03-10", 1, 2)
    digest("2025-03-11", 3, 4, 5)
    lines = [line.text for line in page(reader, "/digests/").all("li")]
    assert lines == ["Tue 11 Daily list, some unread 3 of 3 left", "Mon 10 Daily list, some unread 2 papers"]
