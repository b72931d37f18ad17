"""What cannot be done to the library as it is, and why."""


class Refused(Exception):
    """Says in one sentence what stands in the way, and what to do about it, or where. Nothing was changed."""

    def __init__(self, why: str, *, way_on: str = "") -> None:
        super().__init__(why)
        self.way_on = way_on
