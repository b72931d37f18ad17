"""The curator's desk in a real browser: under the site's policy, and by the rules of accessibility."""

from playwright.sync_api import expect

from .axe import faults
from .conftest import CURATOR, Visit

COMPARISON = "likelyduplicate/compare/?first=1706.03762&second=2304.02643"


def test_axe_finds_nothing_and_the_console_stays_silent(visit: Visit) -> None:
    page = visit("/admin/", signed_in=CURATOR)
    found = []
    for name in (
        "",
        "paper",
        "digest",
        "source",
        "tag",
        "rule",
        "rule/add",
        "errand",
        "ingest",
        "ingest/add",
        "quarantined",
        "likelyduplicate",
        "likelyduplicate/compare",
        "change",
        "user",
        "team",
        "team/add",
        "invitation",
        "invitation/add",
    ):
        page.goto(f"/admin/papers/{name}{'' if '?' in name else '/'}" if name else "/admin/")
        addresses = [page.url, *(link.get_attribute("href") for link in page.locator("#result_list th a").all()[:1])]
        for address in addresses:
            page.goto(address or "")
            found += faults(page)
    assert not found, "\n".join(found)


def test_a_curator_corrects_a_paper_and_finds_it_so_on_the_site(visit: Visit) -> None:
    page = visit("/admin/papers/paper/?q=segment+anything", signed_in=CURATOR)
    page.get_by_role("link", name="Segment Anything").click()
    page.get_by_label("Venue").fill("Journal of Zebras")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("Venue, set by a curator")).to_be_visible()
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_text("Journal of Zebras")).to_be_visible()
    page.go_back()
    page.get_by_label("Give back").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Segment Anything").first.click()
    expect(page.get_by_label("Venue")).not_to_have_value("Journal of Zebras")


def test_what_was_done_is_told_with_an_undo_that_holds_to_the_rules(visit: Visit) -> None:
    page = visit("/admin/papers/paper/?q=attention", signed_in=CURATOR)
    page.locator(".action-select").first.check()
    page.locator("select[name=action]").select_option("correct")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_label("Set it to")).to_be_visible()
    found = faults(page)
    page.get_by_label("Set it to").fill("Journal of Zebras")
    page.get_by_role("button", name="Correct them").click()
    expect(page.get_by_text("Set venue.")).to_be_visible()
    found += faults(page)
    for address in ("/admin/papers/change/", "/admin/"):
        page.goto(address)
        found += faults(page)
    page.goto("/admin/papers/change/")
    page.locator(".changes a").first.click()
    expect(page.get_by_role("heading", name="A change")).to_be_visible()
    found += faults(page)
    page.get_by_role("button", name="Undo: Set venue").click()
    expect(page.get_by_text("Undone: Set venue.")).to_be_visible()
    assert not found, "\n".join(found)
