"""Words as they are compared: letters and digits in a row, without accents or case, and by their stems."""

import re
from functools import lru_cache
from unicodedata import normalize

from snowballstemmer import stemmer

from .ids import UNDECOMPOSED

_porter = stemmer("porter")
_ACCENTS = re.compile("[\u0300-\u036f]")
#: What Porter added to his stemmer later, and FTS5 has: -logy is -log, -bly is -ble. An `e` behind the group does both.
LATER = r"([aeiouy][^aeiouy ]\w*(?:log|bl))(?:y|ies)"
_later = re.compile(rf"{LATER}$")
WORD = re.compile(r"[^\W_]+")
#: Shorter and longer words are their own stems (bytes).
_STEMMED = range(3, 65)


def folded(text: str) -> str:
    """The words of a text, without accents or case, and one space between them."""
    if not text.isascii():
        text = normalize("NFC", _ACCENTS.sub("", normalize("NFKD", text))).casefold().translate(UNDECOMPOSED)
    return " ".join(WORD.findall(text.lower()))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a word, however it is written."""
    word = folded(word)
    return str(_porter.stemWord(_later.sub(r"\1e", word))) if len(word.encode()) in _STEMMED else word
