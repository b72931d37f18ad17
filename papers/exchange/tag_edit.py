"""Tags changed together: what becomes of each, and what it was before."""

from collections import defaultdict
from typing import Any

from ..models import Change, Edition, Errand, Tag, User

_COLUMNS = ("name", "alias_of_id", "parent_id", "description", "hidden")


class Edit:
    """Tags while they are changed together, and what they were before."""

    def __init__(self) -> None:
        self._tags: dict[int, Tag] = {}
        self._before: dict[int, dict[str, Any]] = {}
        self._made: set[int] = set()

    def of(self, tag: Tag) -> Tag:
        """The one object that stands for the tag in this edit."""
        if tag.pk not in self._tags:
            self._tags[tag.pk] = tag
            self._before[tag.pk] = {name: getattr(tag, name) for name in _COLUMNS}
            if tag.spelling and tag.name == tag.spelling:
                self._before[tag.pk]["name"] = None
        return self._tags[tag.pk]

    def make(self, name: str) -> Tag:
        tag = self.of(Tag.objects.create(name=name))
        self._made.add(tag.pk)
        return tag

    def save(self, by: User | None, said: str, why: str) -> Change | None:
        before: dict[int, dict[str, Any]] = defaultdict(dict)
        after: dict[int, dict[str, Any]] = {}
        for pk, tag in self._tags.items():
            was = self._before[pk] | ({"name": tag.spelling} if self._before[pk]["name"] is None else {})
            changed = [name for name in _COLUMNS if getattr(tag, name) != was[name]]
            if changed or pk in self._made:
                after[pk] = {name: getattr(tag, name) for name in (_COLUMNS if pk in self._made else changed)}
                tag.save(update_fields=[name.removesuffix("_id") for name in after[pk]])
            if changed and pk not in self._made:
                before[pk] = {name: self._before[pk][name] for name in changed}
                if "alias_of_id" in changed:
                    Errand.objects.create(tag=tag)
        if not after:
            return None
        Edition.objects.next()
        things = [self._tags[pk] for pk in after]
        return Change.objects.record(Change.Kind.TAG, by, things, said, why=why, before=dict(before), after=after)
