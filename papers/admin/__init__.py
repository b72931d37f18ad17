"""The curator's desk: what is in the library, where it came from, and what could not be read."""

from . import digests, duplicates, following, ingests, papers, people, rules, tags  # noqa: F401 - they register themselves
