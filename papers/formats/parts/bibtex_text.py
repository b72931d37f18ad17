"""What BibTeX means by its braces: text without those that only keep letters as they are."""

import re

_TOKEN = re.compile(
    r"""\\\( (?: [^\\] | \\[^()] ){1,1000}+ \\\)
      | \\[A-Za-z]++\s*+ | \\.
      | \$\$?[^$]{1,1000}+\$\$?
      | [{}]""",
    re.VERBOSE | re.DOTALL,
)
#: Groups that TeX needs: a font for what is within, a lone command, an accent on a letter.
_NEEDED = re.compile(
    r"""\{ \s*+ \\ (?:
        (?: em | it | bf | sl | tt | rm | sf | sc | itshape | slshape | scshape | bfseries | ttfamily ) (?![A-Za-z])
      | [A-Za-z]++ \s*+ \}
      | ["'`^~=.] \s*+ \\?[A-Za-z] \s*+ \}
      | [uvHckbdrt] \s++ \\?[A-Za-z] \s*+ \}
    )""",
    re.VERBOSE,
)
#: Commands that are but a character, and take no argument.
_ESCAPES = frozenset(f"\\{char}" for char in "{}%&_#$,;: -/\\")
_BEFORE_ARGUMENT = ("\\", "_", "^")
#: Commands whose first argument is followed by another.
_OF_TWO = ("\\href", "\\textcolor")


def unprotected(text: str) -> str:
    """`text` without the braces that keep letters as they are: `The {DNA} of {{\\emph{E. coli}}}`."""
    if "{" not in text:
        return text
    parts: list[str] = []
    groups: list[tuple[str, str]] = []  # of each open brace what closes it, and the command it is an argument of
    before, end = "", 0  # the command, or the script, right before this position
    for token in _TOKEN.finditer(text):
        between = text[end : token.start()]
        parts.append(between)
        before = before if not between else between[-1:]
        end = token.end()
        if token[0] == "{":
            is_argument = before.startswith(_BEFORE_ARGUMENT)
            is_kept = is_argument or _NEEDED.match(text, token.start()) is not None
            groups.append(("}" if is_kept else "", before if is_argument else ""))
            parts.append("{" if is_kept else "")
            before = ""
        elif token[0] == "}":
            closing, command = groups.pop() if groups else ("}", "")
            parts.append(closing)
            before = "\\" if command in _OF_TWO else ""
        else:
            parts.append(token[0])
            before = token[0].rstrip() if token[0].startswith("\\") and token[0] not in _ESCAPES else ""
    parts.append(text[end:])
    return "".join(parts)
