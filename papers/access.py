"""Who may see and do what: every queryset and every view asks here, and nowhere else is it decided."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, AnonymousUser, PermissionsMixin
from django.db.models import IntegerChoices

type Reader = AbstractBaseUser | AnonymousUser


def may_read_library(reader: Reader) -> bool:
    """Papers, tags and digests: everybody's where the library is public, else whoever has signed in."""
    return settings.LIBRARY == "public" or reader.is_authenticated


def needs_second_factor(reader: Reader) -> bool:
    """Whether the site asks a second factor of them before they see anything."""
    asked = {"staff": isinstance(reader, AbstractUser) and reader.is_staff, "all": reader.is_authenticated}
    return asked.get(settings.SECOND_FACTOR, False)


def may_curate(reader: Reader) -> bool:
    """Look after papers, and so know of those that are hidden from readers."""
    return isinstance(reader, PermissionsMixin | AnonymousUser) and reader.has_perm("papers.change_paper")


#: The group of those who look after the library, and what they may do there. Of people they see what colleagues see,
#: and let them in; what gives anybody powers is the superusers' business.
CURATORS = "Curators"
CURATORS_MAY = (
    *("view_paper", "change_paper", "view_tag", "change_tag", "view_digest", "change_digest"),
    *(
        "view_source",
        "change_source",
        "view_ingest",
        "add_ingest",
        "change_ingest",
        "view_quarantined",
        "change_quarantined",
    ),
    "view_likelyduplicate",
    *("view_rule", "add_rule", "change_rule", "delete_rule", "view_errand"),
    "view_change",
    *("view_user", "view_team", "add_team", "change_team", "view_invitation", "add_invitation", "change_invitation"),
)


def may_give_powers(reader: Reader) -> bool:
    """Make others staff, curators or superusers, and know what only these may know: addresses above all."""
    return isinstance(reader, PermissionsMixin) and reader.is_active and reader.is_superuser


def may_help_in(reader: Reader, person: AbstractUser) -> bool:
    """Make somebody a link to set a new password. Who has it can come in as them: so it is made only for who may do
    nothing that its maker may not, and for nobody who was shut out."""
    if not person.is_active or may_give_powers(reader):
        return person.is_active
    has_powers = person.is_staff or person.is_superuser or person.get_all_permissions()
    return isinstance(reader, PermissionsMixin) and reader.has_perm("papers.add_invitation") and not has_powers


def may_hand_over(reader: Reader, person: AbstractUser) -> bool:
    """Give the lists that somebody shared to others, as if they had left: who shuts people out, of who was."""
    return may_give_powers(reader) and not person.is_active


def may_curate_tags(reader: Reader) -> bool:
    """Whether somebody may take any tag from a paper, whoever put it there."""
    return isinstance(reader, PermissionsMixin) and reader.has_perm("papers.change_tag")


#: What it takes to take a change back, by its kind, where that is not to look after papers.
_TAKES_BACK = {
    **dict.fromkeys(("tag", "tagged"), ("papers.change_tag",)),
    "rule": ("papers.change_rule",),
    "withdrawn": ("papers.change_ingest",),
    **dict.fromkeys(("mended", "dismissed", "brought back"), ("papers.change_quarantined",)),
    **dict.fromkeys(("redated", "joined"), ("papers.change_digest",)),
    "trusted": ("papers.change_source",),
    "named": ("papers.change_digest", "papers.change_source"),
}


def may_take_back(reader: Reader, kind: str) -> bool:
    """Whether somebody may undo a change of this kind: who may make it."""
    return isinstance(reader, PermissionsMixin) and reader.has_perms(_TAKES_BACK.get(kind, ("papers.change_paper",)))


def may_invite(reader: Reader) -> bool:
    """Let people in who have no account: curators may; others, unless the site says otherwise, onto their own lists."""
    if settings.INVITING == "members":
        return reader.is_authenticated
    return isinstance(reader, PermissionsMixin) and reader.has_perm("papers.add_invitation")


class Role(IntegerChoices):
    """What somebody is on a reading list. Each role may do all that those before it may."""

    NONE = 0, "no member"
    VIEWER = 1, "reads"
    CONTRIBUTOR = 2, "adds"
    EDITOR = 3, "edits"
    OWNER = 4, "owner"

    @property
    def may_fill(self) -> bool:
        """Add papers; take away and claim what they added themselves."""
        return self >= Role.CONTRIBUTOR

    @property
    def may_edit(self) -> bool:
        """Put entries in order, take away those of others, change what is said of them, assign them with a date."""
        return self >= Role.EDITOR

    @property
    def may_own(self) -> bool:
        """Name it, say who sees it, share it, give it away and delete it."""
        return self >= Role.OWNER

    @property
    def may_discuss(self) -> bool:
        """Read and write remarks, and know who takes part."""
        return self >= Role.VIEWER
