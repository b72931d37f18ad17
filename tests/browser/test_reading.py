"""Reading a digest in a real browser: wide, on a phone, and without JavaScript."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from .addresses import ADDRESSES
from .conftest import Visit, sign_in

WIDE, PHONE = 1440, 390


def rows(page: Page) -> list[str]:
    page.wait_for_load_state()
    return page.locator(".entry-title").all_inner_texts()


def depth(page: Page) -> int:
    """How far down the page is scrolled, when what was swapped has settled."""
    expect(page.locator(".htmx-swapping, .htmx-settling")).to_have_count(0)
    y: int = page.evaluate("Math.round(scrollY)")
    return y


def address(page: Page) -> str:
    url = urlsplit(page.url)
    return f"{url.path}?{url.query}" if url.query else url.path


def test_the_front_page_shows_the_newest_sample_digest(visit: Visit) -> None:
    page = visit()
    assert len(rows(page)) >= 12
    assert page.get_by_role("heading", level=1).inner_text()
    latest = page.locator(".days [aria-current=date]")
    latest.click()
    expect(page).to_have_url(re.compile(r"/digests/\d{4}/\d\d/\d\d/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_facet_narrows_and_the_focus_goes_to_the_new_heading(visit: Visit) -> None:
    page = visit("/papers/")
    before = rows(page)
    facet = page.locator(".facet a", has_text="attention").first
    facet.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_text(["Drop tagged attention"])
    assert address(page) == "/papers/?tag=attention"
    expect(page.locator("#question")).to_be_focused()
    assert 0 < len(rows(page)) < len(before)
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert rows(page) == before
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    assert address(page) == "/papers/?tag=attention"


def test_search_as_one_types_keeps_the_focus_in_the_box(visit: Visit) -> None:
    page = visit("/papers/?tag=attention")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("attention is all")
    expect(page.locator("#question")).to_have_text("Papers matching “attention is all”")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(" you need")
    expect(page).to_have_url(re.compile(r"q=attention\+is\+all\+you\+need&tag=attention$"))
    expect(page.locator("#q")).to_be_focused()
    assert page.locator("#q").input_value() == "attention is all you need"
    assert rows(page) == ["Attention Is All You Need"]
    expect(page.get_by_role("status").filter(has_text="paper")).to_have_text("1 paper")
    expect(page).to_have_title(re.compile(r"Papers matching “attention is all you need” tagged .*attention"))


def test_pages_lead_on_and_back(visit: Visit) -> None:
    page = visit("/papers/")
    first = rows(page)
    page.get_by_role("link", name="Older", exact=True).click()
    expect(page.get_by_role("link", name="Newer", exact=True)).to_be_visible()
    second = rows(page)
    assert not set(first) & set(second)
    assert depth(page) == 0
    page.go_back()
    expect(page.locator(".entry-title").first).to_have_text(first[0])
    assert rows(page) == first
    page.go_forward()
    expect(page.locator(".entry-title").first).to_have_text(second[0])


def test_a_paper_opens_beside_the_list_and_back_is_where_one_was(visit: Visit) -> None:
    page = visit("/papers/?since=1900")
    links = page.locator(".entry-title a")
    links.nth(9).scroll_into_view_if_needed()
    list_address, place, titles = address(page), depth(page), rows(page)
    assert place > 0
    for n in (9, 8):
        links.nth(n).click()
        expect(page.locator("#pane h2")).to_have_text(titles[n])
        assert address(page) == links.nth(n).get_attribute("href")
        expect(page.locator("#pane")).to_be_focused()
        expect(page.locator(".entry[aria-current] .entry-title")).to_have_text(titles[n])
        expect(page).to_have_title(f"{titles[n]} · Lectern")
    assert rows(page) == titles
    page.go_back()
    expect(page.locator("#pane")).to_have_text("Choose a paper, and it opens here.")
    assert (address(page), depth(page), rows(page)) == (list_address, place, titles)


def test_the_whole_page_of_a_paper_leads_to_its_neighbours(visit: Visit) -> None:
    page = visit("/papers/?since=1900")
    titles = rows(page)
    page.locator(".entry-title a").nth(3).click()
    page.get_by_role("link", name="The whole page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[3])
    page.locator(".context [rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[4])


def test_marks_are_made_in_place_and_what_is_left_follows(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    left = page.locator("#left")
    size = int(re.findall(r"(\d+) of", left.inner_text())[0])
    lead = page.locator(".entry.is-open")
    title = lead.locator(".entry-title").inner_text()
    row = page.locator(".entry", has_text=title).first
    star = row.get_by_role("button", name="Star")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    expect(lead).to_have_count(1)
    row.get_by_role("button", name="Read", exact=True).click()
    expect(left).to_contain_text(f"{size - 1} of {size} left")
    expect(row).to_have_attribute("data-state", "read")
    expect(row.get_by_role("button", name="Read", exact=True)).to_be_focused()
    other = page.locator(".entry").nth(2)
    other.get_by_role("button", name="Not for me").click()
    expect(left).to_contain_text(f"{size - 2} of {size} left")
    expect(other.get_by_role("button")).to_have_text(["Bring back"])
    expect(other.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(left).to_contain_text(f"{size - 1} of {size} left")
    page.reload()
    expect(left).to_contain_text(f"{size - 1} of {size} left")
    expect(row).to_have_attribute("data-state", "read")


def test_the_row_and_the_pane_follow_each_other(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    page.locator(".entry-title a").nth(1).click()
    row, pane = page.locator(".entry").nth(1), page.locator("#pane")
    pane.get_by_role("button", name="Star").click()
    expect(row.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    row.get_by_role("button", name="Read", exact=True).click()
    expect(pane.get_by_role("button", name="Read", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(row).to_have_attribute("aria-current", "true")
    page.locator(".entry").nth(2).get_by_role("button", name="Star").click()
    expect(page.locator(".entry").nth(2).get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")


def test_who_saves_a_note_stands_where_they_can_edit_it(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    page.locator(".entry-title a").first.click()
    page.locator("#pane summary").click()
    page.get_by_label("My note").fill("By $x^2$")
    page.get_by_label("My note").evaluate("box => { box.style.height = '20rem' }")  # as by dragging its corner
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Edit the note")).to_be_focused()


def test_a_double_click_marks_once_and_two_marks_at_once_are_both_made(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    row = page.locator(".entry").nth(1)
    read, star = (row.get_by_role("button", name=name) for name in ("Read", "Star"))
    read.dblclick(delay=100)
    expect(row).to_have_attribute("data-state", "read")
    page.wait_for_load_state("networkidle")
    expect(read).to_have_attribute("aria-pressed", "true")
    buttons = [read.element_handle(), star.element_handle()]
    page.evaluate("buttons => buttons.forEach((button) => button.click())", buttons)
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(read).to_have_attribute("aria-pressed", "false")


def test_a_mark_that_waits_for_another_is_made_also_where_that_one_fails(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, troubled=True)
    row = page.locator(".entry").nth(1)
    read, star = (row.get_by_role("button", name=name) for name in ("Read", "Star"))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/state/", hold, times=1)
    buttons = [read.element_handle(), star.element_handle()]
    page.evaluate("buttons => buttons.forEach((button) => button.click())", buttons)
    page.wait_for_timeout(200)
    [asked] = held
    asked.abort()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(read).to_have_attribute("aria-pressed", "false")


def test_of_two_marks_that_are_answered_the_other_way_round_the_later_says_how_much_is_left(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    left, read = page.locator("#left"), page.locator(".entry").get_by_role("button", name="Read", exact=True)
    before = int(re.findall(r"(\d+) of", left.inner_text())[0])
    answers: list[tuple[Route, APIResponse]] = []

    def answer_backwards(route: Route) -> None:
        answers.append((route, route.fetch()))
        if len(answers) == 2:
            for asked, response in reversed(answers):
                asked.fulfill(response=response)

    page.route("**/state/", answer_backwards)
    read.nth(0).click()
    read.nth(1).click()
    expect(read.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(read.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(left).to_contain_text(f"{before - 2} of" if before > 2 else "All")


def test_when_the_server_is_away_it_is_said_and_nothing_is_lost(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, troubled=True)
    titles = rows(page)
    trouble = page.locator("#trouble")
    star = page.locator(".entry").first.get_by_role("button", name="Star")
    page.context.set_offline(True)
    star.click()
    expect(trouble).to_contain_text("The server does not answer.")
    page.locator(".entry-title a").first.click()
    expect(page.locator("#pane")).to_have_text("Choose a paper, and it opens here.")
    assert rows(page) == titles
    page.context.set_offline(False)
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(trouble).to_be_hidden()


def test_a_page_that_grew_too_old_says_so(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, troubled=True)
    for name in ("csrftoken", "tabs"):
        page.context.clear_cookies(name=name)
    page.locator(".entry").first.get_by_role("button", name="Star").click()
    expect(page.get_by_role("alert")).to_contain_text("This page had grown too old.")


def test_who_was_signed_out_meanwhile_signs_in_and_is_back(visit: Visit) -> None:
    page = visit("/papers/?q=attention", signed_in=True)
    name = page.locator(".face").get_attribute("title") or ""
    page.context.clear_cookies(name="sessionid")
    page.locator(".entry").first.get_by_role("button", name="Star").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.locator("h1")).to_have_count(1)
    sign_in(page, name)
    expect(page.locator("#question")).to_have_text("Papers matching “attention”")
    star = page.locator(".entry").first.get_by_role("button", name="Star")
    expect(star).to_have_attribute("aria-pressed", "true")


def test_next_unread_walks_from_row_to_row_and_on_into_the_next_digest(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    titles = rows(page)
    onward = page.get_by_role("banner").get_by_role("link", name="Next unread")
    for title in titles[:2]:
        onward.click()
        expect(page.locator(".entry:target .entry-title")).to_have_text(title)
        expect(page.locator(".entry.is-open .entry-title")).to_have_text(title)
        expect(page.locator(".entry:target")).to_be_in_viewport()
    row = page.locator(".entry", has_text=titles[1])
    row.get_by_role("button", name="Read", exact=True).click()
    expect(row).to_have_attribute("data-state", "read")
    onward.click()
    expect(page.locator(".entry:target .entry-title")).to_have_text(titles[2])
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("main").get_by_role("link", name="Next unread").click()
    expect(page.locator(".entry:target")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)


# On a phone, and without JavaScript -----------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_whole_journey(width: int, javascript: bool, visit: Visit) -> None:
    page = visit("/", signed_in=True, width=width, java_script_enabled=javascript)
    assert len(rows(page)) >= 12
    page.get_by_role("link", name="Papers", exact=True).click()
    expect(page).to_have_url(re.compile("/papers/$"))
    page.get_by_label("Search papers").fill("attention")
    page.get_by_label("Search papers").press("Enter")
    expect(page.locator("#question")).to_have_text("Papers matching “attention”")
    narrow = page.get_by_role("link", name="Narrow", exact=True)
    assert narrow.is_visible() is (width == PHONE)
    if narrow.is_visible():
        narrow.click()
    page.locator(".facet a", has_text="Unread").click()
    expect(page.locator(".chip")).to_have_text(["Drop that I have not read"])
    expect(page.locator(".entry-title").first).to_be_visible()
    titles = rows(page)
    assert depth(page) == 0
    page.locator(".entry-title a").last.focus()
    list_address = address(page)
    page.keyboard.press("Enter")
    beside = javascript and width == WIDE
    expect(page.locator("#pane h2" if beside else "h1")).to_have_text(titles[-1])
    assert address(page).startswith("/papers/")
    page.go_back()
    expect(page.locator("#pane")).to_have_text("Choose a paper, and it opens here.")
    expect(page.locator(".entry-title a").last).to_be_in_viewport()
    assert (address(page), rows(page)) == (list_address, titles)
    page.locator(".entry").last.get_by_role("button", name="Read", exact=True).click()
    if javascript:
        expect(page.locator(".entry").last).to_have_attribute("data-state", "read")
    else:
        expect(page.locator(".entry-title")).to_have_count(len(titles) - 1)
    page.get_by_role("link", name="Today").click()
    expect(page.locator("#left")).to_be_visible()
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_all_that_was_found_is_marked_by_keyboard_and_taken_back(width: int, javascript: bool, visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, width=width, java_script_enabled=javascript)
    page.goto("/papers/?q=attention&is=unread")
    titles = rows(page)
    page.locator(".marking summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".marking").get_by_role("button", name="Read", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text(f"Marked {len(titles)} papers as read.")
    expect(page.locator("#question")).to_have_text("Nothing matches all of that")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message p")).to_have_text("Taken back.")
    assert rows(page) == titles
    assert address(page) == "/papers/?q=attention&is=unread"


@pytest.mark.parametrize("width", [320, PHONE, WIDE // 2, 1024, 1920])
def test_nothing_is_wider_than_the_window(width: int, visit: Visit) -> None:
    """320 is a narrow phone, and 400% on a desk; half of a desk's width is 200% on it."""
    page = visit("/papers/", signed_in=True, width=width, troubled=True)
    page.locator(".marking summary").first.click()
    for where in ["", *ADDRESSES, page.locator(".entry-title a").first.get_attribute("href")]:
        if where:
            page.goto(where)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{where} is {wider} px too wide"
