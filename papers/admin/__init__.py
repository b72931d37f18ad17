"""The curator's desk: what is in the library, where it came from, and what could not be read."""

from . import (  # noqa: F401 - they register themselves
    digests,
    duplicates,
    following,
    history,
    ingests,
    invitations,
    papers,
    people,
    quarantine,
    rules,
    sources,
    tags,
    teams,
    ways_in,
)
