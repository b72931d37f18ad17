"""What stands in brackets behind names: affiliations, and the numbers of affiliations."""

import re

_BRACKETS = re.compile(r"\s?\([^()]*\)")
#: How deep they stand within one another: `((1) An Institute (Its Town))`.
_DEEPEST = 5


def without_brackets(text: str) -> str:
    """`text` without its brackets and all in them, where they are closed."""
    for _ in range(_DEEPEST):
        text = _BRACKETS.sub("", text)
    return text
