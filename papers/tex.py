"""Text with TeX in it, taken apart: words, styled words, maths and links. What is not understood stays words."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from linkify_it import LinkifyIt
from pylatexenc.latex2text import LatexNodes2Text

type Style = Literal["em", "strong", "code", "plain"]
type Span = Words | Styled | Maths | Link
type Spans = tuple[Span, ...]
#: What a construct became, and the position behind it.
type Found = tuple[Sequence[Span], int]


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    style: Style
    spans: Spans


@dataclass(frozen=True, slots=True)
class Maths:
    tex: str
    source: str
    """The formula with its delimiters, as found."""
    display: bool


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    spans: Spans


def is_plain(raw: str) -> bool:
    """Whether nothing in `raw` can be TeX or a link, so that it is words only."""
    return "://" not in raw and _SPECIAL_CHARACTER.search(raw) is None


@lru_cache(maxsize=8)
def parse(raw: str, *, depth: int = 0) -> Spans:
    """The spans of `raw`, in order: each of its letters is in one of them, or was markup."""
    spans: list[Span] = []
    words = position = strays = 0
    while strays < _MOST_STRAYS and (special := _SPECIAL.search(raw, position)):
        position = special.start()
        found = next(filter(None, (construct(raw, position, depth) for construct in _constructs)), None)
        if found is None:
            position += 1
            strays += 1
            continue
        made, end = found
        spans += (Words(raw[words:position]), *made)
        words = position = end
    spans.append(Words(raw[words:]))
    return tuple(span for span in spans if span != Words(""))


_SPECIAL = re.compile(r"[\\${`~]|https?://")
_SPECIAL_CHARACTER = re.compile(r"[\\${`~]")
_DEEPEST = 8
#: Special characters that open nothing. With the bounds in the patterns this keeps a hostile text cheap: a text
#: that has more of them is not TeX, and the rest of it stays words.
_MOST_STRAYS = 100
_COMMANDS: Mapping[Style, str] = {
    "em": "textit emph textsl underline it em sl itshape",
    "strong": "textbf bf bfseries",
    "code": "texttt tt ttfamily",
    "plain": "textrm textsc textsf textup textnormal text mbox rm sc sf",
}
_EMPHASIS = {command: style for style, commands in _COMMANDS.items() for command in commands.split()}
_THREE_WORDS = re.compile(r"(?:(?<![\\A-Za-z])[A-Za-z]{2,}[,;:]?\s+){3}")
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_SIGN = re.compile(r"[\\^_={}<>+*]")
_AMOUNT_AND_WORD = re.compile(r"\d.*\s\W?[A-Za-z]{2}", re.DOTALL)
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it warns of each command it does not know
_letters = LatexNodes2Text(keep_comments=True)
_linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
#: Signs that the library does not know by their names.
_SIGNS = {"textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_"}
_constructs: list[Callable[[str, int, int], Found | None]] = []


def _construct(pattern: str) -> Callable[[Callable[[re.Match[str], int], Found | None]], None]:
    """Registers what to make of the text where `pattern` matches; constructs are tried in the order of this file."""
    compiled = re.compile(pattern, re.VERBOSE | re.DOTALL)

    def register(make: Callable[[re.Match[str], int], Found | None]) -> None:
        def construct(raw: str, position: int, depth: int) -> Found | None:
            match = compiled.match(raw, position)
            return make(match, depth) if match else None

        _constructs.append(construct)

    return register


@_construct(r"\$\$ ([^$]{1,1000}) \$\$ | \\\[ (.{1,1000}?) \\\]")
def _display(match: re.Match[str], depth: int) -> Found:
    return [Maths((match[1] or match[2]).strip(), match[0], display=True)], match.end()


@_construct(r"\\begin\{ (equation|displaymath|align|gather|multline|eqnarray) (\*?) \} (.{1,1000}?) \\end\{ \1\2 \}")
def _environment(match: re.Match[str], depth: int) -> Found:
    name, body = match[1], match[3].strip()
    tex = body if name in ("equation", "displaymath") else rf"\begin{{{name}*}}{body}\end{{{name}*}}"
    return [Maths(tex, match[0], display=True)], match.end()


# As in other readers of TeX in prose, a dollar opens maths only before and closes it only behind something
# that is not a space, and no digit follows: "$5 and $6" is money. Symbols alone are no money: "32$\times$32", "$>$5".
@_construct(
    r"""\\\( (.{1,1000}?) \\\)
        | \$ (?! \s* \$ ) ((?: \\[A-Za-z]+ | \\[,;:!\ ] | [ ] | [^\w\s$\\,.;:!?'"()\[\]] ){1,40}) \$
        | \$ (?![\s$]) ((?: [^$\\] | \\. ){1,1000}?) (?<!\s) \$ (?!\d)"""
)
def _inline(match: re.Match[str], depth: int) -> Found | None:
    tex = next(filter(None, match.groups())).strip()
    return None if _is_prose(tex) else ([Maths(tex, match[0], display=False)], match.end())


@_construct(r"\\text (sub|super) script \s* \{ ([^{}$\\]{1,100}) \}")
def _script(match: re.Match[str], depth: int) -> Found:
    tex = f"{'_' if match[1] == 'sub' else '^'}{{{match[2]}}}"
    return [Maths(tex, f"${tex}$", display=False)], match.end()


@_construct(r"\\href \s* \{ ([^{}]{0,2000}) \} \s* \{")
def _titled_link(match: re.Match[str], depth: int) -> Found | None:
    braces = _braces(match, depth)
    return braces and ([Link(_unescaped(match[1]), braces[0])], braces[1])


@_construct(r"\\url \s* \{ ([^{}]{0,2000}) \}")
def _plain_link(match: re.Match[str], depth: int) -> Found:
    url = _unescaped(match[1])
    return [Link(url, (Words(url),))], match.end()


@_construct(r"https?:// (?: [^\s<>{}\\\"$、。，：；！？（）「」『』【】《》“”«»] | \\[_%\#&~] )+")
def _bare_link(match: re.Match[str], depth: int) -> Found | None:
    text = _unescaped(match[0])
    link = _linkify.match_at_start(text)
    if not link:
        return None
    # "…at https://example.org/code.Our results": the sentence went on without a space.
    url = re.sub(r"(?:\.[A-Z][a-z]*)?[.,:;]*$", "", link.raw)
    return [Link(url, (Words(url),)), Words(text[len(url) :])], match.end()


@_construct(rf"\\ ({'|'.join(_EMPHASIS)}) \s* \{{ | \{{ \s* \\ ({'|'.join(_EMPHASIS)}) (?![A-Za-z]) \s*")
def _styled(match: re.Match[str], depth: int) -> Found | None:
    braces = _braces(match, depth)
    return braces and ([Styled(_EMPHASIS[match[1] or match[2]], braces[0])], braces[1])


# Not TeX at all but what a program made of quotation marks: "today\'s", "a \"good\" one".
@_construct(
    r"""(?<=[A-Za-z]) \\(') (?= (?:s|t|d|m|ll|re|ve) \b (?![\\{]) ) | (?<!\w) \\(" [^"\\]{1,400}) \\" (?![\w\\{])"""
)
def _escaped_quotation(match: re.Match[str], depth: int) -> Found:
    return [Words(match[1] or f'{match[2]}"')], match.end()


@_construct(
    r"""(?P<open> \{ )?
        (?: \\["'`^~=.] \s* (?: \{ \s* \\?[A-Za-z] \s* \} | \\[ij] (?![A-Za-z]) [ ]? | [A-Za-z] )
          | \\[uvHckbdrt] (?: \s* \{ \s* \\?[A-Za-z] \s* \} | \s+ [A-Za-z] )
          | \\(?: ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|j ) (?![A-Za-z]) (?: \{\} | [ ] )? )
        (?(open) \} )"""
)
def _accent(match: re.Match[str], depth: int) -> Found | None:
    return _symbols(match[0], match.end())


@_construct(r"""\{ (\\["'`^~=.]) \} ([A-Za-z])""")
def _accent_in_braces(match: re.Match[str], depth: int) -> Found | None:
    return _symbols(match[1] + match[2], match.end())


@_construct(r"\\ ([%&_\#${}])")
def _escape(match: re.Match[str], depth: int) -> Found:
    return [Words(match[1])], match.end()


@_construct(
    r"""(?: \\\\ )++ (?: \[ \w+ \] )? | \\[ ,;:]
        | (?<=[A-Za-z.)}]) ~ (?= [A-Za-z0-9(\\$] ) | (?<=\d) ~ (?= [A-Za-z] )"""
)
def _space(match: re.Match[str], depth: int) -> Found:
    return [Words("\N{NO-BREAK SPACE}" if match[0] in ("~", r"\,") else " ")], match.end()


@_construct(r"\\[-/]")
def _nothing(match: re.Match[str], depth: int) -> Found:
    return [], match.end()


@_construct(r"(?P<open> \{ )? \\[A-Za-z]{2,} (?! [A-Za-z\[] | \{ (?!\}) ) (?: \{\} )? (?(open) \} )")
def _symbol(match: re.Match[str], depth: int) -> Found | None:
    return _symbols(match[0], match.end())


@_construct(r"`` ([^`]{1,400}?) ''")
def _quotation(match: re.Match[str], depth: int) -> Found | None:
    return ([Words("“"), *parse(match[1], depth=depth + 1), Words("”")], match.end()) if depth < _DEEPEST else None


def _braces(match: re.Match[str], depth: int) -> tuple[Spans, int] | None:
    """The spans up to the brace that closes the one `match` ends behind, and the position behind that brace."""
    level = 1
    for brace in re.compile(r"\\.|[{}]", re.DOTALL).finditer(match.string, match.end(), match.end() + 5_000):
        level += {"{": 1, "}": -1}.get(brace[0], 0)
        if level == 0:
            inner = match.string[match.end() : brace.start()]
            return (parse(inner, depth=depth + 1), brace.end()) if depth < _DEEPEST else None
    return None


def _symbols(tex: str, end: int) -> Found | None:
    text = _text_of(tex)
    return ([Words(text)], end) if text else None


@lru_cache(maxsize=4_096)
def _text_of(tex: str) -> str:
    """The one or few characters that an accent or a symbol command stands for; empty for an unknown one."""
    if known := _SIGNS.get(tex.strip("{}\\")):
        return known
    try:
        text = str(_letters.latex_to_text(tex)).strip()
    except Exception:  # noqa: BLE001 - whatever the library trips over stays as found
        return ""
    return text if len(text) <= 5 and "\\" not in text else ""


def _is_prose(between: str) -> bool:
    """Whether what stands between two dollars is three words in a row, or an amount and a word."""
    if _THREE_WORDS.search(_IN_BRACES.sub("", between)):
        return True
    return not _SIGN.search(between) and _AMOUNT_AND_WORD.match(between) is not None


def _unescaped(url: str) -> str:
    return re.sub(r"\\([_%#&~])", r"\1", url).strip()
