"""Colleagues talk in a real browser: about a paper and a list, on a phone, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from .axe import faults
from .conftest import Visit

scripted_or_plain = pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])


def say(page: Page, words: str) -> None:
    page.get_by_label("Add to it").fill(words)
    page.get_by_role("button", name="Say it").click()


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@scripted_or_plain
def test_two_people_talk_about_a_paper(javascript: bool, visit: Visit) -> None:
    hers = visit("/papers/", signed_in=True, width=390, java_script_enabled=javascript)
    address = hers.locator(".entry-title a").nth(int(javascript) + 3).get_attribute("href") or ""
    his = visit(address, signed_in=True, width=390, java_script_enabled=javascript)
    hers.goto(address)
    say(hers, "It holds for $x^2$; *does* it for @carol?")
    expect(hers.locator(".remark-text")).to_contain_text("does it for carol?")
    expect(hers.locator(".remark-text math")).to_be_visible()
    his.reload()
    his.locator("summary", has_text="Answer").click()
    his.get_by_label("Your answer").fill("I tried. " + "Long" * 60)
    his.get_by_role("button", name="Answer").click()
    expect(his.locator(".answers .remark-text")).to_contain_text("I tried.")
    assert not is_too_wide(his)
    assert not javascript or faults(his) == []
    hers.reload()
    own = hers.locator(".remark").first
    own.locator("summary", has_text="Edit").click()
    own.get_by_label("What you said").fill("It holds.")
    own.get_by_role("button", name="Save").click()
    expect(own).to_contain_text("edited")
    own.locator("summary", has_text="Remove").click()
    own.get_by_role("button", name="Remove it").click()
    expect(own).to_contain_text("Removed by its writer")
    expect(hers.locator(".answers .remark-text")).to_contain_text("I tried.")
    his.goto("/activity/")
    assert not is_too_wide(his)
    hers.goto("/activity/")
    expect(hers.locator(".deeds")).to_contain_text("I tried.")
    assert not javascript or faults(hers) == []


def test_who_may_be_meant_is_offered_while_one_writes(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    page.goto(page.locator(".entry-title a").nth(5).get_attribute("href") or "")
    box = page.get_by_label("Add to it")
    box.press_sequentially("Ask me@caro, or @caro")
    page.get_by_role("group", name="Whom you may mean").get_by_role("button", name="carol").wait_for()
    assert faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.type("knows.")
    expect(box).to_have_value("Ask me@caro, or @carol knows.")
    expect(page.locator("[data-mention]")).to_have_count(0)


@scripted_or_plain
def test_what_is_worth_reading_is_told_and_taken_back(javascript: bool, visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, java_script_enabled=javascript)
    page.goto(page.locator(".entry-title a").nth(int(javascript) + 6).get_attribute("href") or "")
    page.get_by_role("button", name="Tell everybody here that it is worth reading").click()
    expect(page.locator("#worth")).to_contain_text("Found worth reading by you")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#worth")).not_to_contain_text("by you")


def test_a_lists_talk_and_handout_are_as_accessible_as_its_papers(visit: Visit) -> None:
    page = visit("/lists/", signed_in=True)
    page.get_by_label("Name").fill("Thursday readers")
    page.get_by_role("button", name="Make a list").click()
    say(page, "I am away on the 20th.")
    expect(page.locator("#talk")).to_contain_text("1 remark, read by the members of the list")
    found = faults(page)
    page.get_by_role("link", name="Handout").click()
    found += faults(page)
    assert found == []
