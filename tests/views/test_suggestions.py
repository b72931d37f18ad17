"""Suggestions: what is listed below the search box while somebody types."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from papers.models import Paper
from tests import upkeep, world
from tests.page import Page

type Shelf = dict[str, Paper]

AS_HTMX = {"HX-Request": "true", "HX-Target": "suggestions"}


def suggest(client: Client, **asked: Any) -> Page:
    response = client.get("/papers/suggestions/", asked, headers=AS_HTMX)
    assert response.status_code == 200
    return Page(response)


def suggested(client: Client, **asked: Any) -> dict[str, list[str]]:
    """The texts of the suggestions by their kind."""
    page = suggest(client, **asked)
    options = page.all("a", role="option")
    return {
        group["aria-label"]: [each.text for each in options if each.text in group.text]
        for group in page.all("div", role="group")
    }


def addresses(client: Client, **asked: Any) -> list[str]:
    return [option["href"] for option in suggest(client, **asked).all("a", role="option")]


def test_tags_authors_and_papers_are_suggested(client: Client, shelf: Shelf) -> None:
    assert suggested(client, q="vis") == {"Tags": ["Vision 2"]}
    assert suggested(client, q="lov") == {"Authors": ["Ada Lovelace 2"]}
    assert suggested(client, q="diff") == {"Papers": ["Time as Diffusion 2025", "Diffusion on Graphs 2024"]}


def test_a_tag_is_found_by_any_of_its_words_and_an_author_by_first_and_last(client: Client, shelf: Shelf) -> None:
    assert suggested(client, q="pic") == {"Tags": ["Moving pictures 1"]}
    assert suggested(client, q="ada") == suggested(client, q="Love") == {"Authors": ["Ada Lovelace 2"]}


def test_a_suggestion_adds_itself_to_the_rest_of_what_was_typed(client: Client, shelf: Shelf) -> None:
    assert addresses(client, q="diffusion mov") == ["/papers/?q=diffusion&tag=moving-pictures"]
    assert addresses(client, q="moving pic") == ["/papers/?tag=moving-pictures"]
    assert addresses(client, q="graphs ada l") == ["/papers/?q=graphs&author=Ada+Lovelace"]
    assert addresses(client, q='"on graphs" -survey ben') == ["/papers/?q=%22on+graphs%22+-survey&author=Ben+Bystander"]
    assert addresses(client, q="time dif") == [shelf["Time"].get_absolute_url()]


def test_what_narrows_the_page_already_goes_on_narrowing(client: Client, shelf: Shelf) -> None:
    asked = {"tag": "vision", "year": "2024", "sort": "oldest"}
    assert addresses(client, q="ada", **asked) == ["/papers/?tag=vision&author=Ada+Lovelace&year=2024&sort=oldest"]
    assert addresses(client, q="diff", **asked) == [shelf["Diffusion"].get_absolute_url()]


def test_the_most_frequent_come_first_and_five_at_most(client: Client, db: None) -> None:
    world.ingest_lines(world.line(n, tags=[f"topic {k}" for k in range(n)], authors=["Top"] * n) for n in range(1, 9))
    found = suggested(client, q="top")
    assert found["Tags"] == [f"topic {k} {8 - k}" for k in range(5)]
    assert found["Authors"] == ["Top 8"]
    assert suggested(client, q="prob") == {"Papers": [f"On the Nature of Problem {n:06} 2025" for n in range(1, 6)]}


@pytest.mark.parametrize(
    "typed", ["", " ", "v", "é", "123", "vis)", '"', "-vis", "tag:vis", "vis or", "(vis", "²²", "\x00vi"]
)
def test_nothing_is_suggested_for_what_begins_nothing(typed: str, client: Client, shelf: Shelf) -> None:
    assert "Authors" not in suggested(client, q=typed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(typed=st.text(st.sampled_from("ab vé문- \"()*:|or'%_²\\") | st.characters(), max_size=12))
def test_nothing_typed_is_an_error(typed: str, client: Client, shelf: Shelf) -> None:
    suggest(client, q=typed)
    assert client.get("/papers/", {"q": typed}).status_code in (200, 302)


def test_titles_are_shown_with_their_maths_and_nothing_else_of_theirs_runs(client: Client, db: None) -> None:
    world.ingest_lines([world.line(1, title=r"Solving $x^2$ <script>alert(1)</script>", tags=["<b>solid"])])
    page = suggest(client, q="sol")
    assert (len(page.all("math")), page.all("script"), page.all("b")) == (1, [], [])


def test_the_address_alone_leads_to_the_papers(client: Client, shelf: Shelf) -> None:
    response = client.get("/papers/suggestions/?q=vis&tag=language&x=y")
    assert (response.status_code, response["Location"]) == (302, "/papers/?q=vis&tag=language")


def test_who_may_not_read_is_led_to_sign_in_and_then_to_the_papers(
    client: Client, shelf: Shelf, settings: Settings
) -> None:
    settings.LIBRARY = "members"
    response = client.get("/papers/suggestions/?q=vis", headers=AS_HTMX)
    assert response.content == b""
    assert response["HX-Redirect"] == "/account/login/?next=/papers/suggestions/%3Fq%3Dvis"


def test_it_takes_as_many_queries_at_any_size_and_no_more_than_a_page_of_papers(client: Client, db: None) -> None:
    def counted() -> list[int]:
        asked = ("prob", "problem top", "no such wor")
        return [upkeep.queries(partial(suggest, client, q=typed)) for typed in asked]

    world.library(60)
    page = upkeep.queries(lambda: client.get("/papers/?q=problem"))
    small = counted()
    assert small[0] <= page
    assert small == [6, 8, 11]
    world.library(180)
    assert [large <= before for large, before in zip(counted(), small, strict=True)] == [True] * 3
