"""HTML, and marked-up text within XML, as TeX-laden text."""

import re
from collections.abc import Iterator

from lxml import etree, html

_COMMANDS = {
    "i": r"\emph",
    "em": r"\emph",
    "italic": r"\emph",
    "b": r"\textbf",
    "strong": r"\textbf",
    "bold": r"\textbf",
}
_SCRIPTS = {"sub": "_", "inf": "_", "sup": "^"}
_BLOCKS = set(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul".split()
)
_UNSEEN = {"script", "head", "template"}
_TAG = (
    r"/?(?:\w+:)?(?:a|abstract|b|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|inline-formula|italic|li|math|ol|p|pre"
    r"|sc|sec|small|span|strong|sub|sup|table|t[dhr]|tbody|thead|title|tt|u|ul)(?:\s[^<>]*)?/?>"
)
#: What tells HTML in a text from a text in which numbers are smaller than others.
_HTML = re.compile(rf"<{_TAG}|&(?:[A-Za-z]{{2,8}}|#\d{{1,6}});", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!{_TAG}|!--)", re.IGNORECASE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
#: What no address in TeX can have in it.
_UNFIT = re.compile(r"[{}\s]")
_SPACE = re.compile(r"\s+")
_LINE_ENDS = re.compile(r" *\n\s*")


def html_tree(text: str) -> etree._Element | None:
    """The root of a page or of a piece of one, however broken; None where there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def text_of(element: etree._Element | None, *, linked: bool = False) -> str:
    """The text in an element: emphasis, scripts and, if they are wanted, links as TeX, blocks on lines of their own."""
    return "" if element is None else _LINE_ENDS.sub("\n", "".join(_parts(element, linked))).strip()


def text_in(text: str) -> str:
    """The text in what may be HTML, or plain text as it is: `a < b` is no tag in either."""
    text = text.strip()
    if text.startswith("<![CDATA["):  # a program escaped that too
        text = text.removeprefix("<![CDATA[").removesuffix(">").removesuffix("]]").strip()
    return text_of(html_tree(_NO_TAG.sub("&lt;", text))) if _HTML.search(text) else text


def within(command: str, text: str) -> str:
    """A command's text in its braces; the text alone where its own braces would get in the way."""
    level = 0
    for brace in _BRACE.findall(text):
        level += {"{": 1, "}": -1}.get(brace, 0)
        if level < 0:
            break
    return f"{command}{{{text}}}" if command and level == 0 else text


def _parts(element: etree._Element, linked: bool) -> Iterator[str]:
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            yield _marked(child, linked)
        yield _SPACE.sub(" ", child.tail or "")


def _marked(element: etree._Element, linked: bool) -> str:
    tag = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
    if tag in _UNSEEN:
        return ""
    text = "".join(_parts(element, linked))
    if tag in _BLOCKS:
        return f"\n{text}\n"
    if tag in _SCRIPTS and text.strip():
        return f"${_SCRIPTS[tag]}{{{text.strip()}}}$" if text.strip().isalnum() else text
    url = (element.get("href") or "").strip() if linked and tag == "a" else ""
    command = rf"\href{{{url}}}" if url and not _UNFIT.search(url) else _COMMANDS.get(tag, "")
    return within(command, text) if text.strip() else text
