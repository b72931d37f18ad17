"""Markdown lists: for each paper a heading, a link and a paragraph, in the many ways in which people write them."""

import io
import json
import time
from pathlib import Path

import pytest

from papers.dates import DayOfYear, PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.parts.sections import sections
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Unreadable
from papers.ids import fold
from papers.text import block_html, clean

LINK = "https://arxiv.org/abs/2503.01234"
ITEMS = "# Digest\n\n## [One](https://arxiv.org/abs/2503.00001)\n\n## [Two](https://arxiv.org/abs/2503.00002)\n"


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["markdown-list"].read(Document("list.md", lambda: io.BytesIO(text.encode()))))


def paper(text: str) -> PaperRecord:
    """The only entry of a list."""
    [item] = read(text)
    assert isinstance(item, Found), item
    return item.record


def titles(text: str) -> list[str]:
    return [item.record.title for item in read(text) if isinstance(item, Found)]


def reasons(text: str) -> list[tuple[int, str]]:
    return [(item.line, item.reason) for item in read(text) if isinstance(item, Unreadable)]


def named(record: PaperRecord) -> list[str]:
    return list(map(str, record.identifiers))


@pytest.mark.parametrize(
    "text",
    [
        f"## [A title]({LINK})\n\nA note.",
        f"## [A title]( <{LINK}> )\n\nA note.",
        f"## [A title][1]\n\nA note.\n\n[1]: {LINK}",
        f"## A title {LINK}\n\nA note.",
        f"## A title\n\n{LINK}\n\nA note.",
        f"## A title\n\n<{LINK}>\n\nA note.",
        f"## A title\n\n[paper]({LINK})\n\nA note.",
        f"## A title\n\n* [arXiv]({LINK})\n* [PDF](https://arxiv.org/pdf/2503.01234)\n\nA note.",
        f"## A title\n\n[![arXiv](https://badge.example/a.svg)]({LINK})\n\nA note.",
        f"A title\n=======\n\n{LINK}\n\nA note.",
        f"## 1. [A title]({LINK})\n\nA note.",
        f"## 12) A title\n{LINK}\n\nA note.",
        f"### 1) [2503.01234]({LINK}): A title\n\nA note.",
        f"## [arXiv:2503.01234v2] A title\n\n{LINK}\n\nA note.",
        f"---\nlayout: post\n---\n\n## [A title]({LINK})\n\nA note.",
        f"## [A title]({LINK})\r\n\r\nA note.\r\n",
    ],
)
def test_a_paper_is_a_heading_with_a_link_in_it_or_below_and_a_note(text: str) -> None:
    record = paper(text)
    assert (record.title, record.note) == ("A title", "A note.")
    assert named(record) == ["arxiv:2503.01234"]


def test_what_stands_between_two_rules_is_text_unless_it_is_keys_and_values() -> None:
    text = f"---\n# [Not lost]({LINK})\n---\n\n# [Kept](https://arxiv.org/abs/2503.05678)\n\nA note."
    assert [item.record.title for item in read(text) if isinstance(item, Found)] == ["Not lost", "Kept"]


def test_the_number_of_a_title_that_begins_with_one_stays() -> None:
    assert paper(f"## [3D Kettles]({LINK})").title == "3D Kettles"
    assert paper(f"## [2503.01234]({LINK})").title == "2503.01234"
    assert paper(f"## 7 Kettles\n\n{LINK}").title == "7 Kettles"


def test_emphasis_code_and_maths_become_tex_and_tex_stays_tex() -> None:
    record = paper(
        rf"## [*Fast* **T\"ULU** with `code` and $x_1$]({LINK})"
        "\n\n"
        r"By 12\% on $a_{1}$, *kettles* \_ and **pots**."
    )
    assert record.title == r"\emph{Fast} \textbf{T\"ULU} with \texttt{code} and $x_1$"
    assert record.note == r"By 12\% on $a_{1}$, \emph{kettles} \_ and \textbf{pots}."
    assert clean(record.title) == "Fast TÜLU with code and $x_1$"


