"""The rules of accessibility that a machine can check hold on every page."""

import pytest

from .addresses import ADDRESSES
from .axe import faults
from .conftest import Visit


@pytest.mark.parametrize("signed_in", [False, True])
def test_axe_finds_nothing(signed_in: bool, visit: Visit) -> None:
    page = visit("/", signed_in=signed_in, troubled=True)
    paper = page.locator(".entry-title a").first.get_attribute("href") or ""
    found = []
    for address in [*ADDRESSES, paper, f"{paper}?since=1900"]:
        page.goto(address)
        found += faults(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("signed_in", [False, True])
def test_axe_finds_nothing_in_what_opens_on_a_page(signed_in: bool, visit: Visit) -> None:
    page = visit("/papers/", signed_in=signed_in)
    page.locator(".entry-title a").first.click()
    page.locator("#pane h2").wait_for()
    found = faults(page)
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    found += faults(page)
    page.keyboard.press("Escape")
    page.locator("#q").fill("atten")
    page.locator("#suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    found += faults(page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_all_was_marked_and_may_be_again(visit: Visit) -> None:
    page = visit("/papers/?q=attention", signed_in=True)
    page.get_by_text("Mark all").click()
    page.get_by_role("button", name="Starred", exact=True).click()
    page.get_by_role("button", name="Undo").wait_for()
    page.get_by_text("Mark all").click()
    assert faults(page) == []


def test_a_colour_that_is_wrong_by_night_alone_is_found(visit: Visit) -> None:
    page = visit("/no-such-page/", troubled=True)
    assert faults(page) == []
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("@media (prefers-color-scheme: dark) { h1 { color: #222 } }");
          document.adoptedStyleSheets.push(sheet);
        }"""
    )
    [found] = faults(page)
    assert "by night" in found
    assert "color-contrast" in found
