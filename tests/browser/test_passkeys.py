"""Passkeys in a real browser, with an authenticator that the browser itself plays."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.world import PASSWORD

from .axe import faults
from .conftest import Site, Visit, sign_in

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def there(site: Site) -> str:
    """The site by a name: a number has no passkeys."""
    return site.url.replace("127.0.0.1", "localhost")


def with_device(page: Page) -> None:
    """Gives the browser a device that says yes to everything."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def confirm(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page: Page) -> None:
    page.get_by_role("link", name="My page").first.click()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def added(visit: Visit, site: Site, there: str, *, alone: bool = True, **options: Any) -> tuple[Page, str]:
    """Somebody who has just added a passkey, and has the recovery codes before them."""
    page, reader = visit(f"{there}/account/login/?next=/account/2fa/", **options), next(site.readers)
    with_device(page)
    sign_in(page, reader)
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)
    page.get_by_label("Name").fill("The grey laptop")
    page.get_by_label("It signs me in by itself").set_checked(alone)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    return page, reader


@pytest.mark.parametrize("width", [1440, 390])
def test_a_passkey_signs_in_alone_until_it_is_removed(width: int, visit: Visit, site: Site, there: str) -> None:
    page, _ = added(visit, site, there, width=width)
    sign_out(page)
    page.goto(f"{there}/account/login/?next=/papers/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{there}/papers/")
    page.goto(f"{there}/account/2fa/webauthn/")
    expect(page.get_by_role("heading", name="The grey laptop")).to_be_visible()
    page.get_by_role("link", name="Rename").click()
    confirm(page)
    page.get_by_label("Name").fill("The blue laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove The blue laptop").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    sign_out(page)
    page.goto(f"{there}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That passkey did not fit")).to_be_visible()


@pytest.mark.parametrize("alone", [True, False])
def test_a_passkey_is_asked_for_after_the_password(alone: bool, visit: Visit, site: Site, there: str) -> None:
    page, reader = added(visit, site, there, alone=alone)
    sign_out(page)
    page.goto(f"{there}/account/login/?next=/papers/")
    sign_in(page, reader)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    assert faults(page) == []
    page.get_by_role("button", name="Show a passkey").click()
    expect(page).to_have_url(f"{there}/papers/")


def test_a_passkey_proves_again_who_sits_there(visit: Visit, site: Site, there: str) -> None:
    page, _ = added(visit, site, there)
    page.context.clear_cookies()
    page.goto(f"{there}/account/login/?next=/account/2fa/totp/activate/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("link", name="show a passkey").click()
    expect(page.get_by_role("button", name="Show a passkey")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Show a passkey").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()


def test_axe_finds_nothing_and_all_fits_a_phone(visit: Visit, site: Site, there: str) -> None:
    page, _ = added(visit, site, there, width=390)
    found = []
    addresses = ["recovery-codes/", "recovery-codes/generate/", "totp/activate/", "webauthn/add/", "webauthn/", ""]
    page.goto(f"{there}/account/2fa/webauthn/")
    addresses += [link.get_attribute("href") or "" for link in page.locator(".kept a").all()]
    for address in addresses:
        page.goto(f"{there}{address}" if address.startswith("/") else f"{there}/account/2fa/{address}")
        found += faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
        assert "reauthenticate" not in page.url
    assert not found, "\n".join(found)


def test_what_went_wrong_with_a_passkey_is_said(visit: Visit, there: str) -> None:
    page = visit(f"{there}/account/login/", troubled=True)
    with_device(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="No passkey was chosen")).to_be_visible()
    page.route("**/webauthn/login/", lambda route: route.abort())
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="The server does not answer")).to_be_visible()


def test_an_address_of_numbers_leads_to_one_with_a_name(visit: Visit, there: str) -> None:
    page = visit("/account/login/?next=/papers/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_role("link", name="Open this page at localhost").click()
    expect(page).to_have_url(f"{there}/account/login/?next=/papers/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()


def test_a_browser_too_old_is_told_so(visit: Visit, there: str) -> None:
    page = visit("/digests/")
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(f"{there}/account/login/")
    expect(page.get_by_text("This browser is too old for passkeys.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


def test_without_javascript_the_page_says_that_passkeys_need_it(visit: Visit, there: str) -> None:
    page = visit(f"{there}/account/login/", java_script_enabled=False)
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
