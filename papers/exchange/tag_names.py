"""The tags that are meant when digests name them, each made when it is first named."""

from collections.abc import Iterable

from ..ids import slug
from ..models import Tag
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


def _alias(new: Iterable[Tag], tags: dict[str, Tag]) -> None:
    """Makes arXiv's second names of its categories such, when they are first met."""
    for tag in new:
        tag.alias_of = tags[slug(ARXIV_NAMES[tag.slug])].meant
        tag.save(update_fields=["alias_of"])
