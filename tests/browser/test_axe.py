"""The rules of accessibility that a machine can check hold on every page."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from .addresses import ADDRESSES
from .conftest import Visit


@pytest.mark.parametrize(("scheme", "signed_in"), [*product(["light", "dark"], [False, True])])
def test_axe_finds_nothing(scheme: str, signed_in: bool, visit: Visit) -> None:
    page = visit("/", color_scheme=scheme, signed_in=signed_in, troubled=True)
    paper = page.locator(".entry-title a").first.get_attribute("href") or ""
    addresses = [*ADDRESSES, paper, f"{paper}?since=1900"]
    axe, found = Axe(), []
    for address in addresses:
        page.goto(address)
        report = axe.run(page)
        found += [f"{address}: {report.generate_report()}"] if report.violations_count else []
    page.goto("/papers/")
    page.locator(".entry-title a").first.click()
    page.locator("#pane h2").wait_for()
    report = axe.run(page)
    found += [f"a paper in the pane: {report.generate_report()}"] if report.violations_count else []
    if signed_in:
        page.goto("/papers/?q=attention")
        page.get_by_text("Mark all").click()
        page.get_by_role("button", name="Starred", exact=True).click()
        page.get_by_role("button", name="Undo").wait_for()
        page.get_by_text("Mark all").click()
        report = axe.run(page)
        found += [f"all marked: {report.generate_report()}"] if report.violations_count else []
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    report = axe.run(page)
    found += [f"the keys: {report.generate_report()}"] if report.violations_count else []
    page.keyboard.press("Escape")
    page.locator("#q").fill("atten")
    page.locator("#suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    report = axe.run(page)
    found += [f"suggestions: {report.generate_report()}"] if report.violations_count else []
    assert not found, "\n".join(found)
