"""JSON taken apart: the items of a list, or the members of an object, each with the text it was found as."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .record import LONGEST_PIECE, Unreadable

_SPACE = re.compile(r"\s*")
_SEPARATOR = re.compile(r"\s*,?\s*")
_NAME = re.compile(r"\s*:\s*")


class Item(NamedTuple):
    name: str
    """By which an object knows it; empty in a list."""
    value: Any
    text: str
    """As found, its name with it."""
    line: int


def items(text: str, start: int = 0) -> Iterator[Item | Unreadable]:
    """What is in the list or object that begins there (spaces aside); from the first item on that is no JSON the rest,
    as unreadable."""
    decoder = json.JSONDecoder(strict=False)
    at = _past(_SPACE, text, start)
    is_object = text[at : at + 1] == "{"
    end = "}" if is_object else "]"
    line, counted = 1, 0
    at = _past(_SPACE, text, at + 1)
    while text[at : at + 1] not in ("", end):
        line, counted = line + text.count("\n", counted, at), at
        name = ""
        try:
            begin = at
            if is_object:
                name, begin = decoder.raw_decode(text, at)
                begin = _past(_NAME, text, begin)
            value, until = decoder.raw_decode(text, begin)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            yield Unreadable(text[at : at + LONGEST_PIECE].rstrip(), line, f"no JSON: {reason}")
            return
        yield Item(str(name), value, text[at:until], line)
        at = _past(_SEPARATOR, text, until)
    if not text[at : at + 1]:
        yield Unreadable(text[max(0, at - 200) : at].strip() or end, line, f"the file ends before its last “{end}”")


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
