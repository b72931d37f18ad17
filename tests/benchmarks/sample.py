"""A sample of a library's papers: where questions and addresses come from."""

import datetime as dt
from pathlib import Path

import msgspec

SIZE = 2_000
_PAGE_SIZE = 25


class SamplePaper(msgspec.Struct):
    key: str
    position: int
    title: str
    abstract: str
    authors: list[str]
    tags: list[str]
    date: dt.date
    named_on: dt.date


class Sample(msgspec.Struct):
    papers: list[SamplePaper]
    deepest: list[int]
    """Positions behind which there are only a page or two."""
    lists: list[str] = []
    """The member's reading lists, as a question asks for them."""


def read(data: Path) -> Sample:
    return msgspec.json.decode((data / "sample.json").read_bytes(), type=Sample)


def write() -> None:
    """Takes the sample; runs inside the library's own Django."""
    from django.conf import settings

    from papers.models import Paper, ReadingList
    from papers.position import day_of

    papers = Paper.objects.shown().order_by("pk")
    count = papers.count()
    spread = {papers[0].pk + n * count // SIZE for n in range(SIZE)}
    sample = Sample(
        [
            SamplePaper(
                key=paper.key,
                position=paper.position,
                title=paper.title,
                abstract=paper.abstract,
                authors=paper.authors,
                tags=[tie.tag.slug for tie in paper.paper_tags.all()],
                date=day_of(paper.position),
                named_on=paper.named_on,
            )
            for paper in papers.filter(pk__in=spread).prefetch_related("paper_tags__tag")
        ],
        list(
            Paper.objects.shown().order_by("position").values_list("position", flat=True)[_PAGE_SIZE : 2 * _PAGE_SIZE]
        ),
        list(ReadingList.objects.order_by("pk").values_list("slug", flat=True)),
    )
    (settings.DATA_DIR / "sample.json").write_bytes(msgspec.json.encode(sample))
