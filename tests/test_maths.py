"""Formulas as MathML, where they are formulas; else as found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.maths import ELEMENTS, LONGEST, mathml
from papers.text import block_html, clean, inline_html

from .test_text import Seen, assert_safe


@pytest.mark.parametrize(
    ("raw", "display"),
    [
        ("$x^2$", "inline"),
        (r"\(x^2\)", "inline"),
        ("$$x^2$$", "block"),
        (r"\[x^2\]", "block"),
        (r"\begin{equation}x^2\end{equation}", "block"),
        (r"\begin{align*} x^2 &= y \end{align*}", "block"),
    ],
)
def test_maths_between_delimiters_becomes_mathml(raw: str, display: str) -> None:
    html = block_html(f"Let {raw} be.")
    assert f'<math display="{display}">' in html
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html
    assert "Let " in html
    assert clean(raw) == raw


@pytest.mark.parametrize(
    "raw", [r"$\sim$10", "$>$5", r"32$\times$32$\times$8", r"$\pm\,$3", "$≥$768", r"$ \approx $ 2"]
)
def test_a_symbol_alone_is_maths_even_before_a_digit(raw: str) -> None:
    seen = Seen(inline_html(raw))
    assert seen.tags.count("math") == raw.count("$") // 2
    assert "$" not in seen.text


@pytest.mark.parametrize(
    "raw",
    [
        "$5 and $6",
        "from $1.50 to $2,000",
        "US$100--$200",
        "costs $5 (or 5$)",
        "$5 million for training, or 200$ each",
        "a $20 budget that we spend wisely, as the 5$ one",
        "it costs 5 $ or 6 $",
        "$",
        "$$",
        "$ $",
        r"\$x\$",
    ],
)
def test_money_is_not_maths(raw: str) -> None:
    assert "<math" not in block_html(raw)
    assert Seen(inline_html(raw)).text == raw.replace("\\", "")


@pytest.mark.parametrize(
    "raw",
    [
        r"$\left($",
        r"$\ourmethod$",
        r"$\text{<b>bold</b>}$",
        r"$\text{<mi onclick='x'>x}$",
        r"$a & b$",
        f"${'x' * (LONGEST + 1)}$",
    ],
)
def test_what_the_converter_cannot_do_stays_as_found(raw: str) -> None:
    assert Seen(inline_html(raw)).text == raw
    assert Seen(block_html(f"so {raw} it is")).text == f"so {raw} it is"


def test_the_text_around_a_formula_is_untouched_by_it() -> None:
    html = inline_html(r"a < b, $x < y$ & c, $\text{</math></p><p>}$ d")
    assert html.startswith("a &lt; b, <math")
    assert html.endswith(r"</math> &amp; c, $\text{&lt;/math&gt;&lt;/p&gt;&lt;p&gt;}$ d")


def test_a_link_inside_maths_is_no_link() -> None:
    html = block_html(r"$\href{https://evil.example/}{x}$")
    assert Seen(html).urls == []
    assert "<mi>x</mi>" in html


def test_no_element_that_html_could_hide_in_is_maths() -> None:
    assert not ELEMENTS & {"annotation", "annotation-xml", "semantics", "maction", "mglyph", "malignmark", "merror"}


@pytest.mark.parametrize(
    "part",
    ["{", "}", "^{", "x_", r"\frac{", r"\sqrt[", r"\left(", r"\begin{matrix}", "&", r"\\", "'", r"\text{", "#", "$"],
)
def test_a_hostile_formula_is_refused_or_converted_and_raises_nothing(part: str) -> None:
    markup = mathml((part * LONGEST)[:LONGEST], display=False)
    assert markup is None or markup.startswith("<math")


PARTS = (
    r"x 1 + = < > & ' \alpha \frac \sqrt { } [ ] ^ _ \left \right ( ) . | \text{ \mathbf{ \begin{matrix} "
    r"\end{matrix} \\ \over \choose \limits \sum \href{ \color{ <b> </math> <!-- &amp; é 中 \, ~ % #"
).split()


@given(st.lists(st.sampled_from(PARTS), max_size=15).map(" ".join))
def test_any_formula_is_safe_to_show(tex: str) -> None:
    assert_safe(inline_html(f"${tex}$"))
    assert_safe(block_html(rf"\[{tex}\]"))
