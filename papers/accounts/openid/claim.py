"""The names in a groups claim, however a provider writes them."""

from collections.abc import Mapping
from typing import Any

_LONGEST = 150
"""A longer name is none of a team; cut short, it might be another's."""


def names_in(data: Mapping[str, Any], claim: str) -> set[str]:
    """What the claim names, which stands in the userinfo or in the ID token. Nothing, where it makes no sense."""
    for part in (data.get("userinfo"), data.get("id_token")):
        if isinstance(part, dict) and claim in part:
            return _names(part[claim])
    return set()


def _names(value: object) -> set[str]:
    """Of a list, or of one text with commas or blanks between."""
    if isinstance(value, str):
        value = value.split("," if "," in value else None)
    if not isinstance(value, list):
        return set()
    names = (" ".join(each.split()).removeprefix("/") for each in value if isinstance(each, str))
    return {name for name in names if 0 < len(name) <= _LONGEST and name.isprintable()}
