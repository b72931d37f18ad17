"""TeX-laden text made clean and safe: the one place where HTML is made from text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any, assert_never

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from .maths import ELEMENTS, mathml
from .tex import Link, Maths, Spans, Styled, Words, is_plain, parse

_TAGS = {"p", "em", "strong", "code", "a"}
_ATTRIBUTES = {
    "*": set(),
    "a": {"href"},
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": set("fence form largeop lspace maxsize minsize movablelimits rspace stretchy symmetric".split()),
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mspace": {"width", "height", "depth"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "menclose": {"notation"},
    "mtd": {"columnspan", "rowspan"},
}
_cleaner = nh3.Cleaner(
    tags=_TAGS | ELEMENTS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)
#: The same with what else somebody writes in a note.
_note_cleaner = nh3.Cleaner(
    tags=_TAGS | ELEMENTS | set("ul ol li blockquote pre br hr s h3 h4 h5 h6 b".split()),
    attributes=_ATTRIBUTES | {"ol": {"start"}},
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)
_MOST_PASSES = 10
#: In so many addresses of one note links are looked for. At each that is none, the text before and after it is gone
#: through, so that thousands would take seconds.
_MOST_ADDRESSES = 500
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1f]")
#: Characters that no text needs and no database takes: controls but tab and newline, and halves of surrogate pairs.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
#: A user name after an @, as people call each other; not within a word, an address or a path.
_MENTION = re.compile(r"(?<![\w@.+/-])@(\w(?:[\w.@+-]*\w)?)")
_BLANK_LINES = re.compile(r"\n\s*\n")


def storable(text: str) -> str:
    """`text` without characters that cannot be stored or shown; itself where it has none."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)) if _UNWANTED.search(text) else text


def clean(raw: str) -> str:
    """`raw` on one line to read, search and compare: TeX accents are letters, markup is gone, maths stays TeX.

    Cleaning twice changes nothing more.
    """
    text = _one_line(raw)
    for _ in range(_MOST_PASSES):  # what comes out of one command may be read as another: \\% as \%
        if is_plain(text) or (once := _one_line(_words(parse(text)))) == text:
            break
        text = once
    return text


def inline_html(raw: str) -> str:
    """Safe HTML for a title or another single line: emphasis and maths, no links, so that it can stand in one."""
    return _cleaner.clean(_inline(raw, links=False))


def block_html(raw: str) -> str:
    """Safe HTML for an abstract or a note: paragraphs, emphasis, maths and links; empty for blank text."""
    paragraphs = filter(str.strip, _BLANK_LINES.split(raw))
    return _cleaner.clean("".join(f"<p>{_inline(paragraph, links=True)}</p>" for paragraph in paragraphs))


def markdown_html(raw: str, people: Mapping[str, str] | None = None) -> str:
    """Safe HTML for what somebody wrote as Markdown, with maths; no HTML of their own, no pictures. Who of `people`, by
    their user names in small letters, is mentioned in it stands there by name."""
    rules = _markdown(links=raw.count("://") <= _MOST_ADDRESSES)
    return _note_cleaner.clean(rules.render(storable(raw), {"people": people or {}})) if raw.strip() else ""


def line_html(raw: str) -> str:
    """Safe HTML for one line that somebody wrote: as in a note, but that nothing in it begins a paragraph or a list."""
    return _cleaner.clean(_markdown(links=True).renderInline(storable(raw), {}))


def mentioned(raw: str) -> set[str]:
    """The user names, also in small letters, by which somebody's Markdown calls people, whoever they are."""
    called: set[str] = set()
    _markdown(links=False).parse(storable(raw), {"called": called})
    return called | set(map(str.lower, called))


@cache
def _markdown(*, links: bool) -> MarkdownIt:
    """With addresses made links, or as they stand."""
    rules = MarkdownIt("commonmark", {"html": False, "linkify": links})
    rules.enable(["linkify", "strikethrough"]).disable("image")
    rules.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    rules.use(_headings_below).use(_mentions)
    for kind in ("math_inline", "math_inline_double", "math_block"):
        rules.add_render_rule(kind, _formula)
    return rules


def _formula(renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    token = tokens[index]
    source = f"{token.markup}{token.content}{token.markup}"
    return mathml(token.content.strip(), display=token.markup == "$$") or escape(source, quote=False)


def _headings_below(rules: MarkdownIt) -> None:
    """Headings of a note stand below those of the page that shows it."""

    def lower(state: StateCore) -> None:
        for token in state.tokens:
            if token.type.startswith("heading_"):
                token.tag = f"h{min(6, max(3, int(token.tag[1]) + 2))}"

    rules.core.ruler.push("headings_below", lower)


def _mentions(rules: MarkdownIt) -> None:
    """`@name` becomes the name of whoever that is."""

    def name(state: StateCore) -> None:
        for token in state.tokens:
            if token.children:
                token.children = [part for child in token.children for part in _named(child, state.env)]

    rules.core.ruler.push("mentions", name)


def _named(token: Token, env: MutableMapping[str, Any]) -> Iterator[Token]:
    """A text in parts: those around the mentions in it, and the names of who is known."""
    past = 0
    for mention in _MENTION.finditer(token.content) if token.type == "text" else ():
        env.get("called", set()).add(mention[1])
        if name := env.get("people", {}).get(mention[1].lower()):
            yield Token("text", "", 0, content=token.content[past : mention.start()])
            yield from (
                Token("mention_open", "b", 1),
                Token("text", "", 0, content=name),
                Token("mention_close", "b", -1),
            )
            past = mention.end()
    if past:
        token.content = token.content[past:]
    yield token


def _inline(raw: str, *, links: bool) -> str:
    raw = _one_line(raw)
    return escape(raw, quote=False) if is_plain(raw) else _html(parse(raw), links=links)


@lru_cache(maxsize=8)  # a text is made clean and made HTML of, one after the other
def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(storable(text).split()))


def _words(spans: Spans) -> str:
    return "".join(map(_words_of, spans))


def _words_of(span: Words | Styled | Maths | Link) -> str:
    match span:
        case Words(text):
            return text
        case Styled(_, spans):
            return _words(spans)
        case Maths(_, source, _):
            return source
        case Link(url, spans):
            text = _words(spans)
            return text if text == url else f"{text} ({url})"
        case _:
            assert_never(span)


def _html(spans: Spans, *, links: bool) -> str:
    return "".join(_html_of(span, links=links) for span in spans)


def _html_of(span: Words | Styled | Maths | Link, *, links: bool) -> str:
    match span:
        case Words(text):
            return escape(text, quote=False)
        case Styled("plain", spans):
            return _html(spans, links=links)
        case Styled(style, spans):
            return f"<{style}>{_html(spans, links=links)}</{style}>"
        case Maths(tex, source, display):
            return mathml(tex, display=display) or escape(source, quote=False)
        case Link(url, spans):
            text = _html(spans, links=False)
            is_address = re.match(r"https?://\S", url)
            return f'<a href="{escape(url)}">{text}</a>' if links and is_address else text
        case _:
            assert_never(span)