def test_a_brace_that_would_get_in_the_way_of_tex_is_shown_as_it_is() -> None:
    record = paper(f"## [A title]({LINK})\n\nType `{{` or *a {{ b* or `}}` or [a }} b](https://a.example).")
    assert clean(record.note) == "Type { or a { b or } or a } b."


def test_a_block_of_maths_code_or_html_belongs_to_the_note() -> None:
    text = f"## [A title]({LINK})\n\n$$\nx^2\n$$\n\n$$\ny\n$$ (1)\n\n```\ncode\n```\n\n<p>a &lt; <b>b</b></p>\n"
    note = paper(text).note
    assert "$$\nx^2\n$$" in note
    assert "y" in note
    assert "code" in note
    assert "a < b" in " ".join(note.split())


def test_a_link_in_the_note_is_a_link_on_the_page() -> None:
    record = paper(f"## [A title]({LINK})\n\nSee [the code](https://a.example/x_y) at once.")
    assert record.note == r"See \href{https://a.example/x_y}{the code} at once."
    assert '<a href="https://a.example/x_y"' in block_html(record.note)


def test_a_bare_address_in_the_note_ends_where_it_ends() -> None:
    record = paper(f"## [A title]({LINK})\n\n代码在https://a.example/x。其余略。")
    assert 'href="https://a.example/x"' in block_html(record.note)


def test_the_other_links_of_a_paper_are_kept_with_what_stands_behind_them() -> None:
    text = (
        f"## A title\n\n[paper]({LINK}) | [code](https://github.com/a/b) | [site](https://a.example/project)\n\nA note."
    )
    record = paper(text)
    assert named(record) == ["arxiv:2503.01234"]
    assert record.links == (Link("code", "https://github.com/a/b"), Link("project", "https://a.example/project"))
    assert record.note == "A note."


def test_of_paragraphs_with_links_the_one_that_names_a_work_is_the_paper_s() -> None:
    record = paper(f"## A title\n\nWith code at https://github.com/a/b as well.\n\nRead it: [arXiv]({LINK}).")
    assert named(record) == ["arxiv:2503.01234"]


def test_a_paper_that_the_note_of_another_mentions_is_not_that_other() -> None:
    record = paper(f"## [A report](https://lab.example/report.pdf)\n\nGoes beyond [this]({LINK}).")
    assert record.identifiers == ()
    assert record.links == (Link("page", "https://lab.example/report.pdf"),)


def test_links_to_anything_but_the_web_are_no_links_to_a_paper() -> None:
    for target in ("#top", "../audio.mp3", "mailto:a@b.example", "/papers/"):
        assert reasons(f"## [A title]({target})\n") == [(1, "a heading without a link to a paper")]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ada Author, Ben van Bystander (2015)", ("Ada Author", "Ben van Bystander")),
        ("Ada Author and Cleo de la Companion (2015).", ("Ada Author", "Cleo de la Companion")),
        ("Authors: Ada Author; Ben Bystander", ("Ada Author", "Ben Bystander")),
        ("**Authors:** Ada Author, Ben Bystander", ("Ada Author", "Ben Bystander")),
        ("**Authors**: Ada Author,\nBen Bystander", ("Ada Author", "Ben Bystander")),
        ("*By*: Ada Author", ("Ada Author",)),
    ],
)
def test_a_line_of_authors_is_known(line: str, authors: tuple[str, ...]) -> None:
    record = paper(f"## [A title]({LINK})\n\n{line}\n\nA note (2016).")
    assert record.authors == authors
    assert record.note == "A note (2016)."
    assert record.published == (PartialDate(2015) if "2015" in line else None)


@pytest.mark.parametrize(
    "note", ["A follow-up to the kettle (2015).", "See above! (2015)", "(2015)", "Kettles (of 2015)"]
)
def test_a_sentence_that_ends_in_a_year_is_no_line_of_authors(note: str) -> None:
    record = paper(f"## [A title]({LINK})\n\n{note}")
    assert (record.authors, record.note) == ((), note)


