"""Pasting: what a reader has in the clipboard becomes papers, and changes nothing that others said."""

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from papers.exchange import load, pasting
from papers.exchange.curate import curate
from papers.exchange.hide import hide
from papers.exchange.undo import undo
from papers.models import Change, Digest, Ingest, Paper, Quarantined, Source, User
from papers.models.ingest import IngestQuerySet
from tests import upkeep, world
from tests.page import Page

PAGE = """[Submitted on 4 Mar 2025]
Title:On Kettles
Authors:Ada Lidless
Abstract:We watched kettles.
Subjects:	Databases (cs.DB)
Cite as:	arXiv:2503.01002 [cs.DB]
"""


@pytest.fixture
def bert(db: None) -> Client:
    """Somebody else's browser."""
    client = Client()
    client.force_login(world.member("bert"))
    return client


def paste(client: Client, text: str) -> Any:
    return client.post("/paste/", {"text": text}, follow=True)


def line(**values: Any) -> str:
    return json.dumps({"title": "On Pots", "arxiv_id": "2503.09009", **values})


def titles(answer: Any) -> list[str]:
    return [each.text for each in Page(answer).all("h2", class_="entry-title")]


def test_the_text_of_an_abstract_page_becomes_a_paper_of_today_s_pasted(reader: Client, alice: User) -> None:
    answer = paste(reader, PAGE)
    run = Ingest.objects.get()
    assert answer.redirect_chain == [(f"/paste/{run.pk}/", 302)]
    assert titles(answer) == ["On Kettles"]
    assert "1 new to the library" in answer.text
    assert (run.way, run.started_by) == (Ingest.Way.PASTE, alice)
    digest = Digest.objects.get()
    assert (digest.source.name, digest.date_basis, digest.size) == ("Pasted", "option", 1)
    upkeep.assert_in_step()


def test_all_pastes_of_a_day_are_one_digest_whatever_they_say_of_digests(reader: Client, bert: Client) -> None:
    world.library(1)
    daily = Digest.objects.get()
    paste(reader, line(source="Daily list", digest_date="2025-03-11", digest_title="Mine"))
    paste(bert, PAGE)
    pasted = Digest.objects.exclude(pk=daily.pk).get()
    daily.refresh_from_db()
    assert (daily.size, daily.title) == (1, "")
    assert (pasted.source.slug, pasted.title, pasted.size) == ("pasted", "", 2)


def test_the_newest_letter_stays_on_the_front_page(reader: Client) -> None:
    world.library(1)
    before = Page(reader.get("/")).all("h1")[0].text
    paste(reader, PAGE)
    assert Page(reader.get("/")).all("h1")[0].text == before


def test_where_there_is_no_letter_what_was_pasted_is_on_the_front_page(reader: Client) -> None:
    paste(reader, PAGE)
    assert "On Kettles" in reader.get("/").text


def test_it_changes_neither_what_digests_say_nor_what_curators_set(reader: Client) -> None:
    world.ingest_text(line(abstract="As the digest says.", authors=["Ada Author"]))
    curate(Paper.objects.get(), {"venue": "Journal of Pots"})
    paste(reader, line(title="SPAM", abstract="Buy pots.", authors=["Eve"], venue="Mine", arxiv_id="2503.09009v9"))
    paper = Paper.objects.get()
    assert (paper.title, paper.abstract, paper.venue) == ("On Pots", "As the digest says.", "Journal of Pots")
    assert Source.objects.get(slug="pasted").trust < Source.objects.get(slug="digest").trust


def test_a_hidden_paper_stays_hidden(reader: Client) -> None:
    world.ingest_text(PAGE, "page.txt")
    hide(Paper.objects.values_list("pk", flat=True), why="Spam.")
    assert titles(paste(reader, PAGE)) == []
    assert titles(reader.post("/paste/", {"text": "2503.01002"})) == []


def test_it_is_taken_back_by_who_pasted_it_and_by_nobody_else(reader: Client, bert: Client, alice: User) -> None:
    world.library(1)
    before = world.export()
    paste(reader, PAGE)
    paste(reader, PAGE)
    address = f"/paste/{Ingest.objects.latest('pk').pk}/"
    assert bert.get(address).status_code == 404
    assert bert.post(f"{address}removal/").status_code == 404
    answer = reader.post(f"{address}removal/", follow=True)
    assert "1 entry and 1 paper taken out." in answer.text
    assert world.export() == before
    assert Change.objects.latest("pk").by == alice
    assert "It was taken back" in reader.get(address).text
    assert "It was taken back already." in reader.post(f"{address}removal/", follow=True).text
    upkeep.assert_in_step()


