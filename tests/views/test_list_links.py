"""Share links: made and shown once, followed by anybody, and dead at once when they are revoked."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from papers.models import ListEntry, Order, Paper, ReadingList, Remark, ShareLink, User
from tests import world
from tests.page import Page


@pytest.fixture
def shared(shelf: dict[str, Paper], alice: User, bob: User) -> ReadingList:
    """A list of Alice's, with all that members alone see."""
    made = world.reading_list(alice, editor=bob)
    ReadingList.objects.update(description="What we read on $x^2$ Thursdays.")
    ListEntry.objects.add(made, [shelf["Time"], shelf["Attention"]], by=bob, reason="A reason of theirs.")
    made.entries.filter(paper=shelf["Time"]).update(claimed_by=bob, due_on=dt.date(2030, 1, 1))
    ListEntry.objects.add(made, [shelf["Diffusion"]], by=bob)
    made.entries.filter(paper=shelf["Diffusion"]).update(set_aside_at=timezone.now(), set_aside_why="Dull.")
    Remark.objects.create(reading_list=made, by=bob, text="A remark of theirs.")
    return made


def made_link(client: Client, reading_list: ReadingList, **said: str) -> str:
    page = Page(client.post(f"/lists/{reading_list.key}/links/", said))
    return page.one("input", id="link")["value"].removeprefix("http://testserver")


def test_anybody_with_the_link_reads_the_papers_and_nothing_of_the_readers(
    reader: Client, shared: ReadingList, settings: Settings
) -> None:
    settings.LIBRARY = "members"
    answer = Client().get(made_link(reader, shared))
    page = Page(answer)
    assert page.one("h1").text == "Thursday readers"
    assert page.rows == ["Time as Diffusion", "Attention Again"]
    assert "Time diffuses, too." in page.text
    assert "What we read on" in page.text
    for told in (
        "Bob",
        "Alice",
        "reason of theirs",
        "remark of theirs",
        "2030",
        "Dull",
        "read it",
        "Diffusion on Graphs",
    ):
        assert told not in answer.text, told
    assert not page.all("form"), "browsers send none that could be trusted from a page without a referrer"


def test_nobody_else_is_told_of_the_link(reader: Client, shared: ReadingList) -> None:
    link = made_link(reader, shared)
    for address in (link, "/shared/never-was/"):
        answer = Client().get(address)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "noindex" in answer.text
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    token = link.split("/")[2]
    assert token not in reader.get(f"/lists/{shared.key}/links/").text
    assert token not in str(list(ShareLink.objects.values()))


@pytest.mark.parametrize("how", ["revoked", "over", "never was", "owner shut out", "list deleted"])
def test_a_link_that_leads_nowhere_looks_like_one_that_never_was(how: str, reader: Client, shared: ReadingList) -> None:
    link = made_link(reader, shared)
    match how:
        case "revoked":
            page = Page(reader.post(f"/lists/{shared.key}/links/{ShareLink.objects.get().pk}/revocation/", follow=True))
            assert "The link is revoked." in page.text
        case "over":
            ShareLink.objects.update(expires_on=timezone.localdate() - dt.timedelta(days=1))
        case "owner shut out":
            User.objects.filter(pk=shared.owner_id).update(is_active=False)
        case "never was":
            link = "/shared/%00é/"
        case _:
            shared.delete()
    answers = [browser.get(address) for browser in (Client(), reader) for address in (link, "/shared/never-was/")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({Page(answer).text for answer in answers}) == 1


def test_on_its_last_day_it_works_still(reader: Client, shared: ReadingList) -> None:
    link = made_link(reader, shared, expires_on=timezone.localdate().isoformat())
    assert Client().get(link).status_code == 200


def test_a_day_that_is_over_is_no_last_day(reader: Client, shared: ReadingList) -> None:
    answer = reader.post(f"/lists/{shared.key}/links/", {"expires_on": "2020-01-01"})
    assert "This day is over." in answer.text
    assert not ShareLink.objects.exists()


def test_when_it_was_used_is_noted_at_most_hourly(reader: Client, shared: ReadingList) -> None:
    link = made_link(reader, shared)
    assert "not used yet" in reader.get(f"/lists/{shared.key}/links/").text
    Client().get(link)
    first = ShareLink.objects.get().used_at
    assert first
    Client().get(link)
    assert ShareLink.objects.get().used_at == first
    long_ago = timezone.now() - dt.timedelta(hours=2)
    ShareLink.objects.update(used_at=long_ago)
    Client().get(link)
    assert ShareLink.objects.get().used_at != long_ago


@pytest.mark.parametrize("order", Order)
def test_its_pages_lead_on_and_back(order: str, reader: Client, alice: User) -> None:
    world.library(30)
    shared = world.reading_list(alice)
    ReadingList.objects.update(order=order)
    ListEntry.objects.add(shared, list(Paper.objects.all()), by=alice)
    link = made_link(reader, shared)
    first = Page(Client().get(link))
    second = Page(Client().get(first.one("a", rel="next")["href"]))
    assert (len(first.rows), len(second.rows)) == (25, 5)
    assert not set(first.rows) & set(second.rows)
    assert Page(Client().get(second.one("a", rel="prev")["href"])).rows == first.rows


def test_whoever_tries_many_waits(reader: Client, shared: ReadingList) -> None:
    link = made_link(reader, shared)
    tries = [Client().get(f"/shared/try{n}/").status_code for n in range(32)]
    assert tries == [404] * 30 + [429] * 2
    assert Client().get(link).status_code == 429
    assert Client().get(link, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_hidden_paper_is_not_shown(reader: Client, shared: ReadingList, shelf: dict[str, Paper]) -> None:
    Paper.objects.filter(pk=shelf["Time"].pk).update(hidden=True)
    assert Page(Client().get(made_link(reader, shared))).rows == ["Attention Again"]
