"""Titles that may be of one work: equal, spelled a little otherwise, or the one the beginning of the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz.distance import OSA

from ..ids import title_key
from ..words import folded

#: TeX that says how something looks, and nothing of what it is.
_LOOK = re.compile(
    r"\\(?:math\w+|text\w*|rm|bf|it|sf|cal|emph|boldsymbol|operatorname|ensuremath|[mh]box|left|right)(?![a-zA-Z])"
)
_SEPARATOR = re.compile(r"[:?!.\N{FULLWIDTH COLON}]\s+|\s*[\N{EM DASH}\N{EN DASH}]\s*|\s+-+\s+")
_BEHIND = re.compile(r"(.*\S)\s*(?:\(([^()]+)\)|[:,]?\sTechnical Report)\W*", re.IGNORECASE)
_NUMERAL = re.compile(r"v?\d+\w{0,2}")
_ENDINGS = ("es", "ed", "ing")
_SMALL = frozenset("a an the of on for in to and at by via with using".split())
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten first second third fourth fifth i ii iii iv v vi vii viii ix x "
    "part parts volume chapter section lecture episode".split()
)
#: What makes of a title that of a work about the first, or beside it.
_ABOUT = frozenset(
    "erratum errata corrigendum correction comment comments reply response rebuttal retraction addendum supplement "
    "supplementary supplemental appendix revisited revisiting".split()
)
#: What is told apart by a letter or two, and begins alike.
_OPPOSITES = (("inter", "intra"), ("hyper", "hypo"), ("proto", "prote"))
_SHORTEST_NAME, _SHORTEST_SPELLED, _LONG_WORD, _SENTENCE = 3, 12, 9, 3


@dataclass(frozen=True)
class Title:
    """A title, and by what of it others may call the same work."""

    text: str

    @cached_property
    def key(self) -> str:
        return _key(self.text)

    @cached_property
    def words(self) -> list[str]:
        return folded(_plain(self.text)).split()

    @cached_property
    def bare(self) -> str:
        """The key without what stands behind it in brackets, or says only that it is a report."""
        match = _BEHIND.fullmatch(self.text)
        return _key(match[1]) if match and not (match[2] and _is_telling(match[2])) else self.key

    @cached_property
    def heads(self) -> set[str]:
        """The keys of what stands before a colon or the like."""
        return {key for head, rest in self._parts if len(key := _key(head)) >= _SHORTEST_NAME and not _is_telling(rest)}

    @cached_property
    def short_forms(self) -> set[str]:
        """The keys by which it may go for short: a name, or what stands behind the name."""
        match = _BEHIND.fullmatch(self.text)
        behind = [rest for head, rest in self._parts if not _is_telling(head)] + ([match[2] or ""] if match else [])
        sentences = {_key(text) for text in behind if len(text.split()) >= _SENTENCE}
        bare = {self.bare} if self.bare != self.key and len(self.bare) >= _SHORTEST_NAME else set()
        return self.heads | bare | sentences

    @cached_property
    def _parts(self) -> list[tuple[str, str]]:
        """What stands before and behind each colon or the like."""
        return [(self.text[: mark.start()], self.text[mark.end() :]) for mark in _SEPARATOR.finditer(self.text)]

    def is_same_as(self, other: "Title") -> bool:
        """Whatever its spaces and points, unless it is so short that they count."""
        return self.key == other.key != "" and (len(self.key) >= _SHORTEST_SPELLED or self.words == other.words)

    def is_short_for(self, other: "Title") -> bool:
        return self.key in other.short_forms or self.bare in other.heads

    def is_begun_by(self, other: "Title") -> bool:
        """Whether it is the other's title with more words behind."""
        more = self.words[len(other.words) :]
        return bool(more) and self.words[: len(other.words)] == other.words and not _is_telling(" ".join(more))


def slips(title: Title, other: Title) -> int | None:
    """How many letters lie between two spellings of one title; None where it is not only the spelling that differs."""
    if min(len(title.key), len(other.key)) < _SHORTEST_SPELLED:
        return None
    letters = 0
    for what, first, last, its_first, its_last in SequenceMatcher(
        None, title.words, other.words, autojunk=False
    ).get_opcodes():
        if what != "equal":
            between = _slips(_large(title.words[first:last]), _large(other.words[its_first:its_last]))
            if between is None:
                return None
            letters += between
    return letters if letters <= 1 + min(len(title.key), len(other.key)) // 20 else None


def same_numbers(title: Title, other: Title) -> bool:
    """Whether they count alike: of Part 1 and Part 2, or GPT-3 and GPT-4, neither is the other."""
    return not any(map(_is_number, set(title.words) ^ set(other.words)))


def _slips(words: Sequence[str], others: Sequence[str]) -> int | None:
    """The same of what stands in one place; words that are alike but mean another thing are no slips."""
    text, other = sorted(("".join(words), "".join(others)), key=len)
    if text == other or _is_acronym(words, others) or _is_acronym(others, words):
        return 0
    if not text or any(map(_is_number, (*words, *others))) or other.endswith(text):  # as supervised ends unsupervised
        return None
    if len(text) < 4:
        return 1 if other == f"{text}s" else None
    if any(other == text + ending for ending in _ENDINGS):
        return 1
    if text[:2] != other[:2] or any(_divides(pair, text, other) for pair in _OPPOSITES):
        return None
    most = 2 if len(text) >= _LONG_WORD else 1
    distance = OSA.distance(text, other, score_cutoff=most)
    return distance if distance <= most else None


def _divides(pair: tuple[str, str], text: str, other: str) -> bool:
    first, second = pair
    return (text.startswith(first) and other.startswith(second)) or (
        text.startswith(second) and other.startswith(first)
    )


def _is_acronym(words: Sequence[str], others: Sequence[str]) -> bool:
    initials = "".join(other[0] for other in others)
    return len(words) == 1 and len(initials) > 1 and words[0].removesuffix("s") == initials


def _is_number(word: str) -> bool:
    return word in _NUMBERS or any(map(str.isdigit, word))


def _is_telling(rest: str) -> bool:
    """Whether what follows a title makes it that of another work."""
    words = folded(rest).split()
    return not words or words[0] in _NUMBERS or bool(_NUMERAL.fullmatch(words[0])) or not _ABOUT.isdisjoint(words)


def _large(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _SMALL]


def _plain(text: str) -> str:
    return _LOOK.sub(" ", text).replace("&", " and ") if "\\" in text or "&" in text else text


def _key(text: str) -> str:
    return title_key(_plain(text))
