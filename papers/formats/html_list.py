"""A page or newsletter in HTML with papers in it: for each a heading, a link and paragraphs, as in a Markdown list."""

import re

from .document import Document
from .markdown_list import papers
from .parts.html_sections import html_sections
from .record import Reading

TITLE = "HTML list"

_HEADING = re.compile(r"<h[1-6][\s>]", re.IGNORECASE)
_LINK = re.compile(
    r"""<a\s[^<>]*href\s*=\s*["']?https?://[^"'\s<>]*(?:arxiv\.org/|huggingface\.co/papers/|doi\.org/|openreview\.net/)""",
    re.IGNORECASE,
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF)\b", re.IGNORECASE)


def recognise(document: Document) -> int:
    head = document.head
    is_html = head.lstrip().startswith("<") and not _XML.match(head)
    return 60 if is_html and _HEADING.search(head) and _LINK.search(head) else 0


def read(document: Document) -> Reading:
    return papers(html_sections(document.text()), document.first_place)
