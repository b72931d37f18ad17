"""A page is triaged by keyboard alone; nothing is stolen from whoever writes; the focus stays where one is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Visit

WIDE, NARROW = 1440, 1024
FOCUSED = ".entry:has(.entry-title a:focus)"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def row(page: Page, number: int) -> Locator:
    return page.locator(".entry").nth(number)


def title(page: Page, number: int) -> Locator:
    return row(page, number).locator(".entry-title a")


def still(page: Page) -> None:
    """When whatever was asked for has come and settled."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def states(page: Page) -> list[str | None]:
    return [each.get_attribute("data-state") for each in page.locator(".entry").all()]


def test_j_and_k_walk_through_the_rows_with_the_focus(visit: Visit) -> None:
    page = visit("/")
    for number in (0, 1, 2):
        press(page, "j")
        expect(title(page, number)).to_be_focused()
        expect(row(page, number)).to_be_in_viewport(ratio=0.5)
    press(page, "k")
    expect(title(page, 1)).to_be_focused()
    press(page, "k", "k", "k")
    expect(title(page, 0)).to_be_focused()


def test_behind_the_last_row_is_the_way_to_the_next_page_which_begins_at_its_first(visit: Visit) -> None:
    page = visit("/papers/")
    page.locator(".entry-title a").last.focus()
    press(page, "j")
    way = page.get_by_role("link", name="Older", exact=True)
    expect(way).to_be_focused()
    press(page, "k")
    expect(page.locator(".entry-title a").last).to_be_focused()
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("after="))
    expect(title(page, 0)).to_be_focused()
    press(page, "k")
    expect(page.get_by_role("link", name="Newer", exact=True)).to_be_focused()
    press(page, "Shift+K")
    expect(page.get_by_role("link", name="Newer", exact=True)).to_have_count(0)
    expect(title(page, 0)).to_be_focused()
    press(page, "Shift+J")
    expect(page.get_by_role("link", name="Newer", exact=True)).to_be_visible()


def test_a_page_is_triaged_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    count = page.locator(".entry").count()
    wanted = []
    for number in range(count):
        press(page, "j")
        expect(title(page, number)).to_be_focused()
        key, state = [("m", "read"), ("x", "dismissed"), ("*", "unread")][number % 3]
        press(page, key)
        wanted.append(state)
        if state == "unread":
            star = row(page, number).get_by_role("button", name="Star")
            expect(star).to_have_attribute("aria-pressed", "true")
        else:
            expect(row(page, number)).to_have_attribute("data-state", state)
        expect(title(page, number)).to_be_focused()
    left = wanted.count("unread")
    expect(page.locator("#left")).to_contain_text(f"{left} of {count} left")
    page.reload()
    expect(page.locator("#left")).to_contain_text(f"{left} of {count} left")


