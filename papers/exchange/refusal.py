"""What cannot be done to the library as it is, and why."""


class Refused(Exception):
    """Says in one sentence what stands in the way, and what to do about it. Nothing was changed."""
