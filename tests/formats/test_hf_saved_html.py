"""A Hugging Face papers page that a browser saved: the list in it as JSON is what is read."""

import html
import io
import json
import quopri
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import DigestRecord, Found, Link, Unreadable

SOURCE = "Hugging Face daily papers"
KETTLES = {
    "paper": {
        "id": "2503.00001",
        "authors": [{"_id": "1", "name": "Ada Author"}, {"_id": "2", "name": "Ben Hidden", "hidden": True}],
        "publishedAt": "2025-03-07T17:58:59.000Z",
        "submittedOnDailyAt": "2025-03-10T23:59:00.000Z",
        "title": 'Kettles & "Teapots"',
        "summary": "Kettles are\nrare: p < 0.05, it's said.",
        "githubRepo": "https://github.com/example/kettles",
    },
    "publishedAt": "2025-03-07T12:58:59.000Z",
    "title": 'Kettles & "Teapots"',
}
UMBRELLAS = {"paper": {"id": "2503.00002", "title": "Sparse Umbrellas", "summary": "We lose them."}}
CARD = """<article><h3><a href="https://huggingface.co/papers/2503.00001">Kettles</a></h3>
<a href="https://huggingface.co/login?next=%2Fpapers%2F2503.00001">12</a></article>"""


def page(props: dict[str, Any], *, above: str = "", menus: str = "") -> str:
    value = html.escape(json.dumps(props), quote=False).replace('"', "&quot;")
    return f"""<!DOCTYPE html>
{above}<html><head><title>Daily Papers - Hugging Face</title></head><body>
<div data-target="MainHeader" data-props="{{&quot;isWide&quot;:false}}"></div>{menus}
<main><div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{value}">{CARD}</div></main>
</body></html>"""


def document(text: str) -> Document:
    return Document("Daily Papers - Hugging Face.html", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    reader, chosen = recognise(document(text))
    assert reader.name == "hf-saved-html"
    return list(reader.read(chosen))


def day(text: str) -> Any:
    [item] = read(text)
    assert item.digest
    return item.digest.date


def test_what_the_json_says_is_read_with_its_characters_as_they_were() -> None:
    kettles, umbrellas = read(page({"dailyPapers": [KETTLES, UMBRELLAS], "dateString": "2025-03-11"}))
    assert isinstance(kettles, Found)
    assert isinstance(umbrellas, Found)
    assert kettles.record.title == 'Kettles & "Teapots"'
    assert kettles.record.abstract == "Kettles are\nrare: p < 0.05, it's said."
    assert kettles.record.authors == ("Ada Author",)
    assert list(map(str, kettles.record.identifiers)) == ["arxiv:2503.00001"]
    assert kettles.record.links == (Link("code", "https://github.com/example/kettles"),)
    assert kettles.digest == umbrellas.digest == DigestRecord(SOURCE, PartialDate(2025, 3, 11))
    assert (kettles.place, umbrellas.place) == (1, 2)


def test_other_lists_in_the_json_are_no_papers() -> None:
    props = {"keywords": [{"title": "tea"}], "dailyPapers": [UMBRELLAS], "periods": [["2025"]], "orgs": [{"name": "x"}]}
    assert [type(item) for item in read(page(props))] == [Found]


def test_the_list_may_stand_behind_menus_longer_than_a_files_head() -> None:
    for length in (60_000, 65_100, 65_200, 200_000):
        assert len(read(page({"dailyPapers": [UMBRELLAS]}, menus=f"<svg>{'x' * length}</svg>"))) == 1


def test_the_day_is_that_of_the_page_before_that_of_the_paper() -> None:
    assert day(page({"dailyPapers": [KETTLES], "dateString": "2025-03-11"})) == PartialDate(2025, 3, 11)
    assert day(page({"dailyPapers": [KETTLES]})) == PartialDate(2025, 3, 10)
    assert day(page({"dailyPapers": [UMBRELLAS]})) is None


def test_the_page_of_a_week_has_the_days_of_its_papers() -> None:
    for period, name in (("week", "2025-W11"), ("month", "2025-03"), ("week", "2025-03-10")):
        props = {"periodType": period, "dailyPapers": [KETTLES], "dateString": name}
        assert day(page(props)) == PartialDate(2025, 3, 10)


@pytest.mark.parametrize(
    "above",
    [
        "<!-- saved from url=(0044)https://huggingface.co/papers/date/2025-03-11 -->\n",
        '<link rel="canonical" href="https://huggingface.co/papers/date/2025-03-11">\n',
    ],
)
def test_a_page_that_does_not_say_its_day_was_saved_from_an_address_that_does(above: str) -> None:
    assert day(page({"dailyPapers": [KETTLES]}, above=above)) == PartialDate(2025, 3, 11)


def test_links_to_the_days_before_and_after_are_not_its_day() -> None:
    other = '<a href="https://huggingface.co/papers/date/2025-03-12">Next</a>'
    assert day(page({"dailyPapers": [UMBRELLAS]}, menus=other)) is None


def test_a_page_saved_as_a_single_file_is_read_out_of_its_mail() -> None:
    content = quopri.encodestring(page({"dailyPapers": [KETTLES, UMBRELLAS], "dateString": "2025-03-11"}).encode())
    mail = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://huggingface.co/papers
Subject: Daily Papers - Hugging Face
Date: Wed, 12 Mar 2025 08:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----Boundary--x----"

------Boundary--x----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://huggingface.co/papers

{content.decode()}
------Boundary--x----
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable
Content-Location: https://huggingface.co/front/build/style.css

@charset "utf-8";
------Boundary--x------
"""
    kettles, _ = read(mail)
    assert isinstance(kettles, Found)
    assert kettles.record.title == 'Kettles & "Teapots"'
    assert kettles.digest == DigestRecord(SOURCE, PartialDate(2025, 3, 11))


def test_a_page_that_breaks_off_holds_the_papers_before() -> None:
    text = page({"dailyPapers": [KETTLES, UMBRELLAS]})
    kettles, broken = read(text[: text.index("We lose")])
    assert isinstance(kettles, Found)
    assert isinstance(broken, Unreadable)
    assert "Sparse Umbrellas" in broken.text


def test_a_mended_paper_stays_on_the_day_of_its_page() -> None:
    digest = DigestRecord(SOURCE, PartialDate(2025, 3, 11))
    [item] = readers()["hf-saved-html"].reread(json.dumps(KETTLES), 7, digest)
    assert (item.digest, item.place) == (digest, 7)


def test_the_json_may_stand_in_single_quotes_or_in_a_script() -> None:
    listed = json.dumps({"dailyPapers": [UMBRELLAS]})
    for inner in (f"<div data-props='{listed}'></div>", f"<script>const props = {listed};</script>"):
        assert len(read(f"<html><head><title>Daily Papers - Hugging Face</title></head>{inner}</html>")) == 1


def test_a_page_without_its_json_is_read_as_any_list_in_html() -> None:
    text = f"<!DOCTYPE html><html><body><h1>Daily Papers</h1>{CARD}{CARD.replace('00001', '00002')}</body></html>"
    reader, chosen = recognise(document(text))
    assert reader.name == "html-list"
    assert len(list(reader.read(chosen))) == 2
    with pytest.raises(UnreadableFile, match="Webpage, complete"):
        list(readers()["hf-saved-html"].read(document(text)))
