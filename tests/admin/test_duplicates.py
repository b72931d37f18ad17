"""Likely duplicates on the desk: compared, merged or kept apart, and that undone."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from papers.admin import comparison
from papers.exchange.duplicates import compare_all
from papers.models import Change, LikelyDuplicate, Marking, Paper, User
from tests import upkeep, world
from tests.page import Page

LIST = "/admin/papers/likelyduplicate/"
COMPARE, UNDO, LOOK = f"{LIST}compare/", f"{LIST}undo/", f"{LIST}look/"
FULL = "Qwen-VL: A Frontier Vision-Language Model"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines(
        [
            world.line(1, title=FULL),
            world.line(2, title="The Habits of Zebras in the Wild", authors=["<b>Eve</b>"]),
            {"title": "Qwen-VL", "digest_date": "2025-03-12", "source": "Weekly"},
            {"title": "The Habits of Zebra in the Wild", "digest_date": "2025-03-12", "source": "Weekly"},
        ]
    )
    compare_all()


def paper(title: str) -> Paper:
    return Paper.objects.get(title=title)


def both() -> dict[str, str]:
    """What names two papers to compare."""
    return {"first": paper(FULL).key, "second": paper("Qwen-VL").key}


def undecided() -> list[str]:
    return [pair.evidence for pair in LikelyDuplicate.objects.undecided().best_first()]


def undo(desk: Client, page: Page) -> Page:
    """Presses the page's first button of that name."""
    (change, *_) = page.all("input", name="change")
    return Page(desk.post(UNDO, {"change": change["value"]}, follow=True))


def test_pairs_are_listed_the_likeliest_first_and_each_leads_to_both_papers(desk: Client) -> None:
    page = Page(desk.get(LIST))
    assert [each.text for each in page.all("td", class_="field-evidence")] == [
        "titles differ in 1 letter, authors not known",
        "short name and full title, authors not known",
    ]
    compared = Page(desk.get(page.link(FULL), follow=True))
    assert "Likely one (75 of 100): short name and full title, authors not known." in compared.text
    assert {FULL, "Qwen-VL"} <= {each.text for each in compared.all("td")}


def test_the_desk_counts_them(desk: Client) -> None:
    page = Page(desk.get("/admin/"))
    assert page.link("2 likely duplicates, to be merged or kept apart") == f"{LIST}?only=undecided"


def test_what_only_one_of_them_says_is_marked(desk: Client) -> None:
    papers = {
        "first": paper("The Habits of Zebras in the Wild").key,
        "second": paper("The Habits of Zebra in the Wild").key,
    }
    marked = [each.text for each in Page(desk.get(COMPARE, papers)).all("mark")]
    assert marked[:2] == ["Zebras", "Zebra"]
    assert "<b>Eve</b>" in marked


def test_how_many_readers_marked_each_is_said_and_not_who(desk: Client, alice: User) -> None:
    Marking.objects.mark(alice, paper("Qwen-VL"), starred=True)
    page = Page(desk.get(COMPARE, both()))
    assert "Readers who marked it" in [each.text for each in page.all("th")]
    assert [each.text for each in page.all("td")][-2:] == ["0", "1"]
    assert "Alice" not in page.text


def test_papers_are_merged_and_the_next_pair_is_shown(desk: Client) -> None:
    zebras = {
        "first": paper("The Habits of Zebras in the Wild").key,
        "second": paper("The Habits of Zebra in the Wild").key,
    }
    page = Page(desk.post(COMPARE, {**zebras, "decision": "merge", "why": "One letter."}, follow=True))
    assert "Merged “The Habits of Zebra in the Wild” into" in page.text
    assert "short name and full title" in page.text
    assert (Paper.objects.count(), Change.objects.get().why) == (3, "One letter.")
    assert len(undecided()) == 1
    upkeep.assert_in_step()


def test_a_merge_can_be_undone_and_the_pair_is_there_again(desk: Client) -> None:
    page = Page(desk.post(COMPARE, {**both(), "decision": "merge"}, follow=True))
    assert "There is no other pair behind it." in page.text
    page = undo(desk, page)
    assert "Undone: Merged “Qwen-VL” into" in page.text
    assert {FULL, "Qwen-VL"} <= {each.text for each in page.all("td")}
    assert len(undecided()) == 2
    upkeep.assert_in_step()


def test_what_is_kept_apart_never_comes_up_again_unless_that_is_undone(desk: Client) -> None:
    page = Page(desk.post(COMPARE, {**both(), "decision": "apart"}, follow=True))
    assert len(undecided()) == 1
    Paper.objects.update(is_compared=False)
    compare_all()
    assert len(undecided()) == 1
    assert [each.text for each in Page(desk.get(LIST, {"only": "kept_apart"})).all("th", class_="field-first")] == [
        FULL
    ]
    LikelyDuplicate.objects.all().delete()
    Paper.objects.update(is_compared=False)
    compare_all()
    assert len(undecided()) == 1
    undo(desk, page)
    assert len(undecided()) == 2


