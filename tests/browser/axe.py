"""What axe finds wrong with a page: the rules of accessibility that a machine can check, by day and by night."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
#: By night a page has other colours and nothing else, so that of all rules these alone can say something new.
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
#: When colours that change slowly have changed, what the paper's is.
_PAPER = """() => Promise.allSettled(document.getAnimations().map((each) => each.finished))
  .then(() => getComputedStyle(document.documentElement).getPropertyValue("--ground"))"""


def faults(page: Page) -> list[str]:
    """Nothing where all is well. Whoever has clicked expects something of the new page first: axe waits for none."""
    page.wait_for_load_state()
    page.emulate_media(color_scheme="dark")
    by_night = page.evaluate(_PAPER)
    found = _found(page, "by night", runOnly=_OF_COLOURS)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(_PAPER) != by_night, f"{page.url} is by night as it is by day"
    return found + _found(page, "by day")


def _found(page: Page, when: str, **options: object) -> list[str]:
    results = _AXE.run(page, options={"resultTypes": ["violations"], **options})
    return [f"{page.url} {when}: {results.generate_report()}"] if results.violations_count else []
