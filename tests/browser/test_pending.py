"""A stale tab in a real browser: what is done in it is done after signing in again, and nothing typed is lost."""

import re
import shutil

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import faults
from .conftest import Site, Visit, sign_in
from .test_ways_in import PAGE

#: Not the paper that other tests paste and take back.
PANS = PAGE.replace("Kettles", "Pans").replace("77002", "77003")

scripted_or_plain = pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])


def name_of(page: Page) -> str:
    return page.locator(".face").get_attribute("title") or ""


def another_tab(page: Page) -> Page:
    tab = page.context.new_page()
    tab.goto("/account/")
    return tab


def sign_out(tab: Page) -> None:
    tab.locator("button:visible", has_text="Sign out").first.click()
    expect(tab.get_by_role("link", name="Sign in")).to_be_visible()


def do_what_waits(page: Page, *, javascript: bool) -> None:
    """Without JavaScript by a click, in a page that says what it is, at every width and in both colours."""
    if javascript:
        return
    expect(page.get_by_role("heading", level=1)).to_have_text("Still to be done")
    page.get_by_role("button", name="Do it now").click()


@scripted_or_plain
def test_a_star_after_signing_out_in_another_tab_is_set_after_signing_in(javascript: bool, visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, java_script_enabled=javascript)
    name = name_of(page)
    sign_out(another_tab(page))
    row = page.locator(".entry").nth(7)
    identity = row.get_attribute("id")
    row.get_by_role("button", name="Star").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_role("status")).to_contain_text("You had been signed out.")
    sign_in(page, name)
    do_what_waits(page, javascript=javascript)
    expect(page).to_have_url(re.compile(rf"/papers/#{identity}$"))
    expect(row.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    expect(row).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Still to be done")


@scripted_or_plain
def test_a_star_in_a_tab_from_before_one_signed_in_again_is_set(javascript: bool, visit: Visit) -> None:
    page = visit("/papers/", signed_in=True, java_script_enabled=javascript)
    name, tab = name_of(page), another_tab(page)
    sign_out(tab)
    tab.goto("/account/login/")
    sign_in(tab, name)
    star = page.locator(".entry").nth(7).get_by_role("button", name="Star")
    star.click()
    do_what_waits(page, javascript=javascript)
    expect(star).to_have_attribute("aria-pressed", "true")


@scripted_or_plain
def test_what_was_pasted_after_signing_out_is_taken_in_after_signing_in(javascript: bool, visit: Visit) -> None:
    page = visit("/paste/", signed_in=True, java_script_enabled=javascript)
    name = name_of(page)
    page.get_by_label("What you have copied").fill(PANS)
    sign_out(another_tab(page))
    page.get_by_role("button", name="Take it in").click()
    sign_in(page, name)
    if not javascript:
        expect(page.get_by_role("heading", level=2)).to_have_text("Your text is kept")
        expect(page.get_by_text("We watched kettles.")).to_be_visible()
    do_what_waits(page, javascript=javascript)
    expect(page).to_have_url(re.compile(r"/paste/\d+/$"))
    expect(page.locator(".entry-title")).to_have_text(["On Pans, Pasted"])


def test_what_waits_is_said_so_that_everybody_can_read_it(visit: Visit) -> None:
    page = visit("/paste/", signed_in=True, width=390)
    name = name_of(page)
    page.route("**/js/pending*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.get_by_label("What you have copied").fill(PANS + "unbreakable" * 50)
    sign_out(another_tab(page))
    page.get_by_role("button", name="Take it in").click()
    sign_in(page, name)
    expect(page.get_by_role("button", name="Do it now")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_back_after_signing_out_shows_nothing_of_who_was_there(visit: Visit) -> None:
    page = visit("/papers/", signed_in=True)
    for address in ("/papers/?is=starred", "/paste/"):
        page.goto(address)
    sign_out(page)
    for _ in range(2):
        page.go_back()
        expect(page.locator(".face")).to_have_count(0)
        expect(page.get_by_role("button", name="Star")).to_have_count(0)


def test_nor_where_the_browser_brings_pages_back_as_they_were(site: Site, chromium: Browser) -> None:
    """As browsers do, but not those that Playwright starts unless they are told to."""
    path, how = shutil.which("chromium"), ["--no-sandbox", "--disable-gpu"]
    kept = ["--disable-back-forward-cache"]
    with chromium.browser_type.launch(executable_path=path, args=how, ignore_default_args=kept) as browser:
        page = browser.new_page(base_url=site.url)
        page.goto("/account/login/?next=/papers/")
        sign_in(page, next(site.readers))
        page.evaluate("window.isAsItWas = true")
        page.goto("/tags/")
        page.evaluate("history.back()")
        page.wait_for_function("window.isAsItWas")
        sign_out(page)
        page.evaluate("history.back()")
        expect(page.locator(".face")).to_have_count(0)
        expect(page).to_have_url(re.compile("/papers/$"))
