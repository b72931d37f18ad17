"""Lists of papers in HTML: headings with links and paragraphs, read as those in Markdown are."""

import io

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable

LINK = "https://arxiv.org/abs/2503.01234"


def document(text: str) -> Document:
    return Document("list.html", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["html-list"].read(document(text)))


def paper(text: str) -> PaperRecord:
    """The only entry of a page."""
    [item] = read(text)
    assert isinstance(item, Found), item
    return item.record


@pytest.mark.parametrize(
    "text",
    [
        f'<h2><a href="{LINK}">A title</a></h2><p>A note.</p>',
        f"<H2><A HREF='{LINK}'>A title</A></H2>\n<P>A note.</P>",
        f'<h2>A title</h2><p><a href="{LINK}">paper</a></p><p>A note.</p>',
        f'<h2>1. A title</h2><ul><li><a href="{LINK}">arXiv</a></li></ul><div>A note.</div>',
        f"<h2>A\n  title</h2><p>{LINK}</p><p>A\n note.</p>",
        f'<div><h4 class="t">A title</h4></div><table><tr><td><a href="{LINK}">PDF</a><tr><td>A note.</table>',
        f'<h2><a href="{LINK}">A title</h2><p>A note.',
        f'<html><head><title>Page</title></head><body><h3><a href="{LINK}">A title</a></h3>A note.</body></html>',
        f'<h2><img src="a.png"> <a href="{LINK}">A title</a></h2><p><img src="b.png"></p><p>A note.</p>',
    ],
)
def test_a_paper_is_a_heading_with_a_link_in_it_or_below_and_a_note(text: str) -> None:
    record = paper(text)
    assert (record.title, record.note) == ("A title", "A note.")
    assert list(map(str, record.identifiers)) == ["arxiv:2503.01234"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>let a = '<h2>No heading</h2>'</script>",
        "<style>/* <h2>No heading</h2> */</style>",
        "<!-- <h2>No heading</h2> -->",
        "<template><h2>No heading</h2></template>",
        "<!-- <script> --><p></p>",
    ],
)
def test_what_no_reader_of_the_page_sees_is_not_read(unseen: str) -> None:
    assert paper(f'{unseen}<h2><a href="{LINK}">A title</a></h2>{unseen}<p>A note.</p>').note == "A note."


def test_emphasis_scripts_and_links_become_tex() -> None:
    record = paper(
        f'<h2><a href="{LINK}"><em>Fast</em> <b>kettles</b> of x<sub>1</sub></a></h2>'
        '<p>See <a href="https://a.example/x?y=1&amp;z=2">the code</a>, a &lt; b.</p>'
    )
    assert record.title == r"\emph{Fast} \textbf{kettles} of x$_{1}$"
    assert record.note == r"See \href{https://a.example/x?y=1&z=2}{the code}, a < b."


@pytest.mark.parametrize("url", ["https://a.example/{x}", "https://a.example/a b", "https://a.example/}"])
def test_an_address_that_tex_cannot_hold_leaves_its_words(url: str) -> None:
    assert paper(f'<h2><a href="{LINK}">A title</a></h2><p>See <a href="{url}">this</a>.</p>').note == "See this."


def test_other_links_of_a_paper_are_kept_with_what_stands_behind_them() -> None:
    record = paper(
        f'<h2>A title</h2><p><a href="{LINK}">paper</a> | <a href="https://github.com/a/b">code</a></p><p>A note.</p>'
    )
    assert record.links == (Link("code", "https://github.com/a/b"),)


def test_a_single_heading_over_all_others_names_the_digest() -> None:
    text = f'<h1>Tea Weekly, 11 March 2025</h1><p>Hello.</p><h2><a href="{LINK}">A title</a></h2>'
    assert [item.digest for item in read(text)] == [DigestRecord("Tea Weekly", PartialDate(2025, 3, 11))]


@pytest.mark.parametrize("colon", [":", "：", " :"])
@pytest.mark.parametrize(
    ("title", "abstract", "links"),
    [("Original title", "Abstract", "Links"), ("原文标题", "摘要", "论文链接"), ("英文标题", "论文摘要", "链接")],
)
def test_a_translated_paper_bears_its_original_title_and_the_translation_is_the_editor_s(
    title: str, abstract: str, links: str, colon: str
) -> None:
    record = paper(
        f"<h3>1. 水壶</h3><p><strong>{title}{colon}</strong> Kettles\n That Boil</p>"
        f"<p><strong>{abstract}{colon}</strong>\n水壶很少。</p>"
        f'<p><strong>{links}{colon}</strong> <a href="https://huggingface.co/papers/2503.01234">HuggingFace</a> | '
        f'<a href="{LINK}">arXiv</a></p>'
    )
    assert (record.title, record.other_titles) == ("Kettles That Boil", ("水壶",))
    assert (record.abstract, record.note) == ("", "水壶很少。")
    assert list(map(str, record.identifiers)) == ["arxiv:2503.01234"]


def test_an_abstract_in_the_paper_s_own_words_is_one() -> None:
    record = paper(f'<h2><a href="{LINK}">A title</a></h2><p><b>Abstract:</b></p><p>It is short.</p><p>A note.</p>')
    assert (record.abstract, record.note) == ("It is short.", "A note.")


def test_what_speaks_of_the_whole_page_is_no_paper() -> None:
    text = (
        "<h1>Tea Daily 2025-03-11</h1><h2>Statistics</h2><ul><li>Papers: 1</li></ul><h2>Papers</h2>"
        f'<h3>A title</h3><p><a href="{LINK}">arXiv</a></p><hr>'
        '<h2>Subscribe</h2><p>At <a href="https://a.example/tea">our page</a></p>'
    )
    assert paper(text).title == "A title"


def test_a_piece_on_a_line_with_others_is_told_of_alone() -> None:
    text = f'<h2>Lost</h2><p>Nothing.</p><h2><a href="{LINK}">Kept</a></h2>'
    lost, kept = read(text)
    assert isinstance(lost, Unreadable)
    assert (lost.text, lost.line, lost.reason) == (
        "<h2>Lost</h2><p>Nothing.</p>",
        1,
        "a heading without a link to a paper",
    )
    assert isinstance(kept, Found)


@pytest.mark.parametrize(
    "text",
    [
        f'<?xml version="1.0"?><rss><item><h2></h2><a href="{LINK}">x</a></item></rss>',
        f'# A list\n\n<h2></h2> <a href="{LINK}">x</a>',
        "<h2>Nothing but words</h2>",
        f'<p><a href="{LINK}">No heading</a></p>',
    ],
)
def test_what_is_no_html_with_headings_and_papers_is_not_taken_for_it(text: str) -> None:
    assert readers()["html-list"].recognise(document(text)) == 0


def test_a_page_of_nothing_but_headings_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than 10,000 headings"):
        read("<h1>" * 20_000)


def test_a_page_is_recognised() -> None:
    assert recognise(document(f'<!doctype html><h2><a href="{LINK}">A title</a></h2>'))[0].name == "html-list"
