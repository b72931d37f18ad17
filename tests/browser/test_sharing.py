"""A list is shared: by name while one types, by keyboard alone, without JavaScript and on a phone, and by links."""

import pytest
from playwright.sync_api import Page, expect

from .axe import faults
from .conftest import Visit


def name_of(page: Page) -> str:
    return page.locator(".bar-me .face").get_attribute("title") or ""


def make_list(page: Page, name: str) -> None:
    page.goto("/lists/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make a list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}, {"width": 390}], ids=["as it comes", "without JavaScript", "phone"]
)
def test_a_list_is_offered_accepted_and_left(options: dict[str, object], visit: Visit) -> None:
    owner = visit("/", signed_in=True, **options)
    other = visit("/", signed_in=True, troubled=True, **options)
    name = f"Readers of {name_of(owner)}"
    make_list(owner, name)
    list_page = owner.url
    owner.get_by_role("link", name="Share it").click()
    owner.get_by_label("With whom").fill(name_of(other))
    owner.get_by_role("button", name="Share it").click()
    expect(owner.get_by_text("It waits until they accept.")).to_be_visible()
    other.goto("/lists/")
    expect(other.get_by_text(f"{name_of(owner)} offers you")).to_be_visible()
    other.get_by_role("button", name="Accept").click()
    expect(other.get_by_role("heading", level=1)).to_have_text(name)
    other.get_by_text("Leave this list").click()
    other.get_by_role("button", name="Leave it").click()
    expect(other.get_by_text("You have left")).to_be_visible()
    assert other.goto(list_page).status == 404  # type: ignore[union-attr]


def test_names_come_up_while_one_types_and_the_keyboard_is_enough(visit: Visit) -> None:
    owner, other = visit("/", signed_in=True), visit("/", signed_in=True)
    make_list(owner, "By keyboard")
    owner.get_by_role("link", name="Share it").click()
    field = owner.get_by_label("With whom")
    field.press_sequentially(name_of(other))
    expect(owner.locator("#colleagues option").first).to_have_attribute("value", name_of(other))
    field.press("Enter")
    expect(owner.get_by_text(f"Offered to {name_of(other)}")).to_be_visible()


def test_whoever_has_a_share_link_reads_the_list_until_it_is_revoked(visit: Visit) -> None:
    owner = visit("/", signed_in=True)
    make_list(owner, "For everybody who has the link")
    owner.get_by_role("link", name="Links").click()
    owner.get_by_role("button", name="Make a link").click()
    link = owner.get_by_label("Link to the list").input_value()
    stranger = visit(link, troubled=True)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("For everybody who has the link")
    assert faults(stranger) == []
    assert faults(owner) == []
    owner.locator("summary", has_text="Revoke").click()
    owner.get_by_role("button", name="Revoke it").click()
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("There is no such list")
    assert faults(stranger) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_about_who_is_on_a_list(width: int, visit: Visit) -> None:
    owner, other = visit("/", signed_in=True, width=width), visit("/", signed_in=True, width=width)
    make_list(owner, f"Looked at {width} wide")
    here, found = owner.url, []
    owner.goto(f"{here}members/")
    owner.get_by_label("With whom").fill(name_of(other))
    owner.get_by_role("button", name="Share it").click()
    for address in ("", "members/", "links/", "settings/", "deletion/"):
        owner.goto(here + address)
        found += faults(owner)
        assert owner.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
    owner.goto(f"{here}members/")
    owner.get_by_role("button", name="Make a link").click()
    other.goto("/")
    expect(other.get_by_role("link", name="Lists 1 offered to you")).to_be_visible()
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found += faults(other)
    other.goto("/lists/")
    found += faults(owner) + faults(other)
    other.goto(owner.get_by_label("The link").input_value())
    found += faults(other)
    assert not found, "\n".join(found)
