"""HTML taken apart as Markdown is: headings and the paragraphs below them, as TeX-laden text with their links."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from .markup import html_tree, text_of
from .sections import Paragraph, Section
from .unreadable_file import UnreadableFile

#: What one page may hold: each is parsed alone.
MOST_HEADINGS = 10_000

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>h[1-6]|script|style|head|template)(?=[\s>])|(?P<comment><!--)|-->", re.IGNORECASE
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def html_sections(text: str) -> list[Section]:
    """The sections of a page, in order; the first is what stands above all headings. Raises UnreadableFile."""
    found = []
    line = 1
    headings = list(islice(_headings(text), MOST_HEADINGS + 1))
    if len(headings) > MOST_HEADINGS:
        raise UnreadableFile(f"a page with more than {MOST_HEADINGS:,} headings: cut it into several")
    for begin, end in pairwise([0, *headings, len(text)]):
        found.append(_section(text[begin:end], line))
        line += text.count("\n", begin, end)
    return found


def _headings(text: str) -> Iterator[int]:
    """Where the headings begin that a reader of the page would see."""
    unseen = ""
    for tag in _TAG.finditer(text):
        name = (tag["name"] or ("<!--" if tag["comment"] else "-->")).lower()
        if unseen:
            if name == ("-->" if unseen == "<!--" else unseen) and (tag["end"] or name == "-->"):
                unseen = ""
        elif name not in _HEADINGS:
            unseen = "" if tag["end"] or name == "-->" else name
        elif not tag["end"]:
            yield tag.start()


def _section(source: str, line: int) -> Section:
    """One section, parsed alone: what is broken in it spoils no other."""
    section = Section(0, line, source.strip())
    tree = html_tree(source)
    if tree is None:
        return section
    for style in tree.iter("style"):
        style.text = None
    heading = next(tree.iter(*_HEADINGS), None)
    if heading is not None:
        section.level = int(str(heading.tag)[1])
        section.title = text_of(heading).replace("\n", " ")
        section.title_links = Paragraph(text_of(heading, linked=True)).links
        heading.clear(keep_tail=True)
    section.paragraphs = [Paragraph(paragraph) for paragraph in text_of(tree, linked=True).split("\n") if paragraph]
    return section
