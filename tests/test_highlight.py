"""Matched words marked: as the engines find them, and never inside a tag, an entity or a formula."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.highlight import Highlighter
from papers.language import parse
from papers.text import block_html

HTML = (
    '<p>Diffusions of <em>low</em> ranks: TÜLU &amp; <math display="inline"><mi>low</mi></math> '
    '<a href="https://low.org">lower</a> low-rank.</p>'
)


def marked(question: str, html: str = HTML) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", Highlighter(parse(question).node).abstract(html))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("diffusion", ["Diffusions"]),
        ("tulu", ["TÜLU"]),
        ("low", ["low", "low"]),
        ("low rank", ["low", "ranks", "low", "rank"]),
        ('"low rank"', ["low", "ranks", "low", "rank"]),
        ('"rank low"', []),
        ('"ranks tulu"', ["ranks", "TÜLU"]),
        ("low*", ["low", "lower", "low"]),
        ('"of low"', ["of", "low"]),
        ("diffusion -low", ["Diffusions"]),
        ("abstract:diffusion", ["Diffusions"]),
        ("title:diffusion", []),
        ("tag:diffusion", []),
        ("diffusion or zebra", ["Diffusions"]),
        ("amp", []),
        ("mi", []),
        ("", []),
    ],
)
def test_what_was_looked_for_is_marked(question: str, words: list[str]) -> None:
    assert marked(question) == words


def test_a_title_is_marked_by_what_titles_were_asked_for() -> None:
    highlighter = Highlighter(parse("title:low abstract:rank").node)
    assert highlighter.title("low rank") == "<mark>low</mark> rank"
    assert highlighter.abstract("low rank") == "low <mark>rank</mark>"


TEXTS = st.lists(
    st.sampled_from(["low", "rank", "a<b", '"', "&", "$x^2$", "https://low.org", r"\textit{low}", ". "])
).map(" ".join)


@given(TEXTS, st.sampled_from(["low", '"low rank"', "low* amp lt gt quot href p em", "x 2 mi math a org"]))
def test_marks_are_all_that_is_added(text: str, question: str) -> None:
    html = block_html(text)
    shown = Highlighter(parse(question).node).abstract(html)
    assert re.sub("</?mark>", "", shown) == html
    assert not re.search(r"<[^<>]*<mark>", shown)
    assert unescape(re.sub("<[^<>]*>", "", shown)) == unescape(re.sub("<[^<>]*>", "", html))


WORDS = st.lists(st.sampled_from(["low", "LOWER", "Lów", "łow", "ranks", "ranked", "x1", "文low", "slow"]), max_size=6)


@given(WORDS, st.lists(st.sampled_from(["low", "rank", "lo*", "x1", "文*", "ł*"]), min_size=1, max_size=3))
def test_a_word_is_marked_alike_alone_and_in_a_row(text: list[str], sought: list[str]) -> None:
    html, question = block_html(", ".join(text)), " ".join(sought)
    assert marked(question, html) == marked(f'{question} "never there"', html)
