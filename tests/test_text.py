"""TeX-laden text made clean to read and search, and safe to show."""

import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import readers
from papers.formats.document import Document
from papers.formats.record import Found
from papers.maths import ELEMENTS
from papers.tex import Words, parse
from papers.text import block_html, clean, inline_html


class Seen(HTMLParser):
    """What a browser would find in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.urls: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("br", "hr"):
            self.open.append(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.urls += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")


OF_MATHS = (
    "accent accentunder columnspan depth display displaystyle fence form height largeop linethickness lspace "
    "mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel stretchy symmetric voffset width"
).split()


def assert_safe(html: str, also: frozenset[str] = frozenset()) -> None:
    seen = Seen(html)
    assert set(seen.tags) <= {"p", "em", "strong", "code", "a"} | also | ELEMENTS, html
    for tag, name in seen.attributes:
        assert name in (
            ("href", "rel") if tag == "a" else OF_MATHS if tag in ELEMENTS else ("start",) if tag == "ol" else ()
        ), html
    for url in seen.urls:
        assert url.startswith(("http://", "https://")), html


def alphanumerics(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (r"T\"ULU", "TÜLU"),
        (r"T\"{U}LU", "TÜLU"),
        (r"T{\"U}LU", "TÜLU"),
        (r"T{\"{U}}LU", "TÜLU"),
        (r"T{\"}ULU", "TÜLU"),
        (r"Caf\'e \`a la cr\`eme", "Café à la crème"),
        (r"Erd\H{o}s, Erd\H os", "Erdős, Erdős"),
        (r"Ho\v{r}ava and \v Cech", "Hořava and Čech"),
        (r"\c{C}elik, \c Celik", "Çelik, Çelik"),
        (r"na\"{\i}ve, na{\"\i}ve, na\"\i ve, Mart\'\i nez", "naïve, naïve, naïve, Martínez"),
        (r"\~nand\'u \=a \.z \u{g} \d{s} \b{d} \k{a} \r{A}", "ñandú ā ż ğ ṣ ḏ ą Å"),
        (r"\L{}ukasz, \L ukasz, {\L}ukasz", "Łukasz, Łukasz, Łukasz"),
        (r"stra\ss e, stra{\ss}e, \O rsted, \AA ngstr\"om, \oe uvre", "straße, straße, Ørsted, Ångström, œuvre"),
        (r"\alpha-stable, \alpha{}, 5 \pm 1 \ldots", "α-stable, α, 5 ± 1 …"),
    ],
)
def test_accents_and_symbols_become_letters(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned
    assert inline_html(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (r"50\% of a\_b \& c\#d \$5 \{x\}", "50% of a_b & c#d $5 {x}"),
        (r"Fig.~3 of A.~Author, 30~m", "Fig. 3 of A. Author, 30 m"),
        (r"one\\two\\[2pt]three\,four\ five", "one two three four five"),
        (r"hy\-phen", "hyphen"),
        ("``quoted'' text", "“quoted” text"),
        ("``a ``b'' c''", "“a “b” c”"),
        (r"today\'s \"good\" model, we\'re", "today's \"good\" model, we're"),
        ("wrapped\n  over\r\nlines\t", "wrapped over lines"),
        (r"a{\textemdash}b{\textquotesingle}s", "a—b's"),
        (r"p{\textless}0.05, a\textunderscore{}b", "p<0.05, a_b"),
        (r"Al\textsubscript{x}Ga, 5\textsuperscript{th}", "Al$_{x}$Ga, 5$^{th}$"),
        ("e\N{COMBINING ACUTE ACCENT}tude", "étude"),
    ],
)
def test_escapes_quotes_ties_and_breaks_become_what_they_mean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "found",
    [
        "10times N_E sum_{i=1}^{N_E} f_i p_i and qi2023fine--",
        r"\unknown{x} \cite{someone2024} \method",
        r"C:\new\table",
        "~2% more, 5~10 of them, ~user",
        "a {snowy} photo of a {class}",
        r"\textit{never closed",
        r"\'{} and \" 5",
        "`single' and ``never closed",
        "{ $ { ``",
    ],
)
def test_what_is_not_understood_stays_as_found(found: str) -> None:
    assert clean(found) == found.strip()
    assert Seen(block_html(found)).text == found.strip()


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        (r"\textit{a} \emph{b} {\it c} {\em d}", "<em>a</em> <em>b</em> <em>c</em> <em>d</em>"),
        (r"\textbf{a} {\bf b}", "<strong>a</strong> <strong>b</strong>"),
        (r"\texttt{a} {\tt b}", "<code>a</code> <code>b</code>"),
        (r"\textsc{a} \textrm{b} \text{c} \mbox{d}", "a b c d"),
        (r"\textit{a \textbf{b \%} c}", "<em>a <strong>b %</strong> c</em>"),
        (r"\textit{an {inner} brace and \} another}", "<em>an {inner} brace and } another</em>"),
        (r"\textit{maths $x_1$}", '<em>maths <math display="inline"><mrow>'),
    ],
)
def test_emphasis_is_shown(raw: str, html: str) -> None:
    assert inline_html(raw).startswith(html)
    assert not set(clean(raw)) & set("\\") or "$" in raw


@pytest.mark.parametrize(
    ("raw", "url", "behind"),
    [
        ("see https://a.example/x.", "https://a.example/x", "."),
        ("(https://a.example/x).", "https://a.example/x", ")."),
        ("[code: https://a.example/x.]", "https://a.example/x", ".]"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)", ""),
        ("(see https://a.example/x_(y))", "https://a.example/x_(y)", ")"),
        ("https://a.example/x.Our results", "https://a.example/x", ".Our results"),
        ("https://a.example/x.Warning: harm", "https://a.example/x", ".Warning: harm"),
        ("“https://a.example/x”", "https://a.example/x", "”"),
        ('"https://a.example/x"', "https://a.example/x", '"'),
        ("<https://a.example/x>", "https://a.example/x", ">"),
        ("{https://a.example/x}", "https://a.example/x", "}"),
        ("https://a.example/x，其余", "https://a.example/x", "，其余"),
        (r"https://a.example/a\_b\%20c", "https://a.example/a_b%20c", ""),
        ("https://a.example/~user/?a=1&b=2#c", "https://a.example/~user/?a=1&b=2#c", ""),
        (r"\url{https://a.example/a_b}", "https://a.example/a_b", ""),
    ],
)
def test_an_address_becomes_a_link_without_what_is_glued_to_it(raw: str, url: str, behind: str) -> None:
    seen = Seen(block_html(raw))
    assert seen.urls == [url]
    assert seen.text.endswith(url + behind)
    assert clean(raw).endswith(url + behind)


def test_a_link_has_the_words_its_author_gave_it() -> None:
    raw = r"at \href{https://a.example/}{our \textit{page}}"
    assert '<a href="https://a.example/"' in block_html(raw)
    assert "our <em>page</em></a>" in block_html(raw)
    assert clean(raw) == "at our page (https://a.example/)"


@pytest.mark.parametrize("raw", ["https://a.example/x", r"\url{https://a.example/x}", r"\href{https://a.example}{x}"])
def test_a_title_holds_no_link_since_it_stands_in_one(raw: str) -> None:
    assert "<a" not in inline_html(raw)
    assert inline_html(raw).endswith("x")


def test_a_blank_line_divides_paragraphs_and_a_line_break_does_not() -> None:
    assert block_html("one\ntwo\n \nthree\n\n\nfour") == "<p>one two</p><p>three</p><p>four</p>"


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\t\n \n"])
def test_blank_text_is_no_paragraph(blank: str) -> None:
    assert block_html(blank) == inline_html(blank) == clean(blank) == ""


PIECES = (
    r"""\ $ { } ` '' `` ~ % & # ^ _ [ ] \( \) \[ \] $$ \\ \{ \} \% \$ \textit{ \emph{ {\it {\bf \href{ \url{ http://
    https://a.b/ \" \' \c \v \i \ss \alpha \begin{equation} \end{equation} \text{ \frac \left( < > &lt; é a B 1"""
).split()
SPACES = [" ", "\n\n", "\N{COMBINING ACUTE ACCENT}", "\N{GREEK VARIA}"]
TEX = st.lists(st.sampled_from([*PIECES, *SPACES]), max_size=30).map("".join)


@given(TEX | st.text())
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(st.text(st.characters(exclude_characters="\\")) | TEX.map(lambda tex: tex.replace("\\", "")))
def test_no_letter_and_no_digit_of_plain_text_is_lost(raw: str) -> None:
    assert alphanumerics(clean(raw)) == alphanumerics(raw)


@given(st.text(st.characters(exclude_characters="\\$")) | TEX.map(lambda tex: tex.replace("\\", "").replace("$", "")))
def test_nor_is_any_on_a_page(raw: str) -> None:
    for html in (inline_html(raw), block_html(raw)):
        assert alphanumerics(Seen(html).text) == alphanumerics(raw)


@given(TEX)
def test_whatever_is_put_together_is_safe_to_show(raw: str) -> None:
    assert_safe(inline_html(raw))
    assert_safe(block_html(raw))


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<form action=//evil.example><button>x</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<style>@import '//evil.example'</style>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math><maction actiontype='statusline' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<mi href='javascript:alert(1)'>x</mi>",
    "<mi xlink:href='javascript:alert(1)' style='position:fixed' class=c id=i title=t lang=l onclick=alert(1)>x</mi>",
    "<mtext></mtext></math><img src=x onerror=alert(1)>",
    "</p></math></svg><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java&#115;cript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example/x",
    "/account/delete/",
    r"\\evil.example",
    'https://a.example" onmouseover="alert(1)',
    "https://a.example' onmouseover='alert(1)",
    "https://a.example><script>alert(1)</script>",
    "https:javascript:alert(1)",
    "http:/account/delete/",
]
PLACES = [
    "%s",
    r"\textit{%s}",
    r"\href{%s}{x}",
    r"\href{https://a.example/}{%s}",
    r"\url{%s}",
    "https://a.example/%s",
    "``%s''",
    "$%s$",
    "$$%s$$",
    r"$\text{%s}$",
    r"$\mathrm{%s}$",
    r"$\href{%s}{x}$",
    r"$\style{%s}{x} \class{%s}{y} \color{%s}{z}$",
    r"$\begin{array}{%s}%s\end{array}$",
    r"\begin{equation}\text{%s}\end{equation}",
]


@pytest.mark.parametrize("place", PLACES)
def test_nothing_hostile_gets_out(place: str) -> None:
    for payload in HOSTILE:
        raw = place.replace("%s", payload)
        assert_safe(inline_html(raw))
        assert_safe(block_html(raw))


def test_a_link_to_anything_but_a_web_page_keeps_its_words_only() -> None:
    for url in ("javascript:alert(1)", "/account/delete/", "//evil.example", "mailto:a@b.example", "x.html", ""):
        assert block_html(rf"\href{{{url}}}{{words}}") == "<p>words</p>"


@pytest.mark.parametrize(
    "opening",
    [
        *("\\", "$", "{", "}", "`", "~", "_", "^", "%", "&", "#", "[", "<", "(", "'"),
        *(
            r"\textit{",
            r"{\it ",
            r"\href{",
            r"\href{x}{",
            r"\url{",
            r"\[",
            r"\(",
            r"\begin{equation}",
            r"\begin{align}x",
        ),
        *("``", r"\'{", r"\u{ ", "$a ", "$$a", r"\$\(", r"$\{", r"\textit{\textbf{", "https://(", "http://."),
    ],
)
def test_a_hundred_thousand_openings_that_nothing_closes_stay_as_found(opening: str) -> None:
    raw = opening * (100_000 // len(opening))
    assert alphanumerics(clean(raw)) == alphanumerics(raw)
    assert_safe(block_html(raw))


@pytest.mark.parametrize(
    ("piece", "cleaned"),
    [
        (r"\%", "%"),
        (r"\'a", "á"),
        (r"\textit{a}", "a"),
        ("``a''", "“a”"),
        (r"\\ a", " a"),
        (r"\alpha{}", "α"),
        ("$a$", "$a$"),
    ],
)
def test_what_closes_is_understood_however_often_it_comes(piece: str, cleaned: str) -> None:
    times = 20_000
    assert clean(piece * times) == (cleaned * times).strip()


def test_tex_is_understood_behind_much_that_is_none() -> None:
    assert clean(r"\ours " * 50 + r"T\"ULU") == r"\ours " * 50 + "TÜLU"


def test_nesting_without_end_ends() -> None:
    deep = 200
    raw = r"\textit{\textbf{" * deep + "kernel" + "}}" * deep
    assert "kernel" in clean(raw)
    assert_safe(block_html(raw))
    assert clean(r"\textit{\textbf{" * 20 + "kernel" + "}}" * 20) == "kernel"


def test_no_tex_is_left_on_the_real_page(shared: Path) -> None:
    path = shared / "digests" / "hf-papers-page.txt"
    records = [
        item.record
        for item in readers()["hf-page"].read(Document(path.name, lambda: path.open("rb")))
        if isinstance(item, Found)
    ]
    assert any(r"T\"ULU" in record.abstract for record in records)
    for record in records:
        for shown in (
            *(clean(record.title), clean(record.abstract)),
            *(inline_html(record.title), block_html(record.title), block_html(record.abstract)),
        ):
            for tex in (r"\textit{", r"\emph{", r"T\"ULU", r"\%", r"\'a", r"\&"):
                assert tex not in shown
        assert_safe(block_html(record.abstract))


def test_line_ends_one_after_another_are_one() -> None:
    assert parse("a" + r"\\" * 100_000 + "[2pt]b") == (Words("a"), Words(" "), Words("b"))
