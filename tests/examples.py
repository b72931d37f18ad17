"""How many examples a property is tried with: fewer where each takes in libraries, and fewer again on a server."""

from hypothesis import settings


def examples(number: int) -> settings:
    """So many where the profile has a hundred; where it has fewer or more, in proportion."""
    return settings(max_examples=max(1, settings().max_examples * number // 100))
