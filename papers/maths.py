"""A TeX formula as MathML, made on the server; None where it cannot be, and the text then stays as found."""

import re
from functools import lru_cache
from xml.etree import ElementTree

from latex2mathml.converter import convert

ELEMENTS = frozenset(
    (
        "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover "
        "munderover mmultiscripts mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose"
    ).split()
)

#: Longer than any formula of an abstract, and short enough to keep the converter's worst case under 50 ms.
LONGEST = 1_000

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


@lru_cache(maxsize=8_192)
def mathml(tex: str, *, display: bool) -> str | None:
    """`<math>…</math>` for a formula without its delimiters: well-formed, and of `ELEMENTS` only.

    The converter lets markup inside `\\text{…}` through; whatever is not MathML is refused here, before it can
    upset the text around it, and sanitised again with that text.
    """
    if len(tex) > LONGEST:
        return None
    try:
        markup: str = convert(tex, display="block" if display else "inline")
        root = ElementTree.fromstring(markup)  # noqa: S314 - it starts with <math>, so it has no DTD to abuse
    except Exception:  # noqa: BLE001 - it fails in a dozen ways, recursion among them
        return None
    return markup if all(map(_is_maths, root.iter())) else None


def _is_maths(node: ElementTree.Element) -> bool:
    """Whether a node is MathML, and not a command that the converter does not know and left as it was."""
    return node.tag.removeprefix(_NAMESPACE) in ELEMENTS and not re.search(r"\\[A-Za-z]", node.text or "")
