"""The tags that are meant when digests name them, each made when it is first named."""

from collections import defaultdict
from collections.abc import Iterable

from ..formats.record import PaperRecord
from ..ids import slug
from ..models import Entry, Tag
from ..models.categories import ARXIV_NAMES


def tags_named(names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these names as they are named, aliases as such. Of two spellings the first in the alphabet stays;
    what a curator calls a tag stays whatever digests do."""
    given = set(names)
    by_slug = _spelled(given)
    tags = Tag.objects.in_bulk(by_slug, field_name="slug")
    if arxiv := {ARXIV_NAMES[each] for each in by_slug.keys() & ARXIV_NAMES.keys() - tags.keys()}:
        by_slug = _spelled(given | arxiv)
        tags = Tag.objects.in_bulk(by_slug, field_name="slug")
    for key, tag in tags.items():
        _respell(tag, by_slug[key])
    new = Tag.objects.bulk_create(
        Tag(name=name, spelling=name, slug=key) for key, name in by_slug.items() if key not in tags
    )
    tags |= {tag.slug: tag for tag in new}
    _alias([tag for tag in new if tag.slug in ARXIV_NAMES], tags)
    return {name: tags[slug(name)] for name in given}


def _spelled(names: Iterable[str]) -> dict[str, str]:
    """By each slug the spelling that comes first in the alphabet: any rule will do that ignores who came first."""
    return {slug(name): name for name in sorted(names, reverse=True)}


def _respell(tag: Tag, name: str) -> None:
    if not tag.spelling or name < tag.spelling:
        tag.name = name if tag.name == tag.spelling else tag.name
        tag.spelling = name
        tag.save(update_fields=["name", "spelling"])


def forget(records: Iterable[PaperRecord]) -> None:
    """Tags are no longer spelled as only these records spell them, which are no longer there; a tag that only they had,
    and nobody did anything with, goes."""
    gone: dict[str, set[str]] = defaultdict(set)
    for name in {" ".join(tag.split()) for record in records for tag in record.tags}:
        gone[slug(name)].add(name)
    for tag in Tag.objects.filter(slug__in=gone):
        if tag.spelling in gone[tag.slug] and (left := _spelling_of(tag)) not in ("", tag.spelling):
            tag.name = left if tag.name == tag.spelling else tag.name
            tag.spelling = left
            tag.save(update_fields=["name", "spelling"])
    unused = Tag.objects.made_by_digests().filter(slug__in=gone)
    Tag.objects.filter(pk__in=list(unused.values_list("pk", flat=True))).delete()


def _spelling_of(tag: Tag) -> str:
    """The first in the alphabet of those that entries have for it; the tag's own as soon as one has it."""
    first = ""
    for record in Entry.objects.tagged(tag).values_list("record", flat=True).iterator():
        for name in PaperRecord.from_json(record).tags:
            spelled = " ".join(name.split())
            if spelled == tag.spelling:
                return spelled
            if slug(spelled) == tag.slug:
                first = min(filter(None, (first, spelled)))
    return first


def _alias(new: Iterable[Tag], tags: dict[str, Tag]) -> None:
    """Makes arXiv's second names of its categories such, when they are first met."""
    for tag in new:
        tag.alias_of = tags[slug(ARXIV_NAMES[tag.slug])].meant
        tag.save(update_fields=["alias_of"])