def test_tags_and_an_abstract_are_known_by_their_labels_also_on_lines_of_one_paragraph() -> None:
    record = paper(
        f"## [A title]({LINK})\n\n**Authors:** Ada Author\n**Tags:** kettles, tea\n**Abstract:** We boil.\nTwice."
    )
    assert record.authors == ("Ada Author",)
    assert record.tags == ("kettles", "tea")
    assert record.abstract == "We boil.\nTwice."
    assert record.note == ""


@pytest.mark.parametrize(
    "below",
    [
        "**Abstract:** We boil.",
        "**Abstract**: We boil.",
        "**Abstract**\nWe boil.",
        "**Abstract**\n\nWe boil.",
        "> **Abstract:** We boil.",
        "- **Abstract**\n We boil.",
        "<details>\n<summary>Abstract</summary>\n\nWe boil.\n\n</details>",
        "<details><summary>Abstract</summary>\nWe boil.\n</details>",
    ],
)
def test_an_abstract_may_stand_behind_or_below_its_label(below: str) -> None:
    record = paper(f"## [A title]({LINK})\n\n{below}")
    assert (record.abstract, record.note) == ("We boil.", "")


def test_a_program_s_labels_are_understood() -> None:
    record = paper(
        "### A title\n - **Authors:** Ada Author, Ben Bystander\n - **Subjects:** Machine Learning (cs.LG); Optics "
        f"(physics.optics)\n - **Arxiv link:** {LINK}v3\n - **Pdf link:** https://arxiv.org/pdf/2503.01234\n"
        " - **Published:** 2025-03-09T06:24:13Z\n - **Code:** https://github.com/a/b\n - **Abstract**\n We boil."
    )
    assert (record.authors, record.tags) == (("Ada Author", "Ben Bystander"), ("cs.LG", "physics.optics"))
    assert (named(record), record.arxiv_version) == (["arxiv:2503.01234"], 3)
    assert (record.abstract, record.note, record.published) == ("We boil.", "", PartialDate(2025, 3, 9))
    assert record.links == (Link("code", "https://github.com/a/b"),)


def test_the_text_that_a_program_copied_is_the_abstract_also_without_a_label() -> None:
    text = "<p> Ada Author, F. al-Kettle </p>\n<p>\nWe boil z<sub>tea</sub> at 10&percnt;.\n</p>"
    facts = "<p> <b> Published: </b> 2025-03-09 </p>\n<p> <b> Comments: </b> 2 pages </p>"
    record = paper(f"### 1) [2503.01234]({LINK}): A title\n\n{text}\n{facts}\n")
    assert record.authors == ("Ada Author", "F. al-Kettle")
    assert (record.abstract, record.note, record.published) == (
        "We boil z$_{tea}$ at 10%.",
        "",
        PartialDate(2025, 3, 9),
    )


@pytest.mark.parametrize(
    "below", ["Comment: We like it.", "**Comments:** We like it.", "Paper: well written.", "We like it."]
)
def test_what_an_editor_labels_is_no_program_s(below: str) -> None:
    record = paper(f"## [A title]({LINK})\n\n{below}")
    assert record.abstract == ""
    assert below.rpartition(" ")[2] in record.note


def test_a_heading_that_says_when_dates_the_digest_and_one_without_papers_is_passed_over() -> None:
    updated = "### Updated Sat Mar 8 05:26:54 2025\n\n"
    items = read(ITEMS.replace("# Digest\n\n", f"# Digest\n\n{updated}## Steam\nThere is no result \n\n"))
    assert [(item.place, item.digest) for item in items if isinstance(item, Found)] == [
        (1, DigestRecord("Digest", PartialDate(2025, 3, 8))),
        (2, DigestRecord("Digest", PartialDate(2025, 3, 8))),
    ]
    assert len(items) == 2


