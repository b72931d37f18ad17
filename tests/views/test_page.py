"""What is true of every page: its regions, its headers, and that nothing in it runs but our own scripts."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from papers.models import Paper, Source, Tag, User
from papers.query import PaperQuery
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]

EVIL = """<script>alert('x')</script>"><img src=x onerror="alert(1)"> {{ 7|add:7 }} javascript:alert(1)"""
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def ask(client: Client, address: str, target: str = "", **headers: str) -> Any:
    htmx = {"HX-Request": "true", "HX-Target": target} if target else {}
    return client.get(address, headers={**htmx, **headers})


def is_whole(response: Any) -> bool:
    return str(response.text).startswith("<!doctype html>")


# Regions --------------------------------------------------------------------------------------------------------


def test_the_results_come_alone(client: Client, shelf: Shelf) -> None:
    page = Page(ask(client, "/papers/?q=diffusion", "results"))
    assert [element.tag for element in page.elements[:3]] == ["title", "p", "div"]
    assert page.elements[2]["id"] == "results"
    assert page.all("html") == page.all("header", class_="bar") == page.all("article", id="pane") == []
    assert len(page.rows) == 2


def test_new_results_say_their_question_and_their_count(client: Client, shelf: Shelf) -> None:
    page = Page(ask(client, "/papers/?q=diffusion", "results"))
    assert page.one("title").text == "Papers matching “diffusion” · Lectern"
    assert (page.one("p", id="said").text, page.one("p", id="said")["hx-swap-oob"]) == ("2 papers", "innerHTML")
    page = Page(ask(client, "/papers/?q=nowhere", "results"))
    assert page.one("p", id="said").text == "There are no papers matching “nowhere”."


def test_a_paper_comes_alone_into_the_pane(client: Client, shelf: Shelf) -> None:
    address = shelf["Time"].get_absolute_url()
    page = Page(ask(client, f"{address}?tag=vision", "pane"))
    assert page.one("title").text == "Time as Diffusion · Lectern"
    assert page.one("h2").text == "Time as Diffusion"
    assert page.all("html") == page.all("h1") == page.all("nav") == []
    assert page.link("The whole page") == f"{address}?tag=vision"


@pytest.mark.parametrize("target", ["unknown", "pane", "main", "results#x", "../base"])
def test_an_unknown_region_is_the_whole_page(target: str, client: Client, shelf: Shelf) -> None:
    response = ask(client, "/papers/", target)
    assert is_whole(response)
    assert "HX-Push-Url" not in response


def test_a_page_that_comes_out_of_the_history_is_whole(client: Client, shelf: Shelf) -> None:
    assert is_whole(ask(client, "/papers/", "results", **{"HX-History-Restore-Request": "true"}))
    assert is_whole(client.get("/papers/", headers={"HX-Target": "results"}))


def test_caches_are_told_what_a_page_depends_on(client: Client, shelf: Shelf) -> None:
    for address in ("/", "/digests/", "/papers/", shelf["Time"].get_absolute_url()):
        for target in ("", "results", "pane"):
            varies = {name.strip() for name in ask(client, address, target)["Vary"].split(",")}
            assert varies >= {"HX-Request", "HX-Target", "HX-History-Restore-Request", "Cookie"}


def test_the_address_bar_gets_the_canonical_address(client: Client, shelf: Shelf) -> None:
    response = ask(client, "/papers/?tag=Vision&sort=newest&nonsense=1&q=+diffusion&since=never", "results")
    assert response["HX-Push-Url"] == "/papers/?q=diffusion&tag=vision"
    assert ask(client, "/papers/?q=", "results")["HX-Push-Url"] == "/papers/"
    assert ask(client, "/papers/?after=5", "results")["HX-Push-Url"] == "/papers/?after=5"
    assert "HX-Push-Url" not in client.get("/papers/?sort=newest")


# What runs ------------------------------------------------------------------------------------------------------


def addresses() -> list[str]:
    """Every page that shows something, and those that repeat what was asked."""
    paper = Paper.objects.in_date_order()[0]
    digest = paper.entries.all()[0].digest
    questions = [
        *({"q": EVIL}, {"author": EVIL}, {"tag": EVIL}, {"source": EVIL}, {"since": EVIL}, {"sort": EVIL}),
        *({"after": EVIL}, {"q": "alert", "tag": Tag.objects.all()[0].slug, "source": Source.objects.all()[0].slug}),
        {"author": paper.authors[0] if paper.authors else "", "since": "2020"},
    ]
    return [
        *("/", "/?is=unread", "/digests/", digest.day_url, digest.get_absolute_url(), "/digests/2001/01/01/"),
        *(f"/papers/?{urlencode(question)}" for question in [{}, *questions]),
        *(f"{paper.get_absolute_url()}?{urlencode(question)}" for question in [{}, *questions]),
        *("/account/login/", f"/account/login/?{urlencode({'next': EVIL})}", "/account/signup/"),
        *("/account/password/reset/", "/account/email/", "/account/password/change/", "/account/logout/"),
        *("/no-such-page/", f"/{EVIL}/", "/papers/2222222222222/", "/digests/2025/02/31/"),
    ]


