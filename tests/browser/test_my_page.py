"""My page in a real browser: what somebody chooses there holds on every page, and no page breaks by it."""

import pytest
from playwright.sync_api import expect

from .addresses import ADDRESSES
from .conftest import Visit


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_with_the_largest_text_nothing_is_wider_than_the_window(width: int, visit: Visit) -> None:
    page = visit("/account/", signed_in=True, width=width, troubled=True)
    page.get_by_label("Text size").select_option("largest")
    page.get_by_role("button", name="Save how I read").click()
    expect(page.locator("html")).to_have_attribute("data-text", "largest")
    for where in ADDRESSES:
        page.goto(where)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{where} is {wider} px too wide"


def test_where_something_is_wrong_the_focus_goes(visit: Visit) -> None:
    page = visit("/account/", signed_in=True)
    page.get_by_label("User name").fill("carol")
    page.get_by_role("button", name="Save who I am").click()
    expect(page.get_by_label("User name")).to_be_focused()
    expect(page.get_by_text("Somebody else has this user name.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])
def test_a_choice_holds_at_once(javascript: bool, visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, java_script_enabled=javascript)
    expect(page.locator(".entry")).to_have_count(25)
    page.get_by_role("link", name="My page").click()
    page.get_by_label("A page shows").select_option("10 papers")
    page.get_by_role("button", name="Save how I read").click()
    expect(page.get_by_text("Saved how you read.")).to_be_visible()
    page.get_by_role("link", name="Papers", exact=True).click()
    expect(page.locator(".entry")).to_have_count(10)
