"""Coming in by an invitation and leaving again, in a real browser: wide, on a phone, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from .axe import faults
from .conftest import CURATOR, Visit

WORDS = "long enough words"


def invite(visit: Visit, **options: object) -> Page:
    """The page of the desk with a link for somebody."""
    desk = visit("/admin/papers/invitation/add/", signed_in=CURATOR, **options)
    desk.get_by_role("button", name="Make the link").click()
    expect(desk.get_by_role("heading", name="Pass on this link")).to_be_visible()
    assert_sound(desk)
    return desk


def assert_sound(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the window."""
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


@pytest.mark.parametrize(
    ("user_name", "options"),
    [
        ("ada-wide", {}),
        ("ada-phone", {"width": 390}),
        ("ada-plain", {"java_script_enabled": False}),
    ],
)
def test_somebody_comes_by_a_link_and_leaves(user_name: str, options: dict[str, object], visit: Visit) -> None:
    link = invite(visit).get_by_label("Link", exact=True).input_value()
    page = visit(link, **options)
    scripted = options.get("java_script_enabled", True)
    expect(page.get_by_text("carol invites you to read here.")).to_be_visible()
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("User name").fill(user_name)
    page.get_by_label("Password", exact=True).fill(WORDS)
    page.get_by_label("Password (again)").fill("something else")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("You must type the same password each time.")).to_be_visible()
    if scripted:
        assert_sound(page)
    page.get_by_label("Password", exact=True).fill(WORDS)
    page.get_by_label("Password (again)").fill(WORDS)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("link", name="AL My page")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have an account already")
    page.goto("/account/deletion/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete your account")
    if scripted:
        assert_sound(page)
    page.get_by_role("button", name=f"Delete {user_name} for good").click()
    expect(page.get_by_text("Your account is deleted")).to_be_visible()


def test_a_link_is_copied_by_a_button(visit: Visit) -> None:
    desk = invite(visit, permissions=["clipboard-read", "clipboard-write"])
    desk.get_by_role("button", name="Copy").click()
    expect(desk.get_by_role("button", name="Copied")).to_be_visible()
    assert desk.evaluate("navigator.clipboard.readText()") == desk.get_by_label("Link", exact=True).input_value()
