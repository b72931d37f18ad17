"""Marked-up text as TeX-laden text."""

import pytest

from papers.formats.parts.markup import html_tree, text_in, text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain", "plain"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/>\n\nThree", "One\nTwo\nThree"),
        ("<i>E. coli</i> and <strong>more</strong>", r"\emph{E. coli} and \textbf{more}"),
        ("H<sub>2</sub>O, 10<sup>6</sup>", "H$_{2}$O, 10$^{6}$"),
        ("x<sup>*†</sup>", "x*†"),
        ("<script>no()</script><style>no</style>yes", "yes"),
        ("tea &amp; Caf&eacute;", "tea & Café"),
        ("<b> </b>", ""),
        ("a\n  wrapped\n line", "a wrapped line"),
        ("<p>never <b>closed", r"never \textbf{closed}"),
        ("<td>One</td><td>Two</td>", "One\nTwo"),
    ],
)
def test_html_becomes_text(markup: str, text: str) -> None:
    assert text_of(html_tree(markup)) == text


@pytest.mark.parametrize("nothing", ["", " ", "<!-- -->"])
def test_nothing_is_no_text(nothing: str) -> None:
    assert text_of(html_tree(nothing)) == ""


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ("1.2 < z < 6.6 & more", "1.2 < z < 6.6 & more"),
        (r"$a<b$, $c>d$ and T\"ULU", r"$a<b$, $c>d$ and T\"ULU"),
        ("vector<int> and <T>", "vector<int> and <T>"),
        ("lines\nas found", "lines\nas found"),
        ("x<sub>i</sub>", "x$_{i}$"),
        ("tea &amp; milk", "tea & milk"),
        ("<jats:p>One</jats:p>", "One"),
        ('<a href="x">One</a>', "One"),
        ("One<br/>Two", "One\nTwo"),
        ("<p>for $0<z<13$ and x<y</p>", "for $0<z<13$ and x<y"),
        ("<![CDATA[\nOne<br>Two\n]]", "One\nTwo"),
        ("<![CDATA[One]]>", "One"),
        ("One]]", "One]]"),
    ],
)
def test_a_text_that_may_be_html_is_taken_for_it_by_its_tags(found: str, text: str) -> None:
    assert text_in(found) == text


@pytest.mark.parametrize("tag", ["<b>", "<div>", "<table><tr><td>", "<p", "&lt;"])
def test_a_million_of_one_tag_are_read(tag: str) -> None:
    assert len(text_in(tag * (1_000_000 // len(tag)))) <= 1_000_000