def test_skipping_decides_nothing_and_leads_to_the_next_pair(desk: Client) -> None:
    (first, second) = LikelyDuplicate.objects.best_first()
    page = Page(desk.get(f"{LIST}{first.pk}/change/", follow=True))
    assert second.evidence in Page(desk.get(page.link("Skip"))).text
    assert Change.objects.count() == 0


def test_any_two_papers_can_be_compared_by_address_key_or_identifier(desk: Client) -> None:
    first, other = paper(FULL), paper("The Habits of Zebras in the Wild")
    for text in (other.key, f"https://papers.example{other.get_absolute_url()}", "arXiv:2503.00002", " 2503.00002 "):
        page = Page(desk.get(COMPARE, {"first": first.key, "second": text}))
        assert "Nothing speaks for their being one." in page.text, text
    page = Page(desk.get(f"/admin/papers/paper/{first.pk}/change/"))
    assert page.link("Qwen-VL").startswith(LIST)
    assert "Compare with another paper" in page.text


@pytest.mark.parametrize("text", ["no such", "2" * 12, "\x00", "https://evil.example/papers/", "9" * 2_000])
def test_what_names_no_paper_is_told_in_one_line(desk: Client, text: str) -> None:
    answer = desk.get(COMPARE, {"first": paper(FULL).key, "second": text})
    assert answer.status_code == 200
    assert ("There is no paper" in answer.text) is (text != "\x00")
    assert desk.post(COMPARE, {"first": paper(FULL).key, "second": text, "decision": "merge"}).status_code == 302
    assert Change.objects.count() == 0


def test_a_paper_and_itself_are_one_already(desk: Client) -> None:
    key = paper(FULL).key
    assert "Both are one paper already." in desk.get(COMPARE, {"first": key, "second": key}).text


@pytest.mark.parametrize(("action", "papers"), [("merge_selected", 2), ("keep_apart_selected", 4)])
def test_many_are_decided_at_once_and_each_can_be_undone(desk: Client, action: str, papers: int) -> None:
    pairs = [str(pair.pk) for pair in LikelyDuplicate.objects.all()]
    page = Page(desk.post(LIST, {"action": action, "_selected_action": pairs}, follow=True))
    assert "2 decided." in page.text
    assert len(page.all("input", name="change")) == 2
    assert (Paper.objects.count(), undecided()) == (papers, [])
    undo(desk, page)
    assert len(undecided()) == 1
    upkeep.assert_in_step()


def test_what_is_like_two_selected_pairs_becomes_one_paper(desk: Client) -> None:
    world.ingest_lines([{"title": "Qwen-VL (Vision)", "digest_date": "2025-03-13", "source": "Monthly"}])
    compare_all()
    pairs = [str(pair.pk) for pair in LikelyDuplicate.objects.of([paper(FULL), paper("Qwen-VL")])]
    assert len(pairs) > 1
    desk.post(LIST, {"action": "merge_selected", "_selected_action": pairs})
    assert (Paper.objects.count(), Change.objects.count()) == (3, 1)


def test_a_button_looks_through_the_library_from_the_newest_back(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    LikelyDuplicate.objects.all().delete()
    assert "Look for more" not in desk.get(LIST).text
    Paper.objects.update(is_compared=False)
    assert "Look for more" in desk.get(LIST).text
    monkeypatch.setattr(comparison, "LOOKED_THROUGH", 3)
    assert "3 looked at, the newest first; more are left." in desk.post(LOOK, follow=True).text
    assert "1 looked at, the newest first; none is left." in desk.post(LOOK, follow=True).text
    assert len(undecided()) == 2


def test_who_may_only_look_decides_nothing(client: Client) -> None:
    looker = world.staff()
    looker.user_permissions.add(Permission.objects.get(codename="view_likelyduplicate"))
    client.force_login(looker)
    assert client.get(LIST).status_code == 200
    for address in (COMPARE, UNDO, LOOK):
        assert client.post(address, {**both(), "decision": "merge"}).status_code == 403
    assert client.get(COMPARE, both()).status_code == 403


@pytest.mark.parametrize("number", ["", "x", "99999", "9" * 30])
def test_there_is_nothing_to_undo_that_nobody_did(desk: Client, number: str) -> None:
    assert desk.post(UNDO, {"change": number}).status_code == 404
    assert desk.get(COMPARE, {"done": number}).status_code == 200
