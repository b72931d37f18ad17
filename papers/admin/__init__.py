"""The curator's desk: what is in the library, where it came from, and what could not be read."""

from . import digests, duplicates, ingests, papers, people, tags  # noqa: F401 - they register themselves