@pytest.mark.parametrize(
    ("heading", "digest"),
    [
        ("Tea time, 11 March 2025", DigestRecord("Tea time", PartialDate(2025, 3, 11))),
        ("Tea time (3–9 March 2025)", DigestRecord("Tea time", PartialDate(2025, 3, 9))),
        ("Tea time, Mar 11", DigestRecord("Tea time", DayOfYear(3, 11))),
        ("New tea for Mon, 26 Dec 22", DigestRecord("New tea", PartialDate(2022, 12, 26))),
        ("New tea of Tuesday 11 March 2025", DigestRecord("New tea", PartialDate(2025, 3, 11))),
        ("Tea time", DigestRecord("Tea time")),
        ("2025-03-11", DigestRecord("", PartialDate(2025, 3, 11))),
        ("[Tea time](https://tea.example/), 2025-03-11", DigestRecord("Tea time", PartialDate(2025, 3, 11))),
    ],
)
def test_a_single_top_heading_names_the_digest(heading: str, digest: DigestRecord) -> None:
    items = read(ITEMS.replace("Digest", heading))
    assert [item.digest for item in items if isinstance(item, Found)] == [digest, digest]


def test_papers_keep_their_order_and_their_lines() -> None:
    items = read(ITEMS)
    assert [(item.place, item.line) for item in items if isinstance(item, Found)] == [(1, 3), (2, 5)]


def test_a_list_without_a_top_heading_names_no_digest() -> None:
    items = read(ITEMS.replace("# Digest\n", ""))
    assert [item.digest for item in items if isinstance(item, Found)] == [DigestRecord(), DigestRecord()]


def test_a_single_paper_is_a_paper_and_no_digest() -> None:
    assert titles(f"# [A title]({LINK})\n\nA note.") == ["A title"]
    assert titles(f"# A title\n\n{LINK}\n\n## Summary\n\nIt boils.\n") == ["A title"]


def test_a_heading_over_other_headings_only_gathers_them() -> None:
    vision = "## Vision\n\nWhat is seen.\n\n### [One](https://arxiv.org/abs/2503.00001)\n\n"
    text = f"# Digest\n\n{vision}## Sound\n\n### [Two](https://a.example)\n"
    assert titles(text) == ["One", "Two"]
    assert reasons(text) == []


def test_headings_below_a_paper_that_speak_of_it_belong_to_it() -> None:
    parts = "### Summary\n\nIt boils.\n\n### Code\n\nAt https://github.com/a/b now."
    text = f"# Digest\n\n## A title\n\n{LINK}\n\n{parts}\n\n## [Two](https://arxiv.org/abs/2503.00002)\n"
    assert titles(text) == ["A title", "Two"]
    assert reasons(text) == []
    first = read(text)[0]
    assert isinstance(first, Found)
    assert first.record.note == "Summary\n\nIt boils.\n\nCode\n\nAt https://github.com/a/b now."


def test_papers_below_a_paper_are_papers() -> None:
    text = f"## [A title]({LINK})\n\n### [A post](https://a.example)\n\n### [Its sequel](https://arxiv.org/abs/2503.00002)\n"
    assert titles(text) == ["A title", "A post", "Its sequel"]


def test_a_heading_without_a_link_is_told_of_with_all_that_stands_below_it() -> None:
    text = f"{ITEMS}\n## Three\n\nIt was lost.\n\nIn the wash.\n\n## [Four]({LINK})\n"
    [gone] = [item for item in read(text) if isinstance(item, Unreadable)]
    assert gone.text == "## Three\n\nIt was lost.\n\nIn the wash."
    assert (gone.line, gone.reason, gone.place) == (7, "a heading without a link to a paper", 3)
    assert titles(text) == ["One", "Two", "Four"]


@pytest.mark.parametrize(
    "below",
    [
        "- [This](https://arxiv.org/abs/2503.00001)\n- [That](https://arxiv.org/abs/2503.00002)\n",
        "| [This](https://arxiv.org/abs/2503.00001) | [That](https://arxiv.org/abs/2503.00002) |\n",
        "[a](https://doi.org/10.1000/a) [b](https://doi.org/10.1000/b) [c](https://doi.org/10.1000/c)\n",
    ],
)
def test_several_papers_under_one_heading_are_not_made_one(below: str) -> None:
    assert reasons(f"## Papers\n\n{below}") == [(1, "links to several papers: each needs a heading of its own")]


def test_a_preprint_and_its_publication_are_one_paper() -> None:
    record = paper(f"## A title\n\n[arXiv]({LINK}) [journal](https://doi.org/10.1000/a)")
    assert named(record) == ["arxiv:2503.01234", "doi:10.1000/a"]


