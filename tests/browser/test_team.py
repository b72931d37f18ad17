"""Three people read a list together, each in a browser of their own: by mouse, by keyboard, by forms, by touch."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .axe import faults
from .conftest import Visit
from .test_keys import row
from .test_list_entries import filled, titles, toast
from .test_sharing import name_of

READS, EDITS = "read it, and join the discussion", "edit: order, dates, and what others claim or added"
#: More stops than any page has that somebody walks through by Tab.
_FAR = 300

# Hands ----------------------------------------------------------------------------------------------------------

type Press = Callable[[Locator], None]


def by_mouse(what: Locator) -> None:
    what.click()


def by_touch(what: Locator) -> None:
    what.tap()


def by_keys(what: Locator) -> None:
    reach(what)
    what.page.keyboard.press("Enter")


def reach(what: Locator) -> None:
    """By Tab alone, from wherever one is."""
    element = what.element_handle()
    for _ in range(_FAR):
        if element.evaluate("(it) => it === document.activeElement"):
            return
        what.page.keyboard.press("Tab")
    pytest.fail(f"{what} is not reached by Tab")


@dataclass
class Person:
    """Somebody at a page, with the hands that they have."""

    page: Page
    press: Press
    eyes: Page | None
    """Where axe, which is a script, sees what stands in a page without any."""
    found: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.page)

    @property
    def titles(self) -> Locator:
        return self.page.locator(".entry-title")

    def row(self, title: str) -> Locator:
        return self.page.locator(".entry", has=self.page.get_by_role("link", name=title, exact=True))

    def follow(self, name: str, on: Locator | None = None) -> None:
        self.press((on or self.page).get_by_role("link", name=name, exact=True))

    def push(self, name: str, on: Locator | None = None) -> None:
        self.press((on or self.page).get_by_role("button", name=name, exact=True))

    def unfold(self, name: str) -> None:
        self.press(self.page.locator("summary", has_text=name))

    def write(self, label: str, words: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        if self.press is by_keys:
            reach(box)
            self.page.keyboard.type(words)
        else:
            box.fill(words)

    def choose(self, option: str, box: Locator) -> None:
        if self.press is by_keys:
            reach(box)
            self.page.keyboard.type(option)
        else:
            box.select_option(label=option)
        expect(box.locator("option:checked")).to_have_text(option)

    def is_told(self, words: str) -> None:
        expect(toast(self.page)).to_contain_text(words)

    def look(self) -> None:
        """What axe finds, and whether anything runs over. By keys it is the pages that it is by mouse."""
        if self.press is by_keys:
            return
        if self.eyes:
            self.eyes.route(
                self.page.url, lambda route: route.fulfill(body=self.page.content(), content_type="text/html")
            )
            self.eyes.goto(self.page.url)
        self.found += faults(self.eyes or self.page)
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.found.append(f"{self.page.url} is too wide")


# The life of a list ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("press", "options"),
    [(by_mouse, {}), (by_keys, {}), (by_mouse, {"java_script_enabled": False}), (by_touch, {"width": 390})],
    ids=["by mouse", "by keyboard alone", "without JavaScript", "by touch"],
)
def test_three_people_read_a_list_together(press: Press, options: dict[str, bool | int], visit: Visit) -> None:
    eyes = None if options.get("java_script_enabled", True) else visit()
    people = [Person(visit("/lists/", signed_in=True, **options), press, eyes) for _ in range(3)]
    owner, editor, reader = people
    name = f"Readers of {owner.name}"
    make_and_share(name, owner, editor, reader)
    papers = suggest(name, owner, editor)
    for each in (editor, reader):
        each.page.goto(owner.page.url)
    claim(papers, owner, editor)
    read(papers, reader)
    discuss(papers, owner, reader)
    remove_and_reorder(name, papers, owner, editor)
    leave(name, papers, editor, reader)
    owner.follow("Lists")
    owner.follow("What the team did")
    expect(owner.page.locator(".deeds").first).to_contain_text("Only there.")
    owner.look()
    found = [each for person in people for each in person.found]
    assert not found, "\n".join(found)


def make_and_share(name: str, owner: Person, editor: Person, reader: Person) -> None:
    owner.write("Name of a new list", name)
    owner.push("Make a list")
    expect(owner.page.get_by_role("heading", level=1)).to_have_text(name)
    owner.look()
    owner.follow("Share it")
    for other, role in ((editor, EDITS), (reader, READS)):
        owner.write("With whom", other.name)
        owner.choose(role, owner.page.locator("#offer_role"))
        owner.push("Share it")
        owner.is_told(f"Offered to {other.name}")
    owner.look()
    for other in (editor, reader):
        other.follow("Lists")
        expect(other.page.get_by_text(f"{owner.name} offers you “{name}”")).to_be_visible()
        other.push(f"Accept {name}")
        other.is_told(f"You take part in “{name}”")


def suggest(name: str, owner: Person, editor: Person) -> list[str]:
    """Three papers: the editor one after the other from the library, the owner one by its number."""
    editor.follow("Papers")
    expect(editor.titles.nth(1)).to_be_visible()
    suggested = editor.titles.all_inner_texts()[:2]
    for title in suggested:
        editor.follow("Save to…", editor.row(title))
        editor.write("Why", "For its proofs.")
        editor.press(editor.page.get_by_role("button", name=re.compile(f"^{name}")))
        editor.is_told(f"Put “{title[:40]}")
    owner.follow(name)
    expect(owner.titles).to_have_text(suggested)
    owner.follow("Add papers")
    expect(owner.page.get_by_role("heading", level=1)).to_have_text("Add papers")
    owner.look()
    owner.write("What you have copied", "1706.03762")
    owner.push("Put them on the list")
    owner.is_told("Put “Attention Is All You Need”")
    expect(owner.titles).to_have_text([*suggested, "Attention Is All You Need"])
    return owner.titles.all_inner_texts()


def claim(papers: list[str], owner: Person, editor: Person) -> None:
    """Both the same one: who comes second is told who came first, and claims another."""
    editor.push("Claim", editor.row(papers[0]))
    editor.is_told("You have claimed")
    owner.push("Claim", owner.row(papers[0]))
    owner.is_told(f"{editor.name} has claimed")
    expect(owner.row(papers[0])).to_contain_text(f"Claimed by {editor.name}")
    owner.look()  # which takes longer than a double click
    owner.push("Claim", owner.row(papers[1]))
    owner.is_told("You have claimed")


def read(papers: list[str], reader: Person) -> None:
    reader.push("Read", reader.row(papers[0]))
    expect(reader.row(papers[0])).to_have_attribute("data-state", "read")
    expect(reader.row(papers[0])).to_contain_text("1 of 3 has read it")
    reader.look()


def discuss(papers: list[str], owner: Person, reader: Person) -> None:
    for person, words in ((reader, "It holds for $x^2$."), (owner, "And for $x^3$?")):
        person.follow("Discuss", person.row(papers[0]))
        person.write("Add to it", words)
        person.push("Say it")
        expect(person.page.locator(".remark-text").last).to_contain_text(words.partition("$")[0])
    reader.unfold("Answer")
    reader.write("Your answer", "Only there.")
    reader.push("Answer")
    expect(reader.page.locator(".remark-text")).to_have_count(3)
    reader.look()


def remove_and_reorder(name: str, papers: list[str], owner: Person, editor: Person) -> None:
    """What one takes off, the other would move: they are told who has done what, and see the list as it is."""
    first, second, third = papers
    owner.follow(name)
    owner.push("Take off", owner.row(second))
    expect(owner.titles).to_have_text([first, third])
    editor.push("Move number 2 up", editor.row(second))
    editor.is_told(f"was taken off this list by {owner.name} meanwhile")
    expect(toast(editor.page).get_by_role("link", name="Put it on again")).to_be_visible()
    expect(editor.titles).to_have_text([first, third])
    editor.look()
    editor.push("Move number 2 up", editor.row(third))
    editor.is_told("moved to number 1")
    expect(editor.titles).to_have_text([third, first])


def leave(name: str, papers: list[str], editor: Person, reader: Person) -> None:
    """While somebody would give a paper to who leaves."""
    editor.follow("More…", editor.row(papers[0]))
    who = editor.page.get_by_label("Who reads it")
    expect(who).to_be_visible()
    editor.look()
    reader.follow(name)
    reader.unfold("Leave this list")
    reader.push("Leave it")
    reader.is_told(f"You have left “{name}”")
    expect(reader.page.get_by_role("link", name=name)).to_have_count(0)
    editor.choose(reader.name, who)
    editor.push("Save who reads it")
    editor.is_told("They are not on the list any more. Choose somebody else.")
    expect(editor.row(papers[0])).to_contain_text("Claimed by you")


# By its grip ----------------------------------------------------------------------------------------------------


def take(page: Page, number: int) -> tuple[float, float]:
    """The grip of a row in hand; where it is."""
    grip = row(page, number).locator("[data-grip]")
    grip.hover()
    page.mouse.down()
    box = grip.bounding_box()
    assert box
    return box["x"], box["y"]


def drag(page: Page, number: int, *, before: int = -1, after: int = -1) -> None:
    """One row over the upper half of another, or over the lower."""
    take(page, number)
    there = row(page, max(before, after))
    box = there.bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + box["height"] * (0.25 if before >= 0 else 0.75), steps=8)
    expect(there).to_have_attribute("data-drop", "before" if before >= 0 else "after")
    page.mouse.up()


def long_page(visit: Visit) -> tuple[Page, list[str]]:
    """All of a list with four papers in sight."""
    page = visit("/", signed_in=True)
    page.set_viewport_size({"width": 1440, "height": 1600})
    return page, filled(page)


def test_an_entry_is_dragged_by_its_grip(visit: Visit) -> None:
    page, (a, b, c, d) = long_page(visit)
    drag(page, 0, after=2)
    expect(page.locator(".entry-title")).to_have_text([b, c, a, d])
    expect(toast(page)).to_contain_text("moved to number 3")
    drag(page, 3, before=0)
    expect(page.locator(".entry-title")).to_have_text([d, b, c, a])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".entry-title")).to_have_text([b, c, a, d])


def test_an_entry_that_is_let_go_over_none_stays(visit: Visit) -> None:
    page, before = long_page(visit)
    take(page, 1)
    page.mouse.move(700, 20, steps=8)
    expect(page.locator(".is-dragged")).to_have_count(1)
    expect(page.locator("[data-drop]")).to_have_count(0)
    page.mouse.up()
    expect(page.locator(".is-dragged")).to_have_count(0)
    assert titles(page) == before


def test_at_the_foot_of_the_window_the_page_moves_along_also_below_what_is_told(visit: Visit) -> None:
    page = visit("/", signed_in=True)
    filled(page)
    page.set_viewport_size({"width": 1440, "height": 700})
    row(page, 0).get_by_role("button", name="Claim").click()
    expect(toast(page)).to_contain_text("You have claimed")
    x, _ = take(page, 0)
    for step in range(40):
        page.mouse.move(x + 300, 695 + step % 2)
        if row(page, 3).get_attribute("data-drop"):
            break
    page.mouse.up()
    expect(toast(page)).to_contain_text(re.compile("moved to number [34]"))


def test_what_is_dragged_beside_what_is_there_no_more_lands_where_that_was(visit: Visit) -> None:
    page, (a, b, _, d) = long_page(visit)
    other = visit(page.url, signed_in=name_of(page))
    other.set_viewport_size({"width": 1440, "height": 1600})
    row(other, 2).get_by_role("button", name="Take off").click()
    expect(other.locator(".entry")).to_have_count(3)
    drag(page, 0, after=2)
    expect(toast(page)).to_contain_text("moved to number 2")
    expect(page.locator(".entry-title")).to_have_text([b, a, d])
    drag(other, 2, before=1)  # where that list has b still
    expect(toast(other)).to_contain_text("moved to number 1")
    expect(other.locator(".entry-title")).to_have_text([d, b, a])
    row(other, 0).get_by_role("button", name="Take off").click()
    expect(other.locator(".entry")).to_have_count(2)
    drag(page, 2, before=0)
    expect(toast(page)).to_contain_text("was taken off this list by")
    expect(page.locator(".entry-title")).to_have_text([b, a])


def test_what_is_dragged_while_another_act_is_on_its_way_is_moved_after_it(visit: Visit) -> None:
    page, (a, b, c, d) = long_page(visit)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/claim/", hold)
    row(page, 3).get_by_role("button", name="Claim").click()
    drag(page, 0, after=2)
    held[0].continue_()
    expect(page.locator(".entry-title")).to_have_text([b, c, a, d])
    expect(row(page, 3)).to_contain_text("Claimed by you")