def test_the_same_key_takes_back_what_it_did(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    press(page, "j", "j")
    for key, state in (("m", "read"), ("m", "unread"), ("x", "dismissed"), ("x", "unread")):
        press(page, key)
        expect(row(page, 1)).to_have_attribute("data-state", state)
        expect(title(page, 1)).to_be_focused()


def test_without_a_current_row_no_paper_is_marked(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    press(page, "m", "x", "*")
    still(page)
    assert set(states(page)) == {"unread"}
    press(page, "j")
    page.locator("#question").click()
    press(page, "x")
    still(page)
    assert set(states(page)) == {"unread"}, "it is no longer the current one"


def test_a_paper_opens_beside_the_list_and_is_marked_there(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    press(page, "j", "j", "o")
    expect(page.locator("#pane h2")).to_have_text(title(page, 1).inner_text())
    expect(page.locator("#pane")).to_be_focused()
    press(page, "m")
    expect(row(page, 1)).to_have_attribute("data-state", "read")
    expect(page.locator("#pane")).to_be_focused()
    expect(page.locator("#pane").get_by_role("button", name="Read", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    press(page, "j")
    expect(title(page, 2)).to_be_focused()
    press(page, "*")
    expect(row(page, 2).get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#pane").get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "false")


def test_without_room_for_a_pane_a_paper_opens_as_its_page(visit: Visit) -> None:
    page = visit("/papers/?since=1900", signed_in=True, width=NARROW)
    press(page, "j", "j")
    opened, following = title(page, 1).inner_text(), title(page, 2).inner_text()
    press(page, "o")
    expect(page.get_by_role("heading", level=1)).to_have_text(opened)
    page.wait_for_load_state()  # before it has its scripts, keys do nothing
    press(page, "*")
    expect(page.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    press(page, "j")
    expect(page.get_by_role("heading", level=1)).to_have_text(following)


def test_u_undoes_what_was_done_last(visit: Visit) -> None:
    page = visit("/papers/?q=attention", signed_in=True)
    page.locator(".marking summary").first.click()
    page.locator(".marking").get_by_role("button", name="Starred", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    press(page, "u")
    expect(page.locator(".message")).to_contain_text("Taken back.")


def test_g_and_a_letter_lead_to_places(visit: Visit) -> None:
    page = visit("/")
    for letter, address in (("d", "/digests/"), ("p", "/papers/"), ("t", "/")):
        press(page, "g", letter)
        expect(page).to_have_url(re.compile(f"[0-9]{address}$"))
        page.wait_for_load_state()  # before it has its scripts, keys do nothing
    press(page, "g", "x", "d")
    still(page)
    expect(page).to_have_url(re.compile("[0-9]/$"))


# What is not stolen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "field"),
    [("/papers/", "#q"), ("/paste/", "textarea"), ("/account/", "#id_page_size"), ("/account/", "#id_opening_reads")],
)
def test_letters_belong_to_whoever_writes_or_chooses(address: str, field: str, visit: Visit) -> None:
    page = visit(address, signed_in=True)
    page.locator(field).focus()
    press(page, "j", "x", "g", "d", "?", "m")
    still(page)
    expect(page.locator(field)).to_be_focused()
    assert page.locator("dialog[open]").count() == 0
    if field in ("#q", "textarea"):
        expect(page.locator(field)).to_have_value("jxgd?m")


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_a_key_with_another_is_the_browsers(modifier: str, visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    press(page, "j")
    page.evaluate(
        """(modifier) => {
          const held = { ctrlKey: modifier === "Control", altKey: modifier === "Alt", metaKey: modifier === "Meta" };
          for (const key of ["x", "j", "?"])
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...held }));
        }""",
        modifier,
    )
    still(page)
    assert set(states(page)) == {"unread"}
    expect(title(page, 0)).to_be_focused()
    assert page.locator("dialog[open]").count() == 0


def test_a_key_that_is_held_marks_once_and_walks_on(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    page.keyboard.down("j")
    page.keyboard.down("j")
    expect(title(page, 1)).to_be_focused()
    page.keyboard.up("j")
    page.keyboard.down("m")
    page.keyboard.down("m")
    page.keyboard.up("m")
    expect(row(page, 1)).to_have_attribute("data-state", "read")
    still(page)
    expect(row(page, 1)).to_have_attribute("data-state", "read")


def test_where_letters_are_not_latin_the_place_of_the_key_counts(visit: Visit) -> None:
    page = visit("/")
    page.evaluate(
        """() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "о", code: "KeyJ", bubbles: true }))"""
    )
    expect(title(page, 0)).to_be_focused()


def test_switched_off_no_letter_does_anything(visit: Visit) -> None:
    page = visit("/keys/", signed_in=True)
    page.get_by_role("button", name="Switch keys off").click()
    expect(page.get_by_text("Keys are off.")).to_be_visible()
    page.goto("/papers/")
    press(page, "j", "m", "x", "?", "/", "g", "d")
    still(page)
    expect(page.locator("body")).to_be_focused()
    assert set(states(page)) == {"unread"}
    expect(page).to_have_url(re.compile("/papers/$"))
    assert page.locator("[aria-keyshortcuts]").count() == 0
    page.goto("/keys/")
    page.get_by_role("button", name="Switch keys on").click()
    expect(page.get_by_role("button", name="Switch keys off")).to_be_visible()
    page.goto("/papers/")
    press(page, "j")
    expect(title(page, 0)).to_be_focused()


def test_who_has_not_signed_in_only_walks(visit: Visit) -> None:
    page = visit("/papers/")
    press(page, "j", "m", "*", "x", "u")
    still(page)
    expect(title(page, 0)).to_be_focused()
    expect(page).to_have_url(re.compile("/papers/$"))


# The page of keys -----------------------------------------------------------------------------------------------


def test_the_keys_open_over_the_page_and_escape_leads_back_to_where_one_was(visit: Visit) -> None:
    page = visit("/")
    press(page, "j", "j", "?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    press(page, "j", "x")
    expect(keys).to_be_visible()
    press(page, "Escape")
    expect(keys).to_be_hidden()
    expect(title(page, 1)).to_be_focused()
    page.get_by_role("link", name="Keys").click()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()
    expect(page.get_by_role("link", name="Keys")).to_be_focused()


def test_buttons_tell_assistive_technology_their_keys(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    read = row(page, 0).get_by_role("button", name="Read", exact=True)
    expect(read).to_have_attribute("aria-keyshortcuts", "m")
    read.click()
    expect(row(page, 0)).to_have_attribute("data-state", "read")
    expect(read).to_have_attribute("aria-keyshortcuts", "m")
    expect(read).to_be_focused()


# Opening a paper ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_opening_marks_as_read_where_that_is_chosen_and_only_then(width: int, visit: Visit) -> None:
    page = visit("/account/", signed_in=True, width=width)
    page.get_by_label("Opening a paper marks it as read").check()
    page.get_by_role("button", name="Save how I read").click()
    expect(page.get_by_text("Saved how you read.")).to_be_visible()
    page.goto("/papers/")
    press(page, "j", "o")
    acts = page.locator("[id^=acts-]")
    expect(acts.get_by_role("button", name="Read", exact=True)).to_have_attribute("aria-pressed", "true")
    if width == WIDE:
        expect(page.locator("#pane")).to_be_focused()
        expect(row(page, 0)).to_have_attribute("data-state", "read")
    press(page, "m")
    expect(acts.get_by_role("button", name="Read", exact=True)).to_have_attribute("aria-pressed", "false")
    still(page)
    expect(acts.get_by_role("button", name="Read", exact=True)).to_have_attribute("aria-pressed", "false")


def test_without_scripts_opening_marks_nothing_and_the_button_does(visit: Visit) -> None:
    page = visit("/account/", signed_in=True, java_script_enabled=False)
    page.get_by_label("Opening a paper marks it as read").check()
    page.get_by_role("button", name="Save how I read").click()
    expect(page.get_by_text("Saved how you read.")).to_be_visible()
    page.goto("/papers/")
    opened = title(page, 0).inner_text()
    title(page, 0).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(opened)
    read = page.get_by_role("button", name="Read", exact=True)
    expect(read).to_have_attribute("aria-pressed", "false")
    read.click()
    expect(page.get_by_role("button", name="Read", exact=True)).to_have_attribute("aria-pressed", "true")