@pytest.mark.parametrize("start", ["", "# Digest\n\n"])
def test_a_paper_that_no_heading_stands_above_is_told_of(start: str) -> None:
    text = f"{start}The best first: {LINK}\n\n## [One](https://arxiv.org/abs/2503.00001)\n"
    assert reasons(text) == [(1, "links to papers, and no heading of their own above them")]
    assert titles(text) == ["One"]


def test_a_file_without_any_heading_says_nothing_of_papers_it_does_not_name() -> None:
    assert read("Just a letter.\n\nWith https://a.example in it.") == []


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        (f"## [A title]({LINK})", True),
        (f"# A title\n\n{LINK}", True),
        ("# A title\n\nwithout a link", False),
        (f"no heading {LINK}", False),
        ("#hashtag https://a.example", False),
    ],
)
def test_it_is_known_by_headings_and_links(text: str, is_known: bool) -> None:
    assert bool(readers()["markdown-list"].recognise(Document("x", lambda: io.BytesIO(text.encode())))) is is_known


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "*_",
        "`a",
        "<",
        "$",
        "> ",
        "- ",
        "[a](",
        "# a\n",
        "## [a](https://a.example)\n\nb\n\n",
        "&",
        "\\",
        "{",
    ],
)
def test_a_hostile_list_is_read_all_the_same(piece: str) -> None:
    text = f"## [A title]({LINK})\n\n" + piece * (20_000 // len(piece))
    assert titles(text)[:1] == ["A title"]


@pytest.mark.parametrize("piece", ["[", "![", "[a ", "*a", "[a](b"])
def test_a_block_that_is_no_paragraph_is_left_as_it_stands(piece: str) -> None:
    began = time.process_time()
    block = piece * (1_000_000 // len(piece))
    assert sections(block)[0].paragraphs[0].text == block.strip()
    assert time.process_time() - began < 2


def test_brackets_that_are_left_open_keep_no_links_from_being_found() -> None:
    intervals = "We study [0, 1) and [a](https://a.example). " * 100
    assert len(sections(intervals)[0].paragraphs[0].links) == 100


@pytest.mark.parametrize("name", ["utf16be-bom.md", "gb18030.md"])
def test_a_real_chinese_list_holds_its_papers_in_every_encoding(shared: Path, name: str) -> None:
    path = shared / "digests" / "awkward" / f"derived__hf_zh_2025-01-23.{name}"
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    document = Document(path.name, lambda: path.open("rb"))
    assert recognise(document)[0].name == "markdown-list"
    found = [item for item in readers()["markdown-list"].read(document) if isinstance(item, Found)]
    ids = {identifier.value for item in found for identifier in item.record.identifiers}
    assert ids == {entry["arxiv_id"] for entry in expected}
    assert {item.digest.date for item in found} == {PartialDate(2025, 1, 23)}


def test_a_real_list_in_html_and_markdown_holds_its_papers(shared: Path) -> None:
    [path] = (shared / "digests" / "arxiv_daily_markdown").glob("*.md")
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    items = list(readers()["markdown-list"].read(Document(path.name, lambda: path.open("rb"))))
    found = [item.record for item in items if isinstance(item, Found)]
    assert [record.identifiers[0].value for record in found] == [entry["arxiv_id"] for entry in expected]
    assert [fold(clean(record.title)) for record in found] == [fold(entry["title"]) for entry in expected]
    assert all("<p>" not in record.note for record in found)


def test_real_tables_of_papers_are_told_of_and_not_made_one_paper(shared: Path) -> None:
    for path in (shared / "digests" / "hf_markdown").glob("gabrielchua*.md"):
        items = read(path.read_text(encoding="utf-8"))
        assert items
        assert all(isinstance(item, Unreadable) for item in items)


def test_a_translated_paper_bears_its_original_title_and_the_translation_is_the_editor_s() -> None:
    record = paper(
        "### 1. 水壶\n\n**原文标题：** Kettles That\n  Boil\n\n**摘要：**\n水壶很少。\n\n"
        f"**论文链接：** [HuggingFace](https://huggingface.co/papers/2503.01234) | [arXiv]({LINK})\n\n---\n"
    )
    assert (record.title, record.other_titles) == ("Kettles That Boil", ("水壶",))
    assert (record.abstract, record.note) == ("", "水壶很少。")
    assert named(record) == ["arxiv:2503.01234"]


@pytest.mark.parametrize("label", ["**Abstract:**", "**Abstract**:", "Abstract:", "*Abstract*:"])
def test_a_label_alone_is_of_the_paragraph_below(label: str) -> None:
    record = paper(f"## [A title]({LINK})\n\n{label}\n\nIt is short.\n\nA note.")
    assert (record.abstract, record.note) == ("It is short.", "A note.")


def test_a_line_labelled_as_links_is_no_note_but_a_sentence_about_them_is() -> None:
    assert paper(f"## A title\n\n**Links:** [a]({LINK}) | [b](https://b.example)\n\nA note.").note == "A note."
    assert paper(f"## [A title]({LINK})\n\nLink: a fence of three sticks.").note == "Link: a fence of three sticks."


def test_what_speaks_of_the_whole_list_is_no_paper() -> None:
    above = "# Tea 2025-03-11\n\n## Statistics\n\n- 1 paper\n\n## Papers\n\n"
    text = f"{above}### A title\n\n{LINK}\n\n## Subscribe\n\nAt [us](https://a.example)."
    assert (titles(text), reasons(text)) == (["A title"], [])


@pytest.mark.parametrize("code", ["", "代码见https://github.com/a/b。"])
def test_a_translated_paper_whose_links_were_left_empty_is_read_by_its_original_title(code: str) -> None:
    card = "### N. 水壶N\n\n**原文标题：** Kettles N\n\n**摘要：**\n水壶很少。\n\n**论文链接：** []()\n\n---\n\n"
    text = (
        "# Hugging Face 每日论文速递 2025-01-08\n\n## 统计\n- 总论文数：2\n\n## 详情\n\n"
        f"{card.replace('N', '1')}{card.replace('N', '2').replace('很少。', f'很少。{code}')}"
        "## 订阅\n- [us](https://github.com/a/newsletter)\n"
    )
    assert (titles(text), reasons(text)) == (["Kettles 1", "Kettles 2"], [])
    first, second = (item for item in read(text) if isinstance(item, Found))
    assert (first.record.note, second.record.note) == ("水壶很少。", f"水壶很少。{code}")
    assert first.digest == DigestRecord("Hugging Face 每日论文速递", PartialDate(2025, 1, 8))


def test_a_number_in_brackets_before_a_title_is_none_of_its_own() -> None:
    assert titles(
        f"## Tea\n\n### [12] [A title]({LINK})\n\n### [13] [[Re] Kettles]({LINK.replace('1234', '1235')})"
    ) == [
        "A title",
        "[Re] Kettles",
    ]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("*Ada Author,Ben Bystander*", ("Ada Author", "Ben Bystander")),
        ("*Ada Author*", ("Ada Author",)),
        ("Ada Author, Ben van Bystander, Cem", ("Ada Author", "Ben van Bystander", "Cem")),
    ],
)
def test_who_wrote_it_stands_above_a_labelled_abstract(line: str, authors: tuple[str, ...]) -> None:
    record = paper(f"### [A title]({LINK})\n{line}\n\nMain category: cs.DB\n\nTL;DR: Tea.\n\nAbstract: It is short.")
    assert (record.authors, record.tags) == (authors, ("cs.DB",))
    assert (record.note, record.abstract) == ("TL;DR: Tea.", "It is short.")


