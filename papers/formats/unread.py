"""Files that people may try and that Lectern does not read: each known by its marks, and told what to give instead."""

import re
from typing import NamedTuple

from .document import Document

#: How sure it is at most of a web page, which may be the text of a mail as well.
_OF_PAGES = 30
_ONE_ARTICLE = "Lectern reads lists of papers; export its citation as BibTeX or RIS, and give that"
_ANY_BIBLIOGRAPHY = "export the same records as RIS or BibTeX"


class Unread(NamedTuple):
    what: str
    instead: str
    surety: int
    """As a format's `recognise` says it: a format that is surer reads the file."""
    marks: re.Pattern[str]
    """Found in the head of such a file, and in few others."""


def _marks(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE | re.IGNORECASE)


def _xml(root: str) -> re.Pattern[str]:
    """What begins with this element, below a declaration, comments and a document type."""
    above = r"(?:<\?[^<>]*>\s*|<!--(?s:.*?)-->\s*|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>\s*)*+"
    return _marks(rf"\A\W{{0,3}}{above}<(?:[\w.-]+:)?{root}")


_UNREAD = (
    Unread(
        "OPML, a list of feeds and not of papers",
        "save one of its feeds, and give that",
        90,
        _marks(r"\A\W{0,3}(?:<\?xml[^<]*)?(?:<!--[^<]*|<!doctype[^<]*)*<opml[\s>]"),
    ),
    Unread("MODS", _ANY_BIBLIOGRAPHY, 90, _marks(r"<(?:\w+:)?mods(?:Collection)?[\s>]")),
    Unread(
        "EndNote's own format (refer)",
        "export the same records as RIS, BibTeX or EndNote XML",
        90,
        _marks(r"\A\W{0,3}(?:%0\s*\n)?(?:%[A-Z0-9@*?!+(){}<>~|&^$#\\:] [^\n]*\n(?:(?!%)[^\n]+\n){0,9}\s{0,9}){2}"),
    ),
    Unread(
        "a Web of Science (ISI) export",
        "choose RIS or BibTeX where records are exported there",
        90,
        _marks(r"\A\W{0,3}(?:FN [^\n]*\n\s{0,9}VR \d|PT [JBSPC]\s*\n(?:[A-Z][A-Z0-9]|  ) )|\A\W{0,3}PT\tAU\t"),
    ),
    Unread(
        "an Ovid export as text",
        "choose RIS where records are exported there",
        90,
        _marks(
            r"\A\W{0,3}(?:<\d+>\s*\n|(?:score\n[ \t]+\S+\n)?accession number\n[ \t]+\S)"
            r"(?:[^\n]*\n){0,9}?(?:authors?|title|source|accession number)\s*\n[ \t]+\S"
        ),
    ),
    Unread(
        "a RefWorks export",
        _ANY_BIBLIOGRAPHY,
        90,
        _marks(r"^RT [A-Z][^\n]*\n(?:[A-Z][A-Z0-9] [^\n]*\n){1,20}?(?:T1|A1) "),
    ),
    Unread(
        "a list of Word's sources", _ANY_BIBLIOGRAPHY, 90, _xml(r"Sources\s[^<>]{0,300}office[^<>]{0,100}bibliography")
    ),
    Unread("BibTeXML", _ANY_BIBLIOGRAPHY, 90, _xml(r"file\s[^<>]{0,300}bibtexml\.sf\.net")),
    Unread("a Citavi project", _ANY_BIBLIOGRAPHY, 90, _xml(r"CitaviExchangeData[\s>]")),
    Unread(
        "MARC XML", _ANY_BIBLIOGRAPHY, 90, _xml(r"(?s:[^<>]*>.{0,3000}?<(?:[\w.-]+:)?datafield\s[^<>]{0,100}\btag=)")
    ),
    Unread(
        "one article as XML (JATS)", _ONE_ARTICLE, 90, _xml(r"article\s[^<>]{0,900}\b(?:article-type|dtd-version)=")
    ),
    Unread(
        "a CITATION.cff, the citation of one program",
        "export it as BibTeX, and give that",
        95,
        _marks(r"\A\W{0,3}(?:#[^\n]*\n|-{3}\s*\n|\s*\n)*+[a-z-]++:(?s:.*?)^cff-version:\s*[\"']?\d"),
    ),
    Unread(
        "a list of weekly lists, which has no papers in it",
        "give the pages that it leads to",
        50,
        _marks(r"(?:^[ \t]*[-*] \[[^\]\n]{0,80}\bof the week\b[^\]\n]{0,80}\]\([^()\n]{0,200}\)[ \t]*\n){2}"),
    ),
    Unread("a calendar (iCalendar)", "there are no papers in it", 90, _marks(r"\A\W{0,3}BEGIN:VCALENDAR")),
    Unread("an address book (vCard)", "there are no papers in it", 90, _marks(r"\A\W{0,3}BEGIN:VCARD")),
    Unread("a document in Rich Text Format", "save it as plain text, and give that", 90, _marks(r"\A\W{0,3}\{\\rtf\d")),
    Unread("PostScript", "Lectern reads lists of papers, not papers", 90, _marks(r"\A%!PS")),
    Unread(
        "LaTeX",
        "give the BibTeX file (.bib) that it cites from",
        80,
        _marks(
            r"\A(?:[ \t]*(?:%[^\n]*)?\n)*+[ \t]*\\(?:document(?:class|style)|usepackage|begin\{(?:document|thebib))"
        ),
    ),
    Unread(
        "the web page of one article",
        _ONE_ARTICLE,
        _OF_PAGES,
        _marks(r"<meta\s[^<>]{0,300}citation_title"),
    ),
    Unread(
        "a web page without a list of papers that Lectern knows",
        "look there for a feed or an export as BibTeX or RIS",
        5,
        _marks(r"\A\W{0,3}(?:<!--[^<]*)?(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])"),
    ),
)


def refusal(document: Document) -> tuple[int, str]:
    """How sure it is that the document is one of these, from 0 to 100, and what to say of it."""
    found = [each for each in _UNREAD if each.marks.search(document.head)]
    surest = max(found, key=lambda each: each.surety, default=None)
    if document.mail and (surest is None or surest.surety <= _OF_PAGES):
        return 1, "a mail in which Lectern finds no list of papers"
    return (surest.surety, f"not read, as it is {surest.what}: {surest.instead}") if surest else (0, "")
