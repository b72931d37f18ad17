"""arXiv ids that were taken for numbers: `704.0001` is 0704.0001, and `1501.0044699999999` is 1501.00447."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"\d{3,4}\.\d{1,20}", re.ASCII)
#: The first month whose ids have five digits behind the point.
_FIVE_DIGITS = 1501
_FIRST_MONTH = 704
#: Less than this is what a number of a machine loses of itself.
_SLIP = Decimal("0.00000001")


def with_lost_digits(text: str) -> str:
    """The id with the digits it lost where they are certain; any other text as it is."""
    if not _NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    month = int(number)
    if month < _FIRST_MONTH or not 1 <= month % 100 <= 12:
        return text
    whole = round(number, 5 if month >= _FIVE_DIGITS else 4)
    return str(whole).rjust(10 if month >= _FIVE_DIGITS else 9, "0") if abs(whole - number) < _SLIP else text