@pytest.mark.parametrize(
    "note", ["Kettles, Teapots", "Accepted!", "*Oral*", "*A talk, and a good one*", "Award 2025, Ada"]
)
def test_other_words_above_a_labelled_abstract_are_a_note(note: str) -> None:
    record = paper(f"### [A title]({LINK})\n\n{note}\n\nAbstract: It is short.")
    assert (record.authors, record.abstract) == ((), "It is short.")
    assert record.note


def test_what_stands_right_behind_a_folded_abstract_is_no_part_of_it() -> None:
    folded = "<details>  \n  <summary>Abstract</summary>  \n  <ol>  \n    It is short.  \n  </ol>  \n</details>  \n"
    record = paper(f"### [A title]({LINK})  \nAda Author, Ben Bystander  \n{folded}**comments**: At *Tea* 2024  \n")
    assert (record.authors, record.abstract) == (("Ada Author", "Ben Bystander"), "It is short.")
    assert record.note == r"At \emph{Tea} 2024"


def test_titles_of_folded_parts_are_papers_if_they_have_numbers() -> None:
    fold = "<details>\n<summary><b>{0}. Kettles {0}</b> ⭐ 7</summary>\n\n<br/>\n\n{1}\n\n> A note.\n\n</details>\n\n"
    first = fold.format(1, f"**👥 Authors:** Ada Author\n\n**🔗 Links:** [arXiv]({LINK}) • [PDF]({LINK}v1)")
    second = fold.format(2, "**🔗 Links:** [HF](https://huggingface.co/papers/2503.01235)")
    above = "# Tea daily\n\n## Statistics\n\n**Last Updated:** April 21, 2026\n\n## Papers\n\n"
    text = f"{above}{first}{second}## License\n\nSee [it](https://a.example/license).\n"
    assert recognise(Document("list.md", lambda: io.BytesIO(text.encode())))[0].name == "markdown-list"
    assert (titles(text), reasons(text)) == (["Kettles 1", "Kettles 2"], [])
    item, other = (item for item in read(text) if isinstance(item, Found))
    assert (item.record.authors, item.record.note) == (("Ada Author",), "A note.")
    assert named(other.record) == ["arxiv:2503.01235"]
    assert item.digest == DigestRecord("Tea daily", PartialDate(2026, 4, 21))
    assert text.split("\n")[item.line].startswith("<summary><b>1. Kettles")
    folded = text[text.index("<details>") : text.index("</details>")]
    [alone] = readers()["markdown-list"].reread(folded, 1, item.digest)
    assert alone == item._replace(line=1)


