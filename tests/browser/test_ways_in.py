"""Files and texts brought in by a real browser: chosen, dropped, pasted, with JavaScript and without."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests import world

from .axe import faults
from .conftest import CURATOR, Visit

ADDRESS = "/admin/papers/ingest/add/"
_DROP = """names => {
  const dropped = new DataTransfer();
  for (const [name, text] of names) dropped.items.add(new File([text], name));
  return dropped;
}"""
PAGE = """[Submitted on 4 Mar 2025]
Title:On Kettles, Pasted
Authors:Ada Lidless
Abstract:We watched kettles.
Cite as:	arXiv:2503.77002 [cs.DB]
"""


def line(number: int) -> str:
    return json.dumps(world.line(number, source="Uploaded", digest_date="2024-01-02")) + "\n"


def at_the_desk(visit: Visit, **options: object) -> Page:
    return visit(ADDRESS, signed_in=CURATOR, **options)


def files(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.jsonl").write_text(text)
    return [folder / f"{name}.jsonl" for name in texts]


def test_files_that_are_dropped_are_taken_in_one_after_another(visit: Visit) -> None:
    page = at_the_desk(visit)
    texts = [["<b>one.jsonl", line(91_001)], ["empty.md", ""], ["two.jsonl", line(91_002)]]
    zone = page.locator("[data-drop]")
    dropped = page.evaluate_handle(_DROP, texts)
    zone.dispatch_event("dragover", {"dataTransfer": dropped})
    expect(zone).to_have_class("module upload-files is-over")
    zone.dispatch_event("drop", {"dataTransfer": dropped})
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("status")).to_have_text("2 of 3 read; the others say why not.")
    expect(page.locator("[data-uploaded] tbody th")).to_have_text(["<b>one.jsonl", "empty.md", "two.jsonl"])
    expect(page.locator(".is-wrong")).to_contain_text("Empty: there is nothing in it")
    assert faults(page) == []
    page.get_by_role("link", name="The ingest, to look through or undo").first.click()
    expect(page.get_by_role("button", name="Undo this ingest")).to_be_visible()


def test_the_files_of_an_archive_are_counted_each(visit: Visit, tmp_path: Path) -> None:
    page = at_the_desk(visit)
    with ZipFile(tmp_path / "week.zip", "w") as archive:
        for name, text in {"empty.md": "", "none.md": "Dear all, nothing.", "six.jsonl": line(91_020)}.items():
            archive.writestr(name, text)
    page.locator("[type=file]").set_input_files(tmp_path / "week.zip")
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("status")).to_have_text("1 of 3 read; the others say why not.", timeout=60_000)


def test_a_file_shows_how_far_it_is_on_its_way(visit: Visit, tmp_path: Path) -> None:
    page = at_the_desk(visit)
    page.route(f"**{ADDRESS}", lambda route: None if route.request.method == "POST" else route.continue_())
    page.locator("[type=file]").set_input_files(files(tmp_path, slow=line(91_003)))
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("progressbar", name="slow.jsonl, sent")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Reading 1 of 1 …")
    expect(page.get_by_role("button", name="Take them in")).to_be_disabled()


def test_a_server_that_does_not_answer_and_a_session_that_ended_are_said(visit: Visit, tmp_path: Path) -> None:
    page = at_the_desk(visit, troubled=True)
    chosen = files(tmp_path, one=line(91_004))
    page.route(f"**{ADDRESS}", lambda route: route.abort())
    page.locator("[type=file]").set_input_files(chosen)
    page.get_by_role("button", name="Take them in").click()
    expect(page.locator(".is-wrong")).to_contain_text("the server does not answer")
    page.unroute(f"**{ADDRESS}")
    page.context.clear_cookies(name="sessionid")
    page.locator("[type=file]").set_input_files(chosen)
    page.get_by_role("button", name="Take them in").click()
    expect(page.locator(".is-wrong")).to_contain_text("Sign in")


def test_a_file_too_large_is_not_even_sent(visit: Visit, tmp_path: Path) -> None:
    page = at_the_desk(visit)
    page.locator("[data-upload]").evaluate("form => form.dataset.limit = 10")
    page.locator("[type=file]").set_input_files(files(tmp_path, large=line(91_005)))
    page.get_by_role("button", name="Take them in").click()
    expect(page.locator(".is-wrong")).to_contain_text("larger than 50 MB: copy it to the server")


def test_without_javascript_all_files_go_at_once(visit: Visit, tmp_path: Path) -> None:
    page = at_the_desk(visit, java_script_enabled=False)
    page.locator("[type=file]").set_input_files(files(tmp_path, three=line(91_006), four=line(91_007)))
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("status")).to_have_text("2 of 2 read.")
    expect(page.locator("[data-uploaded] tbody th")).to_have_text(["three.jsonl", "four.jsonl"])


def test_two_who_upload_at_once_both_come_in(visit: Visit, tmp_path: Path) -> None:
    pages = [at_the_desk(visit) for _ in range(2)]
    for number, page in enumerate(pages):
        lines = "".join(line(92_000 + 1_000 * number + n) for n in range(400))
        page.locator("[type=file]").set_input_files(files(tmp_path, **{f"many{number}": lines}))
    for page in pages:
        page.get_by_role("button", name="Take them in").click(no_wait_after=True)
    for page in pages:
        expect(page.get_by_role("status")).to_have_text("1 of 1 read.", timeout=60_000)
        expect(page.locator("[data-label=created]")).to_have_text("400")


@pytest.mark.parametrize("scripted", [True, False])
def test_a_reader_pastes_and_takes_it_back(scripted: bool, visit: Visit) -> None:
    page = visit("/paste/", signed_in=True, java_script_enabled=scripted)
    page.get_by_label("What you have copied").fill(f"{PAGE}\n[Submitted on 5 Mar 2025]\nAuthors:Nobody\n")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("link", name="On Kettles, Pasted")).to_be_visible()
    expect(page.get_by_text("no title in it")).to_be_visible()
    assert not scripted or faults(page) == []
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("1 entry and 1 paper taken out.")).to_be_visible()
    page.get_by_label("What you have copied").fill("1706.03762 2503.77002")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="Attention Is All You Need")).to_be_visible()
    expect(page.get_by_text("2503.77002").last).to_be_visible()
    assert not scripted or faults(page) == []
