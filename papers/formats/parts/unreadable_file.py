"""The error of a file that cannot be read at all."""


class UnreadableFile(Exception):
    """A file that cannot be read at all; says why in one line."""
