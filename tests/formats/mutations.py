"""Files as accidents leave them: cut off, doubled, turned round, in the wrong encoding, with noise in them."""

from collections.abc import Callable, Sequence
from random import Random

_ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "gb18030", "utf-7", "cp037"]
_LINE_ENDS = [b"\r\n", b"\r", b"\n\n", b" ", b"", b"\x00", b"\x0c", b"\xe2\x80\x8b\n"]
_MOST_NOISE = 20


def mutated(contents: Sequence[bytes], chance: Random) -> bytes:
    """One of the contents after one accident; the same for the same chance."""
    return chance.choice(_ACCIDENTS)(chance.choice(contents), chance)


def _cut_off(content: bytes, chance: Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _with_a_piece_missing(content: bytes, chance: Random) -> bytes:
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def _with_a_piece_twice(content: bytes, chance: Random) -> bytes:
    start, end = _span(content, chance)
    return content[:end] + content[start:]


def _turned_round(content: bytes, chance: Random) -> bytes:
    start, end = _span(content, chance)
    return content[end:] + content[start:end] + content[:start]


def _with_noise(content: bytes, chance: Random) -> bytes:
    place = chance.randint(0, len(content))
    return content[:place] + _noise(chance) + content[place:]


def _ending_in_noise(content: bytes, chance: Random) -> bytes:
    return _cut_off(content, chance) + _noise(chance)


def _in_another_encoding(content: bytes, chance: Random) -> bytes:
    return content.decode().encode(chance.choice(_ENCODINGS), errors="replace")


def _encoded_twice(content: bytes, chance: Random) -> bytes:
    return content.decode("cp1252", errors="replace").encode()


def _with_other_line_ends(content: bytes, chance: Random) -> bytes:
    return content.replace(b"\n", chance.choice(_LINE_ENDS))


def _with_its_lines_shuffled(content: bytes, chance: Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


_ACCIDENTS: list[Callable[[bytes, Random], bytes]] = [
    *(_cut_off, _with_a_piece_missing, _with_a_piece_twice, _turned_round, _with_noise, _ending_in_noise),
    *(_in_another_encoding, _encoded_twice, _with_other_line_ends, _with_its_lines_shuffled),
]


def _span(content: bytes, chance: Random) -> tuple[int, int]:
    start, end = sorted(chance.choices(range(len(content) + 1), k=2))
    return start, end


def _noise(chance: Random) -> bytes:
    return chance.randbytes(chance.randint(1, _MOST_NOISE))