def evil_library(reader: User) -> None:
    """One in which everything that can be written is hostile."""
    reader.name = EVIL
    reader.save()
    evil = {
        "title": f"Title {EVIL}",
        "abstract": f"Abstract {EVIL}\n\n\\href{{javascript:alert(1)}}{{x}} $\\text{{{EVIL}}}$ [x](javascript:1)",
        "authors": [f"Author {EVIL}", *(f"{EVIL}{n}" for n in range(4))],
        "venue": f"Venue {EVIL}",
        "tags": [f"Tag {EVIL}"],
        "source": f"Source {EVIL}",
        "note": f"Note {EVIL}",
        "url": "javascript:alert(1)",
        "links": {"code": "javascript:alert(1)", EVIL: "https://example.org/\"onclick='x'"},
        "arxiv_id": "2503.00001",
        "digest_date": "2025-03-11",
    }
    world.ingest_lines([evil, {**evil, "title": f"Other {EVIL}"}])
    world.ingest_lines([{"title": "Without", "note": f"Note {EVIL}", "source": EVIL, "digest_date": "2025-03-10"}])
    assert Paper.objects.count() == 2


def assert_inert(response: Any, address: str) -> None:
    page = Page(response)
    for element in page.elements:
        assert element.tag not in ("style", "iframe", "object", "embed", "base", "form[action]"), address
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"{address}: {name}={value}"
            assert name not in ("style", "srcdoc"), f"{address}: {name}={value}"
            if name in ("href", "src", "action", "formaction"):
                assert not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE), f"{address}: {value}"
        if element.tag == "script" and element.attributes.get("type") != "application/json":
            assert element.attributes.get("src", "").startswith("/static/"), address
            assert not element.text, address
        if element.tag in ("link", "img") and element.attributes.get("rel") != "canonical":
            assert element.attributes.get("href", element.attributes.get("src", "")).startswith("/static/"), address


def test_what_digests_and_addresses_carry_is_inert_on_every_page(client: Client, alice: User) -> None:
    evil_library(alice)
    for login in (False, True):
        if login:
            client.force_login(alice)
        for address in addresses():
            for target in ("", "results", "pane"):
                response = ask(client, address, target)
                assert_inert(response, address)
                assert "{{" not in re.sub("</?mark>", "", response.text).replace("{{ 7", "")
                assert "14" not in re.findall(r"(?<=onerror=&quot;alert\(1\)&quot;&gt; )\w+", response.text)


def test_what_was_planted_is_shown_as_it_was_written(client: Client, alice: User) -> None:
    evil_library(alice)
    client.force_login(alice)
    shown = {address: unescape(client.get(address).text) for address in addresses()}
    paper = Paper.objects.in_date_order()[0]
    for part in ("Title", "Author", "Venue", "Tag", "Source"):
        assert f"{part} <script>" in shown[f"{paper.get_absolute_url()}?"], part
    aloud = str(PaperQuery.from_params({"q": [EVIL]})).removeprefix("papers ")
    assert "“<script>alert('x')</script> alert(1)”" in aloud
    assert aloud in shown[f"/papers/?{urlencode({'q': EVIL})}"]


def test_a_mark_s_answer_is_inert_too(client: Client, alice: User) -> None:
    evil_library(alice)
    client.force_login(alice)
    for paper in Paper.objects.all():
        form = {"starred": "yes", "row": "on", "acts": "on", "next": f"/papers/?{urlencode({'q': EVIL})}"}
        for digest in ("", paper.entries.all()[0].digest_id):
            state = f"{paper.get_absolute_url()}state/"
            response = client.post(state, {**form, "digest": digest}, headers={"HX-Request": "true"})
            assert response.status_code == 200
            assert_inert(response, "a mark")
    refused = client.post(state, {"status": EVIL})
    assert_inert(refused, "a refusal")


def test_every_answer_carries_the_policy(client: Client, alice: User, shelf: Shelf) -> None:
    client.force_login(alice)
    for address in [*addresses(), "/theme/", "/admin/"]:
        response = client.get(address)
        assert response["Content-Security-Policy"] == CSP, address
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


def test_htmx_is_told_to_evaluate_and_to_store_nothing_and_to_copy_no_styles(client: Client, db: None) -> None:
    assert Page(client.get("/")).one("meta", name="htmx-config")["content"] == (
        '{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0,"attributesToSettle":["class"],'
        '"refreshOnHistoryMiss":true}'
    )


def test_ids_are_given_once(client: Client, alice: User, shelf: Shelf) -> None:
    client.force_login(alice)
    for address in addresses():
        ids = [each["id"] for each in Page(client.get(address)).elements if "id" in each.attributes]
        assert len(ids) == len(set(ids)), address