def test_the_day_on_which_a_paper_was_updated_is_not_the_list_s() -> None:
    [item] = read(f"# Tea\n\n## [A title]({LINK})\n\nUpdated: 2025-03-11\n\nA note.")
    assert item.digest == DigestRecord("Tea")


@pytest.mark.parametrize(
    "text",
    [
        "# A program\n\n## Install\n\nFrom [here](https://api.example.com/v1).\n\n## License\n\n[MIT](https://mit.example)",
        "# Tea\n\n[Coffee](https://coffee.example)\n\n## Days\n\n- [2026-08-11](2026-08-11.md)\n- [2026-08-10](b.md)\n",
        "# Tea 2025-06-10\n\n## Status\n\nNo papers.\n\n## Links\n\n- [arXiv](https://arxiv.org/)\n",
    ],
)
def test_pages_that_link_to_no_paper_are_no_lists_of_them(text: str) -> None:
    with pytest.raises(UnreadableFile, match="in no format"):
        recognise(Document("README.md", lambda: io.BytesIO(text.encode())))


def test_a_paper_whose_link_is_in_its_last_part_is_one_paper() -> None:
    other = "https://huggingface.co/papers/2503.01235"
    parts = f"## Teapots\n\n### 1. Work\n\nThey pour.\n\n### 2. Words\n\n- pot\n\nMore.\n\n[page]({other})\n"
    text = (
        f"# 【2023-09-10】Tea\n\n## Kettles\n\nThey boil.\n\n[page]({LINK})\n{parts}## Cups\n\n[page]({LINK[:-1]}6)\n"
    )
    assert (titles(text), reasons(text)) == (["Kettles", "Teapots", "Cups"], [])
    _, teapots, _ = (item for item in read(text) if isinstance(item, Found))
    assert named(teapots.record) == ["arxiv:2503.01235"]
    assert "They pour." in teapots.record.note
    assert teapots.digest == DigestRecord("Tea", PartialDate(2023, 9, 10))