def test_a_paste_that_was_undone_this_moment_is_taken_back_already(
    reader: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    paste(reader, PAGE)
    run = Ingest.objects.get()
    monkeypatch.setattr(IngestQuerySet, "reading_like", lambda *_: [run])
    undo(run, by=alice)
    assert "It was taken back already." in reader.post(f"/paste/{run.pk}/removal/", follow=True).text


def test_a_paste_that_names_two_papers_leaves_them_apart_once_it_is_taken_back(reader: Client) -> None:
    for number in (1, 2):
        world.ingest_text(line(title=f"Kettle {number}", arxiv_id=f"2503.0900{number}", doi=f"10.5555/k{number}"))
    before = world.export()
    paste(reader, line(title="Both Kettles", arxiv_id="2503.09001", doi="10.5555/k2"))
    reader.post(f"/paste/{Ingest.objects.latest('pk').pk}/removal/")
    assert world.export() == before
    upkeep.assert_in_step()


def test_what_two_people_pasted_stays_until_both_take_it_back(reader: Client, bert: Client) -> None:
    for each in (reader, bert):
        paste(each, PAGE)
    first, second = Ingest.objects.order_by("pk")
    reader.post(f"/paste/{first.pk}/removal/")
    assert titles(bert.get(f"/paste/{second.pk}/")) == ["On Kettles"]
    bert.post(f"/paste/{second.pk}/removal/")
    assert not Paper.objects.exists()


def test_pieces_that_cannot_be_read_are_told_and_kept(reader: Client) -> None:
    for answer in (paste(reader, f"{line()}\n{{<b>broken\n"), paste(reader, f"{line()}\n{{<b>broken\n")):
        assert titles(answer) == ["On Pots"]
        assert "Line 2:" in answer.text
        assert "&lt;b&gt;broken" in answer.text
    assert Quarantined.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste something first."),
        (" \n\t ", "Paste something first."),
        ("\x01", "Paste something first."),
        ("a\0b", "Null characters are not allowed."),
        ("Dear all, <b>nothing</b> to read here.", "It is in no format that Lectern knows"),
        ("x" * 100_001, "Longer than 100,000 characters"),
        ("\x89PNG", "It is in no format"),
    ],
)
def test_what_is_no_list_of_papers_is_refused_in_words_and_stays_in_the_box(
    text: str, said: str, reader: Client
) -> None:
    answer = paste(reader, text)
    [error] = Page(answer).all("ul", class_="errorlist")
    assert said in error.text
    assert "<b>nothing" not in answer.text
    assert not Ingest.objects.exists(), "nobody has to look into it"


def test_ids_alone_are_looked_up_and_those_not_known_are_told(reader: Client) -> None:
    world.library(2)
    text = "- arXiv:2503.00001 [cs.DB]\n- https://arxiv.org/abs/2503.00002v2, 10.1234/no.such\n3. 2503.00001\n"
    runs = Ingest.objects.count()
    answer = reader.post("/paste/", {"text": text})
    assert titles(answer) == ["On the Nature of Problem 000001", "On the Nature of Problem 000002"]
    assert [each.text for each in Page(answer).all("code")] == ["10.1234/no.such"]
    assert "On the Nature of Problem 000003" not in answer.text
    assert Ingest.objects.count() == runs


def test_of_a_list_of_ids_without_end_only_the_first_are_looked_up(reader: Client) -> None:
    world.library(1)
    answer = reader.post("/paste/", {"text": "\n".join(f"2503.{n:05}" for n in range(1, 9_000))})
    assert len(titles(answer)) == 1
    assert "not looked up to its end" in answer.text


def test_titles_that_would_be_scripts_are_words(reader: Client) -> None:
    answer = paste(reader, line(title="<script>alert(1)</script>", authors=["<img src=x onerror=alert(1)>"]))
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text


def test_while_the_database_is_busy_the_text_stays_in_the_box(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*arguments: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(load, "store", busy)
    answer = paste(reader, PAGE)
    assert "The library is busy, and nothing was taken in." in answer.text
    assert "Title:On Kettles" in answer.text


def test_nobody_pastes_without_end(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasting, "MOST_AN_HOUR", 2)
    for n in range(2):
        paste(reader, line(title=f"Paper {n}"))
    assert "You have pasted 2 times within an hour" in paste(reader, line(title="One more")).text
    assert Paper.objects.filter(title="One more").count() == 0
