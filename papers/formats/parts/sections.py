"""Markdown taken apart: headings and the paragraphs below them, as TeX-laden text, with the web pages they link to."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ... import tex
from ..record import LONGEST_PAPER, Link
from .markup import within

_COMMANDS = {"em": r"\emph", "strong": r"\textbf"}
_HTML_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HTML_SCRIPT = re.compile(r"<(sub|sup)>([\w+-]{1,40})</\1>")
_SCRIPTS = {"sub": "_", "sup": "^"}
_HTML_PARAGRAPH = re.compile(r"</?p(?:\s[^<>]*)?>|\n\n", re.IGNORECASE)
#: A title with its number, below which a page folds what it says of the paper.
_FOLDED_TITLE = re.compile(
    r"^<details[^<>\n]*>[ \t]*\n?[ \t]*<summary>\s*<(b|strong|h[1-6])>\s*(?P<title>\d{1,4}[.)] [^\n<>]{1,500})</\1>"
    r"[^\n]*</summary>",
    re.IGNORECASE | re.MULTILINE,
)
#: The end of a part that a page folds; what stands right behind it is no part of the HTML.
_HTML_END = re.compile(r"</details>[ \t]*\n(?=[^\s<])", re.IGNORECASE)
#: What stands above a part that a page folds.
_HTML_SUMMARY = re.compile(r"<summary>\s{0,9}([^<>:\n]{0,200}?):?\s{0,9}</summary>", re.IGNORECASE)
#: A line between the two rules of front matter: a key with its value, or more of one.
_OF_FRONT_MATTER = re.compile(r"\s*(?:[\w-]+\s*:(?:\s|$)|-\s|$)|\s+\S")
#: What may be markup, or begin it.
_MARKUP = re.compile(r"[*_`<>&$\[\]]")
_BRACKET = re.compile(r"[][]")
#: How many brackets stand open at once in a picture that is a link.
_USUALLY_OPEN = 3
#: How many characters may be looked through for all the brackets of one block.
_MOST_SEARCHED = 500_000


@dataclass
class Paragraph:
    """A paragraph or another block of text."""

    text: str
    links: list[Link] = field(init=False)
    """The web pages that it links to."""

    def __post_init__(self) -> None:
        self.links = list(_links(tex.parse(self.text)))

    @property
    def is_links_only(self) -> bool:
        if not self.links:
            return False
        others = (span for span in tex.parse(self.text) if not isinstance(span, tex.Link))
        return all(isinstance(span, tex.Words) and not any(map(str.isalnum, span.text)) for span in others)


@dataclass
class Section:
    """A heading and what stands below it, until the next heading."""

    level: int
    """From 1 to 6; 0 for what stands above all headings."""
    line: int
    source: str = ""
    """Its lines, as found."""
    title: str = ""
    title_links: list[Link] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)


def sections(text: str) -> list[Section]:
    """The sections of a Markdown text, in order; the first is what stands above all headings."""
    found = [Section(0, 1)]
    markdown = _markdown()
    if _has_front_matter(text):
        markdown.use(front_matter_plugin)
    for before, token in pairwise([Token("", "", 0), *markdown.parse(_FOLDED_TITLE.sub(_as_heading, text))]):
        if before.type == "heading_open":
            found.append(_headed(before, token))
        else:
            found[-1].paragraphs += map(Paragraph, filter(None, _texts(token)))
    lines = text.split("\n")
    for section, following in pairwise([*found, None]):
        if section:
            section.source = "\n".join(lines[section.line - 1 : following.line - 1 if following else None]).strip()
    return found


def inline(text: str) -> str:
    """A piece of a line as TeX-laden text, its links with it."""
    return _tex(_markdown_of_a_line().parseInline(text)[0]) if _MARKUP.search(text) else text.strip()


def _as_heading(title: re.Match[str]) -> str:
    """A folded title as a heading below all others, on as many lines."""
    return f"###### {title['title']}" + "\n" * title[0].count("\n")


def _has_front_matter(text: str) -> bool:
    """Whether the text begins with keys and values between two rules; anything else between them is text."""
    first, *lines = text.split("\n")
    if first.rstrip() != "---":
        return False
    within = list(takewhile(lambda line: line.rstrip() != "---", lines))
    return len(within) < len(lines) and all(map(_OF_FRONT_MATTER.match, within))


def _headed(opening: Token, heading: Token) -> Section:
    links = Paragraph(_tex(heading)).links
    title = _tex(heading, linked=False)
    for link in links:
        title = title.replace(link.url, "").strip()
    return Section(int(opening.tag[1]), (opening.map or [0])[0] + 1, title=title, title_links=links)


def _markdown() -> MarkdownIt:
    # "escape" would turn T\"ULU into T"ULU: a backslash is more often TeX here.
    markdown = MarkdownIt("commonmark").disable("escape").use(dollarmath_plugin)
    markdown.core.ruler.before("inline", "leave_alone", _leave_alone)
    return markdown


def _leave_alone(state: StateCore) -> None:
    """Leaves a block as it stands that is no paragraph, or in which too many brackets are open: for each the rest of it
    is looked through."""
    for token in state.tokens:
        if token.type == "inline" and (len(token.content) > LONGEST_PAPER or _is_all_brackets(token.content)):
            token.children = [Token("text", "", 0, content=token.content)]
            token.content = ""


def _is_all_brackets(text: str) -> bool:
    most = _MOST_SEARCHED // (len(text) or 1) + _USUALLY_OPEN
    if text.count("[") <= most:
        return False
    opened = 0
    for bracket in _BRACKET.finditer(text):
        opened = opened + 1 if bracket[0] == "[" else max(opened - 1, 0)
        if opened > most:
            return True
    return False


@cache
def _markdown_of_a_line() -> MarkdownIt:
    return _markdown()


def _texts(token: Token) -> Iterator[str]:
    match token.type:
        case "inline":
            yield _tex(token)
        case "math_block" | "math_block_label":
            yield f"$${token.content}$$"
        case "html_block":
            folded, *behind = _HTML_END.split(token.content)
            for paragraph in _HTML_PARAGRAPH.split(_HTML_SUMMARY.sub(r"\n\n\1:\n", folded)):
                scripted = _HTML_SCRIPT.sub(lambda match: f"${_SCRIPTS[match[1]]}{{{match[2]}}}$", paragraph)
                yield html.unescape(_HTML_TAG.sub(" ", scripted)).strip()
            yield from map(inline, behind)
        case "fence" | "code_block":
            yield token.content.strip()


def _tex(inline: Token, *, linked: bool = True) -> str:
    """The text of a paragraph with its emphasis, its code and, if they are wanted, its links as TeX."""
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    for token in inline.children or ():
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            url = str(token.attrGet("href") or "")
            opened.append((len(parts), rf"\href{{{url}}}" if linked and url else _COMMANDS.get(kind, "")))
        elif token.nesting == -1:
            start, command = opened.pop()
            parts[start:] = [within(command, "".join(parts[start:]))]
        elif kind == "code_inline":
            parts.append(within(r"\texttt", token.content))
        elif kind in ("math_inline", "math_inline_double"):
            parts.append(f"{token.markup}{token.content}{token.markup}")
        elif kind in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif kind not in ("html_inline", "image") or opened:
            parts.append(token.content)
    return "".join(parts).strip()


def _links(spans: tex.Spans) -> Iterator[Link]:
    for span in spans:
        match span:
            case tex.Link(url, inner) if url.startswith(("http://", "https://")):
                yield Link(_words(inner), url)
            case tex.Styled(_, inner):
                yield from _links(inner)


def _words(spans: tex.Spans) -> str:
    return "".join(
        span.text if isinstance(span, tex.Words) else _words(span.spans)
        for span in spans
        if not isinstance(span, tex.Maths)
    )
