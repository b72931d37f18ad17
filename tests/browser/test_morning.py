"""Somebody's first morning: they come by an invitation, add a passkey, and leave with a digest of 119 papers sorted."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import world

from .conftest import MAKE_READERS, Site, Visit, served
from .test_accounts import WORDS, assert_sound, invite
from .test_keys import press
from .test_passkeys import sign_out, with_device

SIZE, PAGE_SIZE, PAGES = 119, 25, 5
#: What is done with papers, in turn: the key, the button, and what the row then says.
TURNS = [("m", "Read", "read"), ("x", "Not for me", "dismissed"), ("*", "Star", "unread")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A library whose newest digest names 119 papers; it is reached by a name, as passkeys need one."""
    data = tmp_path_factory.mktemp("morning")
    digest = data / "digest.jsonl"
    digest.write_text("".join(json.dumps(world.line(number)) + "\n" for number in range(1, SIZE + 1)))
    with served(data, ("ingest", str(digest)), MAKE_READERS) as url:
        yield Site(url.replace("127.0.0.1", "localhost"), iter(()))


def newcomer(visit: Visit, user_name: str, **options: object) -> Page:
    """Somebody who has just come in by an invitation."""
    link = invite(visit).get_by_label("Link", exact=True).input_value()
    page = visit(link.replace("127.0.0.1", "localhost"), **options)
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("User name").fill(user_name)
    page.get_by_label("Password", exact=True).fill(WORDS)
    page.get_by_label("Password (again)").fill(WORDS)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("link", name="My page")).to_be_visible()
    return page


def with_passkey(page: Page) -> None:
    """Adds a passkey, and comes in again by it alone."""
    with_device(page)
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("This one")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="My page")).to_be_visible()


def rows(page: Page) -> Locator:
    return page.locator(".entry")


def left(page: Page) -> int:
    """How many papers are left, as the page says it."""
    said = page.locator("#left").inner_text()
    return 0 if "All" in said else int(re.findall(r"([\d,]+) of", said)[0].replace(",", ""))


def mark_all_as_read(page: Page) -> None:
    page.get_by_text(f"Mark all {SIZE} as").click()
    page.locator(".marking details[open]").get_by_role("button", name="Read", exact=True).click()
    expect(page.locator("#left")).to_contain_text(f"All {SIZE} read")


def test_a_digest_is_sorted_by_keyboard_alone(visit: Visit) -> None:
    page = newcomer(visit, "ada-keys")
    with_passkey(page)
    page.goto("/")
    assert left(page) == SIZE
    starred = 0
    for number in range(SIZE):
        if number % PAGE_SIZE or number == 0:  # whoever turns the page by a key stands at its first paper
            press(page, "j")
        row = rows(page).nth(number % PAGE_SIZE)
        expect(row.locator(".entry-title a")).to_be_focused()
        key, button, state = TURNS[number % 3]
        press(page, key)
        if key == "*":
            expect(row.get_by_role("button", name=button)).to_have_attribute("aria-pressed", "true")
            starred += 1
            press(page, "m")
            state = "read"
        expect(row).to_have_attribute("data-state", state)
        expect(row.locator(".entry-title a")).to_be_focused()
        if number % PAGE_SIZE == PAGE_SIZE - 1:
            expect(page.locator("#left")).to_contain_text(f"{SIZE - number - 1} of {SIZE} left")
            press(page, "Shift+J")
            expect(page).to_have_url(re.compile("after="))
    expect(page.locator("#left")).to_contain_text(f"All {SIZE} read")
    assert_sound(page)
    press(page, "u")
    expect(page.locator("#left")).to_contain_text(f"1 of {SIZE} left")
    press(page, "n")
    expect(page.locator(".entry[data-state=unread] .entry-title a")).to_be_focused()
    press(page, "m")
    expect(page.locator("#left")).to_contain_text(f"All {SIZE} read")
    page.goto("/papers/?is=starred")
    expect(page.locator(".count").first).to_contain_text(f"{starred} papers")


@pytest.mark.parametrize(
    ("user_name", "options"),
    [
        ("ada-plain", {"java_script_enabled": False}),
        ("ada-phone", {"width": 390}),
    ],
)
def test_it_is_sorted_by_forms_and_by_touch(user_name: str, options: dict[str, object], visit: Visit) -> None:
    page = newcomer(visit, user_name, **options)
    touched = "width" in options
    if touched:
        with_passkey(page)
    page.goto("/")
    assert left(page) == SIZE
    gone = 0
    for number in range(PAGE_SIZE):
        _, name, state = TURNS[number % 3]
        button = rows(page).nth(number).get_by_role("button", name=name, exact=True)
        button.tap() if touched else button.click()
        expect(rows(page).nth(number)).to_have_attribute("data-state", state)
        if name == "Star":  # which leaves the paper unread
            expect(button).to_have_attribute("aria-pressed", "true")
        gone += state != "unread"
        expect(page.locator("#left")).to_contain_text(f"{SIZE - gone} of {SIZE} left")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#left")).to_contain_text(f"{SIZE - gone + 1} of {SIZE} left")
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page).to_have_url(re.compile("after="))
    page.get_by_text(f"Mark these {PAGE_SIZE} as").click()
    page.locator(".marking details[open]").get_by_role("button", name="Read", exact=True).click()
    expect(page.locator("#left")).to_contain_text(f"{SIZE - gone + 1 - PAGE_SIZE} of {SIZE} left")
    mark_all_as_read(page)
    if touched:
        assert_sound(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#left")).to_contain_text(f"{SIZE - gone + 1 - PAGE_SIZE} of {SIZE} left")
    mark_all_as_read(page)
