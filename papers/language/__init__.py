"""The language of the search box: a text becomes a tree, which can be asked of papers and said aloud.

Words must all stand in a paper, those between quotation marks in a row. `-` excludes, `or` gives a choice between what
stands on either side of it, parentheses hold together, `diffus*` is the beginning of a word, and `field:` says where to
look. Any text can be parsed: what makes no sense is told, and the rest is asked.
"""

from .aloud import say
from .parse import SPELLINGS, Parsed, parse
from .spell import spell
from .tree import ANY_LIST, AllOf, AnyOf, Filter, Node, Not, Place, State, Token, Words, all_of, filters, wanted

__all__ = [
    "ANY_LIST",
    "SPELLINGS",
    "AllOf",
    "AnyOf",
    "Filter",
    "Node",
    "Not",
    "Parsed",
    "Place",
    "State",
    "Token",
    "Words",
    "all_of",
    "filters",
    "parse",
    "say",
    "spell",
    "wanted",
]
