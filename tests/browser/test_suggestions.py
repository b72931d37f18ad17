"""What may be meant, listed below the search box, in a real browser: by keyboard, by mouse, and late answers."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Visit

AS_ONE_TYPES = 30


def type_into_box(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text, delay=AS_ONE_TYPES)


def active(page: Page) -> str:
    """The suggestion that the box points to."""
    marked = page.locator("#suggestions [aria-selected=true]")
    expect(marked).to_have_count(1)
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", marked.get_attribute("id") or "")
    return marked.inner_text()


def question(page: Page) -> str:
    url = urlsplit(page.url)
    return f"{url.path}?{url.query}"


def test_the_arrows_walk_through_the_list_and_enter_opens_what_is_active(visit: Visit) -> None:
    page = visit("/digests/")
    box, options = page.get_by_role("combobox", name="Search papers"), page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "false")
    type_into_box(page, "atten")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile(".*"))
    page.keyboard.press("ArrowDown")
    first = active(page)
    assert first == options.first.inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    assert active(page) == options.last.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert active(page) == first
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/papers/\?tag=attention$"))


def test_enter_searches_where_nothing_in_the_list_is_active(visit: Visit) -> None:
    page = visit("/")
    type_into_box(page, "attention")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/papers/\?q=attention$"))
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_closes_the_list_and_keeps_what_was_typed(visit: Visit) -> None:
    page = visit("/")
    type_into_box(page, "atten")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("atten")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_tab_leaves_the_box_and_closes_the_list(visit: Visit) -> None:
    page = visit("/")
    type_into_box(page, "atten")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("link", name="Sign in")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_suggestion_can_be_clicked(width: int, visit: Visit) -> None:
    page = visit("/", width=width)
    page.locator("#q").click()
    page.keyboard.type("attention vasw", delay=AS_ONE_TYPES)
    page.get_by_role("option", name=re.compile("Ashish Vaswani")).click()
    expect(page.locator("#question")).to_contain_text("attention")
    assert question(page) == "/papers/?q=attention&author=Ashish+Vaswani"


def test_where_the_papers_are_listed_they_follow_what_is_typed_as_well(visit: Visit) -> None:
    page = visit("/papers/?since=1900")
    type_into_box(page, "attention is all")
    expect(page.locator("#question")).to_have_text(re.compile("attention is all"))
    expect(page.get_by_role("option", name=re.compile("^Attention Is All You Need"))).to_be_visible()
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert question(page) == "/papers/?q=attention+is+all&since=1900"
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.locator("#question")).to_have_text("Papers")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_an_answer_that_comes_late_opens_no_list_and_replaces_no_newer_one(visit: Visit) -> None:
    page = visit("/digests/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"suggestions/\?q=att$"), hold)
    type_into_box(page, "att")
    page.wait_for_timeout(400)
    assert len(held) == 1
    page.keyboard.type("ention is", delay=AS_ONE_TYPES)
    expect(page.get_by_role("option")).to_have_text([re.compile("^Attention Is All You Need")])
    page.keyboard.press("Escape")
    held[0].continue_()
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_javascript_the_box_is_a_plain_one(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    expect(page.get_by_role("searchbox", name="Search papers")).to_be_visible()
    page.get_by_role("searchbox").fill("atten")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/papers/\?q=atten$"))


def test_a_misspelled_word_leads_to_what_was_meant(visit: Visit) -> None:
    page = visit("/papers/?q=atention")
    page.get_by_role("link", name="attention", exact=True).click()
    expect(page.locator("#question")).to_have_text("Papers matching “attention”")
    expect(page.locator("#q")).to_have_value("attention")


def test_tags_narrow_as_one_types(visit: Visit) -> None:
    page = visit("/tags/")
    page.get_by_label("Find a tag").fill("attention")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_text([re.compile("^attention")])
    expect(page).to_have_url(re.compile(r"/tags/\?q=attention$"))
    page.get_by_role("link", name="attention", exact=True).click()
    expect(page).to_have_url(re.compile(r"/papers/\?tag=attention$"))
