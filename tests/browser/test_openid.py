"""Signing in at an OpenID provider, in a real browser that holds to the site's policy."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.installation import answers, free_port, installed
from tests.provider import Provider, provided

from .axe import faults


@dataclass(frozen=True)
class Place:
    """A site with a provider, and how a window is opened there."""

    url: str
    provider: Provider
    chromium: Browser

    def open(self, path: str = "/account/login/", **options: object) -> Page:
        page = self.chromium.new_context(base_url=self.url, **options).new_page()  # type: ignore[arg-type]
        page.goto(path)
        return page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Provider]]:
    data = tmp_path_factory.mktemp("site with a provider")
    with provided() as provider, installed(data) as library, (data / "log").open("wb") as log:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        openid = {"OIDC_NAME": "the Institute", "OIDC_GROUPS_CLAIM": "groups", "OIDC_CURATORS": "librarians"}
        environment = {**provider.environment, **openid, "SITE_URL": url, "DEBUG": "1"}
        server = library.serve(port, environment, stdout=log, stderr=log)
        try:
            assert answers(port, server), (data / "log").read_text()
            yield url, provider
        finally:
            server.terminate()
            server.wait()


@pytest.fixture
def place(served: tuple[str, Provider], chromium: Browser) -> Iterator[Place]:
    yield Place(*served, chromium)
    for window in chromium.contexts:
        window.close()


def sign_in(page: Page, subject: str, button: str = "Sign in with the Institute") -> None:
    page.get_by_role("button", name=button).click()
    page.get_by_label("Subject").fill(subject)
    page.get_by_role("button", name="Authorize", exact=True).click()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_curator_comes_in_by_the_button(scripted: bool, place: Place) -> None:
    place.provider.knows(
        "1", preferred_username="cleo", name="Cleo Marsh", email="c@example.org", groups=["librarians"]
    )
    page = place.open("/account/login/?next=/tags/", java_script_enabled=scripted)
    sign_in(page, "1")
    expect(page).to_have_url(f"{place.url}/tags/")
    expect(page.get_by_role("link", name="CM My page")).to_be_visible()
    page.get_by_role("link", name="The desk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("desk")


def test_who_is_denied_finds_another_way(place: Place) -> None:
    page = place.open()
    page.get_by_role("button", name="Sign in with the Institute").click()
    page.get_by_role("button", name="Deny access").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You were not let through")
    page.get_by_role("link", name="Sign in another way").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_every_page_on_the_way_is_fit_for_everybody(place: Place) -> None:
    for subject in ("first", "second"):  # both with one address
        place.provider.knows(subject, preferred_username=subject, email="ann@example.org")
    first = place.open()
    sign_in(first, "first")
    expect(first.get_by_role("link", name="My page")).to_be_visible()
    found: list[str] = []

    def look() -> None:
        found.extend(faults(page))
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found.extend([f"{page.url} is {wider} px too wide"] if wider > 0 else [])

    page = place.open(viewport={"width": 390, "height": 800})
    look()
    for path in ("login/", "login/callback/"):
        page.goto(f"/account/oidc/openid/{path}")
        look()
    page.goto("/account/3rdparty/login/cancelled/")
    look()
    page.goto("/account/login/?next=/account/3rdparty/")
    sign_in(page, "second")
    expect(page.get_by_role("heading", level=1)).to_have_text("One thing more")
    look()
    page.get_by_label("E-mail address").fill("second@example.org")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Linked accounts")
    look()
    assert found == []
