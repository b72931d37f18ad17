"""The curator's desk in a real browser: under the site's policy, and by the rules of accessibility."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import CURATOR, Visit, sign_in

COMPARISON = "likelyduplicate/compare/?first=1706.03762&second=2304.02643"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_the_console_stays_silent(scheme: str, visit: Visit) -> None:
    page = visit("/account/login/?next=/admin/", color_scheme=scheme)
    sign_in(page, CURATOR)
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
            report = Axe().run(page)
            found += [f"{address}: {report.generate_report()}"] if report.violations_count else []
    assert not found, "\n".join(found)


def test_a_curator_corrects_a_paper_and_finds_it_so_on_the_site(visit: Visit) -> None:
    page = visit("/account/login/?next=/admin/papers/paper/?q=segment+anything")
    sign_in(page, CURATOR)
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_done_is_told_with_an_undo_that_holds_to_the_rules(scheme: str, visit: Visit) -> None:
    page = visit("/account/login/?next=/admin/papers/paper/?q=attention", color_scheme=scheme)
    sign_in(page, CURATOR)
    page.locator(".action-select").first.check()
    page.locator("select[name=action]").select_option("correct")
    page.get_by_role("button", name="Run").click()
    reports = [Axe().run(page)]
    page.get_by_label("Set it to").fill("Journal of Zebras")
    page.get_by_role("button", name="Correct them").click()
    expect(page.get_by_text("Set venue.")).to_be_visible()
    reports.append(Axe().run(page))
    for address in ("/admin/papers/change/", "/admin/"):
        page.goto(address)
        reports.append(Axe().run(page))
    page.goto("/admin/papers/change/")
    page.locator(".changes a").first.click()
    reports.append(Axe().run(page))
    page.get_by_role("button", name="Undo: Set venue").click()
    expect(page.get_by_text("Undone: Set venue.")).to_be_visible()
    assert not [report.generate_report() for report in reports if report.violations_count]
