"""Papers tagged by people, one at a time."""

from typing import Any

from ..ids import slug
from ..models import Change, Edition, Paper, PaperTag, Rule, Tag, User
from ..models.paper_tag import PaperTagQuerySet
from .keep import sole_writer
from .refusal import Refused
from .retag import retag


def tag_named(name: str) -> Tag:
    """The tag of that name as it is said, made if there is none."""
    if not slug(name):
        raise Refused(f"“{name}” is no name for a tag: there is no letter in it.")
    return Tag.objects.filter(slug=slug(name)).first() or Tag.objects.called(name) or Tag.objects.create(name=name)


def put(paper: Paper, name: str, *, by: User) -> Tag:
    """Puts the tag of that name on a paper, made if there is none; returns the tag that is meant."""
    with sole_writer():
        paper = _by_now(paper)
        tag = tag_named(name)
        of_tag = paper.paper_tags.of(tag.meant)
        before = _ties(of_tag)
        if away := of_tag.filter(origin=PaperTag.Origin.REMOVED):
            if not away.removable_by(by).exists():
                raise Refused(f"A curator took “{tag.meant}” away from this paper. Ask them to put it back.")
            away.delete()
        PaperTag.objects.get_or_create(paper=paper, tag=tag, origin=PaperTag.Origin.PERSON, defaults={"by": by})
        _record(paper, tag.meant, f"Tagged it “{tag.meant}”", before, by)
    return tag.meant


def _by_now(paper: Paper) -> Paper:
    """The one that took it in meanwhile, if one did."""
    if there := Paper.objects.at(paper.key):
        return there
    raise Refused("The paper is no longer in the library.")


def take_off(paper: Paper, tag: Tag, *, by: User) -> bool:
    """Takes a tag away from a paper, as far as `by` may; whether they might. Who may take away what digests and rules
    say has that remembered, whatever they say again."""
    with sole_writer():
        paper = _by_now(paper)
        of_tag = paper.paper_tags.of(tag)
        removable = of_tag.exclude(origin=PaperTag.Origin.REMOVED).removable_by(by)
        if not removable.exists():
            return False
        before = _ties(of_tag)
        is_said = removable.exclude(origin=PaperTag.Origin.PERSON).exists()
        removable.filter(origin=PaperTag.Origin.PERSON).delete()
        if is_said:
            PaperTag.objects.get_or_create(paper=paper, tag=tag, origin=PaperTag.Origin.REMOVED, defaults={"by": by})
        _record(paper, tag, f"Took “{tag}” away from it", before, by)
    return True


def take_back(change: Change) -> None:
    """What one person put on a paper, or took from it."""
    of = {kind: name for kind, _, name in (subject.name.partition(":") for subject in change.subjects.all())}
    paper, tag = Paper.objects.at(of["paper"]), Tag.objects.filter(pk=of["tag"]).first()
    if paper is None or tag is None:
        raise Refused("The paper, or the tag, is no longer in the library.")
    of_tag = paper.paper_tags.of(tag.meant)
    if _ties(of_tag) != change.after["ties"]:
        raise Refused("The paper was tagged again since; undo that first.")
    ties = change.before["ties"]
    names = {tie["tag_id"] for tie in ties}
    if Tag.objects.filter(pk__in=names).count() < len(names):
        raise Refused("The name that was said is no more; undo first what took it away.")
    of_tag.by_people().delete()
    PaperTag.objects.put_back(paper, ties)
    retag([paper], Rule.objects.standing())


def _record(paper: Paper, tag: Tag, said: str, before: list[Any], by: User) -> None:
    after = _ties(paper.paper_tags.of(tag))
    if after == before:
        return
    retag([Paper.objects.get(pk=paper.pk)], Rule.objects.standing())
    Change.objects.record(Change.Kind.TAGGED, by, [paper, tag], said, before={"ties": before}, after={"ties": after})
    Edition.objects.next()


def _ties(ties: PaperTagQuerySet) -> list[Any]:
    """What people said of one tag on a paper, as a change remembers it."""
    return list(ties.by_people().order_by("tag", "origin").values("tag_id", "origin", "by_id"))
