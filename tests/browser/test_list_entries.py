"""A list is made, filled and put in order in a real browser: by mouse, by keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .axe import faults
from .conftest import Visit
from .test_keys import press, row, title
from .test_sharing import name_of

WIDE, PHONE = 1440, 390


def titles(page: Page) -> list[str]:
    return page.locator(".entry-title").all_inner_texts()


def toast(page: Page) -> Locator:
    return page.locator("#toast")


def filled(page: Page) -> list[str]:
    """A new list with four papers, as the page then shows it."""
    page.goto("/papers/?tag=attention&since=1900")
    page.locator(".marking").get_by_role("button", name="Save all 4 to…").click()
    page.get_by_label("Name your first list").fill("Mine")
    page.get_by_role("button", name="Make it, and save there").click()
    expect(toast(page)).to_contain_text("on “Mine”")
    page.goto("/lists/")
    page.goto(page.get_by_role("link", name="Mine", exact=True).get_attribute("href") or "")
    expect(page.locator(".entry")).to_have_count(4)
    return titles(page)


def test_a_first_list_is_made_and_filled_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/papers/?since=1900", signed_in=True)
    first, second = titles(page)[:2]
    press(page, "j", "s")
    dialog = page.get_by_role("dialog", name="Save to a list")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Name your first list")).to_be_focused()
    page.keyboard.type("Thursday readers")
    press(page, "Tab")
    page.keyboard.type("For its proofs.")
    press(page, "Enter")
    expect(dialog).to_be_hidden()
    expect(toast(page)).to_contain_text("on “Thursday readers”.")
    expect(title(page, 0)).to_be_focused()
    press(page, "j", "s")
    expect(dialog.get_by_role("button", name="Thursday readers")).to_be_focused()
    press(page, "Enter")
    expect(dialog).to_be_hidden()
    expect(title(page, 1)).to_be_focused()
    press(page, "g", "l")
    page.get_by_role("link", name="Thursday readers").click()
    expect(page.locator(".entry-title")).to_have_text([first, second])
    expect(page.locator(".entry-why").first).to_contain_text("“For its proofs.”")


def test_a_list_is_put_in_order_by_keys_and_the_focus_stays_at_what_is_moved(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    a, b, c, d = filled(page)
    press(page, "j", "j")
    press(page, ".")
    expect(page.locator(".entry-title")).to_have_text([a, c, b, d])
    expect(title(page, 2)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="moved to number 3")).to_be_visible()
    press(page, ",")
    expect(page.locator(".entry-title")).to_have_text([a, b, c, d])
    expect(title(page, 1)).to_be_focused()
    row(page, 0).get_by_role("button", name="Move number 1 down").press("Enter")
    expect(page.locator(".entry-title")).to_have_text([b, a, c, d])
    expect(row(page, 1).get_by_role("button", name="Move number 2 down")).to_be_focused()
    press(page, "u")
    expect(page.locator(".entry-title")).to_have_text([a, b, c, d])


def test_the_page_stays_where_it_was_scrolled_to_while_its_papers_come_anew(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    filled(page)
    page.set_viewport_size({"width": WIDE, "height": 500})
    row(page, 1).get_by_role("button", name="Claim").scroll_into_view_if_needed()
    stood = page.evaluate("scrollY")
    assert 0 < stood < page.evaluate("document.documentElement.scrollHeight - innerHeight") - 100
    row(page, 1).get_by_role("button", name="Claim").click()
    expect(row(page, 1).locator(".entry-margin")).to_contain_text("Claimed by you")
    expect(row(page, 1).get_by_role("button", name="Release")).to_be_focused()
    assert page.evaluate("scrollY") == stood


def test_the_way_to_undo_has_the_focus_and_leaves_the_page_where_it_is(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    filled(page)
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Put it into the archive").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert page.evaluate("scrollY") == 0


def test_enter_after_the_reason_saves_to_the_list_filled_last(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    filled(page)
    page.goto("/papers/?q=-tag:attention")
    page.locator(".entry").first.get_by_role("link", name="Save to…").click()
    page.get_by_label("Why").fill("For its proofs.")
    page.get_by_label("Why").press("Enter")
    expect(toast(page)).to_contain_text("on “Mine”")
    toast(page).get_by_role("link", name="See the list").click()
    expect(page.locator(".entry-why").last).to_contain_text("For its proofs.")


def test_what_is_taken_off_hands_the_focus_on_and_comes_back_by_undo(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    a, b, c, d = filled(page)
    row(page, 1).get_by_role("button", name="Take off").press("Enter")
    expect(page.locator(".entry-title")).to_have_text([a, c, d])
    expect(title(page, 1)).to_be_focused()
    press(page, "u")
    expect(page.locator(".entry-title")).to_have_text([a, b, c, d])


def test_claims_days_and_reasons_are_set_in_a_dialog_that_leads_back_to_the_row(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    a, b, c, d = filled(page)
    row(page, 0).get_by_role("button", name="Claim").click()
    expect(row(page, 0).locator(".entry-margin")).to_contain_text("Claimed by you")
    row(page, 2).get_by_role("link", name="More…").press("Enter")
    dialog = page.get_by_role("dialog", name="On this list")
    dialog.get_by_label("Until").fill("2030-03-01")
    dialog.get_by_role("button", name="Save who reads it").click()
    expect(dialog).to_be_hidden()
    expect(row(page, 2).locator(".entry-margin")).to_contain_text("Due Friday, 1 March")
    expect(title(page, 2)).to_be_focused()
    row(page, 2).get_by_role("link", name="More…").click()
    dialog.get_by_role("button", name="To the top").click()
    expect(page.locator(".entry-title")).to_have_text([c, a, b, d])
    row(page, 3).get_by_role("link", name="More…").click()
    dialog.get_by_label("Why it is not for us").fill("Known to us.")
    dialog.get_by_role("button", name="Set it aside for all").click()
    expect(row(page, 3)).to_have_attribute("data-state", "dismissed")
    assert page.locator("dialog[open]").count() == 0


def test_without_scripts_all_of_it_works(visit: Visit) -> None:
    page = visit("/papers/?since=1900", signed_in=True, java_script_enabled=False)
    first, second = titles(page)[:2]
    page.locator(".entry").nth(0).get_by_role("link", name="Save to…").click()
    page.get_by_label("Name your first list").fill("Mine")
    page.get_by_role("button", name="Make it, and save there").click()
    expect(page).to_have_url(re.compile("since=1900"))
    page.locator(".entry").nth(1).get_by_role("link", name="Save to…").click()
    page.get_by_role("button", name="Mine").click()
    page.goto("/lists/")
    page.get_by_role("link", name="Mine").click()
    expect(page.locator(".entry-title")).to_have_text([first, second])
    row(page, 1).get_by_role("button", name="Move number 2 up").click()
    expect(page.locator(".entry-title")).to_have_text([second, first])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".entry-title")).to_have_text([first, second])
    row(page, 0).get_by_role("link", name="More…").click()
    page.get_by_label("Why", exact=True).fill("For its proofs.")
    page.get_by_role("button", name="Save why it is here").click()
    expect(row(page, 0)).to_contain_text("For its proofs.")
    row(page, 0).get_by_role("button", name="Take off").click()
    expect(page.locator(".entry-title")).to_have_text([second])


def test_a_tab_that_grew_old_says_what_happened_and_shows_the_list_as_it_is(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    _, *others = filled(page)
    other = page.context.new_page()
    other.goto(page.url)
    row(other, 0).get_by_role("button", name="Take off").click()
    expect(other.locator(".entry")).to_have_count(3)
    row(page, 0).get_by_role("button", name="Claim").click()
    expect(toast(page)).to_contain_text("was taken off this list by")
    expect(page.locator(".entry-title")).to_have_text(others)
    toast(page).get_by_role("link", name="Put it on again").click()
    page.get_by_role("dialog", name="Save to a list").get_by_role("button", name="Mine").click()
    expect(toast(page)).to_contain_text("on “Mine”")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])
def test_after_many_papers_were_put_on_or_marked_at_once_the_focus_is_where_it_is_undone(
    javascript: bool, visit: Visit
) -> None:
    page = visit("/lists/", signed_in=True, java_script_enabled=javascript)
    page.get_by_label("Name").fill("Mine")
    page.get_by_role("button", name="Make a list").click()
    page.get_by_role("link", name="Add papers").click()
    page.get_by_label("What you have copied").fill("1706.03762 2304.02643")
    page.get_by_role("button", name="Put them on the list").press("Enter")
    expect(toast(page)).to_contain_text("Put 2 papers on “Mine”")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.goto("/papers/?list=mine")
    page.locator("summary", has_text="Mark all 2 as").press("Enter")
    page.locator(".marking").get_by_role("button", name="Read", exact=True).press("Enter")
    expect(toast(page)).to_contain_text("Marked 2 papers")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()


def test_what_is_pressed_while_another_act_is_on_its_way_is_done_after_it(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    a, b, c, d = filled(page)
    page.evaluate(
        """() => {
          const ids = [...document.querySelectorAll(".grip button[value=down]")].map((each) => each.id);
          document.getElementById(ids[0]).click();
          document.getElementById(ids[0]).click();
        }"""
    )
    expect(page.locator(".entry-title")).to_have_text([b, c, a, d])


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_axe_finds_nothing_and_nothing_runs_over(width: int, visit: Visit) -> None:
    page = visit("/", signed_in=True, width=width)
    filled(page)
    row(page, 1).get_by_role("button", name="Claim").click()
    expect(toast(page)).to_contain_text("You have claimed")
    found = faults(page)
    row(page, 0).get_by_role("link", name="More…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += faults(page)
    for address in ("/papers/", page.url + "papers/"):
        page.goto(address)
        found += faults(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
    page.goto("/papers/")
    page.locator(".entry").first.get_by_role("link", name="Save to…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += faults(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [WIDE, 320])
def test_no_name_or_reason_is_too_long_for_a_page(width: int, visit: Visit) -> None:
    page = visit("/papers/?since=1900", signed_in=True, width=width)
    row(page, 0).get_by_role("link", name="Save to…").click()
    page.get_by_label("Name your first list").fill("Unbroken" * 18)
    page.get_by_label("Why").fill("Donaudampfschiff" * 60)
    page.get_by_role("button", name="Make it, and save there").click()
    expect(toast(page)).to_contain_text("Put ")
    paper = (title(page, 0).get_attribute("href") or "").partition("?")[0]
    page.goto("/lists/")
    here = page.get_by_role("link", name="Unbroken").get_attribute("href") or ""
    of_list = [here + each for each in ("", "members/", "settings/", "links/", "deletion/", "handout/", "papers/")]
    of_entry = [f"{here}{paper[1:]}", f"{here}{paper[1:]}care/", f"{paper}lists/", paper]
    for address in ["/lists/", *of_list, *of_entry, "/papers/?list=any", "/activity/"]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_point_of_an_entry_hangs_beside_its_title_also_where_no_number_does(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    filled(page)
    for address in (page.url, f"{page.url}?q=attention"):
        page.goto(address)
        folio = row(page, 0).locator(".entry-folio").bounding_box()
        line = title(page, 0).evaluate("(link) => link.getClientRects()[0].toJSON()")
        assert folio
        assert folio["y"] + folio["height"] > line["y"] + line["height"] / 2, address


def test_on_a_narrow_page_members_stand_by_their_initials_and_are_read_aloud_by_name(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    filled(page)
    roll = page.locator(".roll")
    name = roll.get_by_text(name_of(page), exact=True)
    expect(roll.get_by_text("owner")).to_be_visible()
    assert name.bounding_box()["width"] > 20  # type: ignore[index]
    page.set_viewport_size({"width": PHONE, "height": 844})
    expect(roll.locator(".face")).to_be_visible()
    expect(roll.get_by_text("owner")).to_be_hidden()
    assert name.bounding_box()["width"] <= 1  # type: ignore[index]
    assert name_of(page) in roll.aria_snapshot()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_an_act_leaves_the_page_where_it_is(width: int, visit: Visit) -> None:
    page = visit("/", signed_in=True, width=width)
    filled(page)
    claim = row(page, 1).get_by_role("button", name="Claim")
    claim.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 100)")
    before = page.evaluate("scrollY")
    claim.click()
    expect(toast(page)).to_contain_text("You have claimed")
    assert page.evaluate("scrollY") == before > 0
