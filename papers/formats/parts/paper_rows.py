"""A row of a table as a paper: what its columns are, where its cells end, and what they say."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ...dates import dated
from ..record import Link, PaperRecord, names
from .bibliography import keywords
from .links import links, sorted_out
from .phrases import prose, titled, without_others, words

#: What a column holds, by a word in its name; of several the first counts.
_WORDS = {
    "title": "title titles 标题 题目 论文标题 论文题目",
    "authors": "author authors 作者",
    "venue": "venue journal conference 会议 期刊",
    "date": "date dates published submitted year time 日期 时间 发布日期 发布时间",
    "abstract": "abstract abstracts 摘要",
    "note": (
        "summary tl tldr description note notes comment comments remark remarks takeaway takeaways highlights "
        "contribution contributions 简介"
    ),
    "tags": "tag tags category categories keyword keywords topic topics subject subjects field fields 分类 关键词",
    "code": "code github repo repository project 代码",
    "link": "link links url pdf arxiv id doi paper papers 链接 论文",
}
_COLUMNS = {word: column for column, words in reversed(_WORDS.items()) for word in words.split()}
#: A column of nothing but ids: `| Topic | Paper IDs |`.
_IDS = re.compile(r"\bids\b", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_HALF_A_LINK = re.compile(r"\]\([^\s()]*$")
_NOTHING = {"", "-", "–", "—", "n/a", "na", "nan", "none", "null", "no", "无"}


@lru_cache(maxsize=64)
def columns(header: str) -> tuple[str, ...]:
    """What each column holds, as this row names them; empty for what tells nothing of a paper."""
    names = split(header)
    found = [_column(name) for name in names]
    linking = [at for at, column in enumerate(found) if column == "link" and not _IDS.search(names[at])]
    if "title" not in found and linking and len(found) > 1:
        found[linking[0]] = "title"  # | Paper | Links |
    return tuple(found)


def cells(text: str, columns: Sequence[str]) -> list[str]:
    """A row's cells, one for each column: where a text holds a bar itself, its parts belong together."""
    found = split(text)
    while len(found) > len(columns) and not found[-1]:
        found.pop()
    surplus = len(found) - len(columns)
    if surplus > 0:
        at = _longest(found, columns)
        found[at : at + surplus + 1] = [" | ".join(found[at : at + surplus + 1])]
    return [cell.replace(r"\|", "|") for cell in found] + [""] * -surplus


def breaks_off(text: str, last: str) -> bool:
    """Whether a row, of which this is the last cell, was cut short: it has no end, and nothing or half a link in it."""
    return text.startswith("|") and not text.endswith("|") and (not last or bool(_HALF_A_LINK.search(last[-2_000:])))


def record_of(cells: Sequence[str], columns: Sequence[str], tags: Sequence[str] = ()) -> PaperRecord:
    """What a row says of a paper that stands below these topics."""
    said: dict[str, list[str]] = {}
    for column, cell in zip(columns, cells, strict=True):
        if cell.strip(" *_`").casefold() not in _NOTHING:
            said.setdefault(column, []).append(cell)
    title, *_ = said.get("title", [""])
    linked = [link for column in ("title", "link", "") for cell in said.get(column, ()) for link in links(cell)]
    ids = [] if linked else [cell.strip(" *_`") for cell in said.get("link", ())]
    code = [Link("code", link.url) for cell in said.get("code", ()) for link in links(cell)]
    fields, pages = sorted_out(linked, ids)
    return PaperRecord(
        title=titled(title),
        abstract=_text(said.get("abstract", ())),
        note=_text(said.get("note", ())),
        authors=names(without_others(", ".join(map(words, said.get("authors", ()))))),
        published=next(filter(None, (dated(cell.strip(" *_`")) for cell in said.get("date", ()))), None),
        venue=", ".join(map(words, said.get("venue", ()))),
        tags=tuple(dict.fromkeys([*tags, *(tag for cell in said.get("tags", ()) for tag in keywords(words(cell)))])),
        links=tuple(dict.fromkeys([*code, *pages])),
        **fields,
    )


def _text(cells: Sequence[str]) -> str:
    return "\n\n".join(filter(None, map(prose, cells)))


def split(text: str) -> list[str]:
    text = text.strip().removeprefix("|")
    if text.endswith("|") and not text.endswith(r"\|"):
        text = text[:-1]
    return [cell.strip() for cell in _BAR.split(text)]


def _column(name: str) -> str:
    found = {_COLUMNS[word] for word in re.findall(r"[^\W\d_]+", name.casefold()) if word in _COLUMNS}
    return next((column for column in _WORDS if column in found), "")


def _longest(cells: Sequence[str], columns: Sequence[str]) -> int:
    """Which column holds the bars: the title's, unless its text is whole without them and there is more prose."""
    at = columns.index("title") if "title" in columns else 0
    is_whole = "](" in cells[at] or (cells[at].startswith("**") and cells[at].endswith("**") and len(cells[at]) > 4)
    prose = [place for place, column in enumerate(columns) if column in ("abstract", "note")]
    return prose[0] if is_whole and prose else at
