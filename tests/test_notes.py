"""Notes that people write as Markdown, made safe HTML."""

from time import process_time

import pytest

from papers.forms import LONGEST_NOTE
from papers.text import markdown_html, mentioned
from tests.test_text import assert_safe

OF_NOTES = frozenset("ul ol li blockquote pre br hr s h3 h4 h5 h6".split())
X2 = '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
REL = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", ""),
        (" \n ", ""),
        ("*so* **it** is", "<p><em>so</em> <strong>it</strong> is</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. one", '<ol start="3">\n<li>one</li>\n</ol>'),
        ("# Title", "<h3>Title</h3>"),
        ("## Part", "<h4>Part</h4>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("with $x^2$.", f"<p>with {X2}.</p>"),
        ("$5 and $6", "<p>$5 and $6</p>"),
        ("$a_1$ and $b_1$ are *not* emphasis", None),
        (
            "see https://example.org/a_b",
            f'<p>see <a href="https://example.org/a_b" {REL}>https://example.org/a_b</a></p>',
        ),
        ("call @bob", "<p>call @bob</p>"),
        ("[a](https://example.org)", f'<p><a href="https://example.org" {REL}>a</a></p>'),
    ],
)
def test_a_note_says_what_is_meant(raw: str, expected: str | None) -> None:
    made = markdown_html(raw)
    assert_safe(made, OF_NOTES)
    if expected is not None:
        assert made.strip() == expected
    else:
        assert made.count("<math") == 2
        assert made.count("<em>") == 1


@pytest.mark.parametrize("piece", ["<http://", "http://a", "http:// ", "www.", "a@", "[", "*a", "$"])
def test_a_note_is_shown_at_once_whatever_is_repeated_in_it(piece: str) -> None:
    before = process_time()
    markdown_html((piece * LONGEST_NOTE)[:LONGEST_NOTE])
    assert process_time() - before < 1


def test_addresses_are_links_in_a_long_reading_list_too() -> None:
    assert markdown_html("- https://example.org/a\n" * 400).count("<a ") == 400


@pytest.mark.parametrize(
    "raw",
    [
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://example.org/x.png)"),
        *("[a](javascript:alert(1))", "[a](data:text/html,x)", "<javascript:alert(1)>", "[a](//example.org)"),
        *(r"$\text{<img onerror=1>}$", r"$$\href{javascript:alert(1)}{x}$$", "$" * 3_000, "> " * 3_000 + "deep"),
    ],
)
def test_nothing_in_a_note_is_dangerous(raw: str) -> None:
    made = markdown_html(raw)
    assert_safe(made, OF_NOTES)


@pytest.mark.parametrize(
    ("raw", "expected", "called"),
    [
        ("Ask @bob.", "Ask <b>Bob B.</b>.", {"bob"}),
        ("*@Bob, @alice*", "<em><b>Bob B.</b>, @alice</em>", {"Bob", "bob", "alice"}),
        ("(@bob-) @@bob @", "(<b>Bob B.</b>-) @@bob @", {"bob"}),
        ("mail@bob a/@bob e@x.org `@bob` $@bob$", None, set()),
        ("[@bob](https://example.org/@bob)", f'<a href="https://example.org/@bob" {REL}><b>Bob B.</b></a>', {"bob"}),
        ("@eve", "<b>&lt;i&gt;Eve</b>", {"eve"}),
        ("@a.b+c-d@e_f", None, {"a.b+c-d@e_f"}),
    ],
)
def test_people_are_called_by_their_user_names(raw: str, expected: str | None, called: set[str]) -> None:
    made = markdown_html(raw, {"bob": "Bob B.", "eve": "<i>Eve"})
    assert_safe(made, OF_NOTES | {"b"})
    assert mentioned(raw) == called
    assert made.strip() == f"<p>{expected}</p>" if expected else "<b>" not in made
