"""Tags as curators want them: renamed, merged, nested, described, hidden, and all of it taken back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..ids import slug
from ..models import Change, Errand, Tag, User
from .keep import sole_writer
from .refusal import Refused
from .tag_edit import Edit

#: What a curator may set of a tag.
FIELDS = ("name", "other_names", "parent", "description", "hidden")


def set_tag(tag: Tag, said: Mapping[str, Any], *, by: User | None = None, why: str = "") -> Change | None:
    """Sets some of a tag's `FIELDS`; with another name it may become another row, as the former name stays one of its
    names. Raises Refused where it cannot be so."""
    with sole_writer():
        edit = Edit()
        tag = edit.of(_by_now(tag))
        if "name" in said:
            tag = _renamed(edit, tag, said["name"])
        if "other_names" in said:
            _set_other_names(edit, tag, said["other_names"])
        if "parent" in said:
            _nest(edit, tag, said["parent"])
        for name in ("description", "hidden"):
            if name in said:
                setattr(tag, name, said[name])
        return edit.save(by, f"Set {', '.join(sorted(said)).replace('_', ' ')} of “{tag}”", why)


def merge(kept: Tag, others: Iterable[Tag], *, by: User | None = None, why: str = "") -> Change | None:
    """Makes other tags mere names of one; their papers then bear that one. Raises Refused where there are
    none."""
    with sole_writer():
        edit = Edit()
        kept = edit.of(_by_now(kept))
        gone = [edit.of(tag) for tag in dict.fromkeys(map(_by_now, others)) if tag != kept]
        if not gone:
            raise Refused("Choose two tags or more, of which one stays.")
        _absorb(edit, kept, gone)
        return edit.save(by, f"Merged {', '.join(f'“{tag}”' for tag in gone)} into “{kept}”", why)


def check(tag: Tag, said: Mapping[str, Any]) -> None:
    """Raises Refused if `set_tag` would, and changes nothing."""
    edit = Edit()
    tag = edit.of(_by_now(tag))
    if "name" in said:
        _row_for(edit, tag, said["name"])
    if "other_names" in said:
        for name in said["other_names"]:
            _row_for(edit, tag, name)
    if "parent" in said:
        _nest(edit, tag, said["parent"])


def take_back(change: Change) -> None:
    """Gives the tags back what they were, where nobody changed it again."""
    tags = Tag.objects.in_bulk(list(map(int, change.after)))
    if any(
        int(pk) not in tags or any(getattr(tags[int(pk)], name) != value for name, value in after.items())
        for pk, after in change.after.items()
    ):
        raise Refused("The tag was changed again since; undo that first.")
    _refuse_what_is_no_more(change)
    for pk, before in change.before.items():
        tag = tags[int(pk)]
        if "alias_of_id" in before:
            Errand.objects.create(tag=tag)
        for name, value in before.items():
            setattr(tag, name, tag.spelling if name == "name" and value is None else value)
        tag.save(update_fields=[name.removesuffix("_id") for name in before])
    for pk in change.after.keys() - change.before.keys():
        _forget(tags[int(pk)])
    if misplaced := Tag.objects.near(list(tags)).misplaced().first():
        raise Refused(f"“{misplaced}” was merged or put elsewhere since; undo that first.")


def _refuse_what_is_no_more(change: Change) -> None:
    names = ("alias_of_id", "parent_id")
    pointed_to = {pk for before in change.before.values() for name in names if (pk := before.get(name))}
    if Tag.objects.filter(pk__in=pointed_to).count() < len(pointed_to):
        raise Refused("The tag that it stood under, or whose name it was, is no more; undo first what took it away.")


def _forget(tag: Tag) -> None:
    """A tag that was made for a name: gone, unless somebody uses the name by now."""
    if tag.paper_tags.exists() or tag.rules.exists() or tag.aliases.exists():
        Tag.objects.filter(pk=tag.pk).update(alias_of=None)
        Errand.objects.create(tag=tag)
    else:
        tag.delete()


def _by_now(tag: Tag) -> Tag:
    """What a tag means by now, whatever somebody else made of it meanwhile."""
    row = Tag.objects.select_related("alias_of").filter(pk=tag.pk).first()
    if row is None:
        raise Refused(f"There is no tag “{tag}” any more.")
    return row.meant


def _row_for(edit: Edit, tag: Tag, name: str) -> Tag | None:
    """The row that a tag may take for a name of its own: an alias that it has, or one that nobody uses."""
    if not slug(name):
        raise Refused(f"“{name}” is no name for a tag: there is no letter in it.")
    found = Tag.objects.filter(slug=slug(name)).first()
    row = found and edit.of(found)
    if row is None or row == tag or row.alias_of_id == tag.pk:
        return row
    is_used = row.size or any(ties.exists() for ties in (row.paper_tags, row.aliases, row.children, row.rules))
    if row.alias_of_id is None and not is_used:
        return row
    raise Refused(f"There is a tag “{row.meant}” of that name already: merge the two in the list of tags.")


def _renamed(edit: Edit, tag: Tag, name: str) -> Tag:
    """The tag by its new name. Where that has an address of its own, the old one becomes an alias."""
    row = _row_for(edit, tag, name)
    if row == tag:
        tag.name = name
        return tag
    renamed = row or edit.make(name)
    renamed.name, renamed.alias_of = name, None
    for column in ("parent_id", "description", "hidden"):
        setattr(renamed, column, getattr(tag, column))
    _absorb(edit, renamed, [tag])
    return renamed


def _set_other_names(edit: Edit, tag: Tag, names: Sequence[str]) -> None:
    """Makes these all the other names that the tag has; what was one before is a tag of its own again."""
    wanted = {slug(name): name for name in names if slug(name) != tag.slug}
    rows = [_row_for(edit, tag, name) or edit.make(name) for name in wanted.values()]
    aliases = {row.pk for row in rows}
    for row in rows:
        row.alias_of, row.parent = tag, None
    for alias in Tag.objects.filter(alias_of=tag):
        mine = edit.of(alias)
        if mine.pk not in aliases:
            mine.alias_of = None


def _absorb(edit: Edit, kept: Tag, gone: Sequence[Tag]) -> None:
    """Makes tags aliases of one, with their own aliases, and puts what stood under them under it."""
    ids = [tag.pk for tag in gone]
    for tag in (*gone, *map(edit.of, Tag.objects.filter(alias_of__in=ids))):
        if tag != kept:
            tag.alias_of = kept
            tag.parent = None
    if kept.parent_id in ids:
        kept.parent = None
    for child in map(edit.of, Tag.objects.filter(parent__in=ids)):
        if child != kept and child.alias_of_id is None:
            child.parent_id = kept.parent_id or kept.pk


def _nest(edit: Edit, tag: Tag, parent: Tag | None) -> None:
    """Puts a tag under another. There are two floors of tags and no more, so that there can be no circle."""
    parent = parent and parent.meant
    if parent == tag:
        raise Refused("A tag cannot stand under itself.")
    if parent and parent.parent_id:
        raise Refused(f"“{parent}” itself stands under “{parent.parent}”: choose that one, or take it out there first.")
    if parent and Tag.objects.filter(parent=tag.pk, alias_of=None).exists():
        raise Refused(f"Other tags stand under “{tag}”: take them out first.")
    tag.parent = parent
