"""Mails: whatever tells somebody of their account has the site's own words."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template

_THEIRS = Path(allauth.__file__).parent / "templates"
#: What is never sent here: nobody signs in by a code that is mailed. And one that only includes another.
_NOT_SENT = ("login_code", "password_reset_code", "email_confirmation_signup")


def _sent() -> list[str]:
    names = sorted(path.relative_to(_THEIRS).as_posix() for path in _THEIRS.glob("*/email/*.txt"))
    return [name for name in names if not name.rpartition("/")[2].startswith(_NOT_SENT)]


@pytest.mark.parametrize("name", _sent())
def test_every_mail_about_an_account_has_our_words(name: str) -> None:
    origin = get_template(name).template.origin.name  # type: ignore[attr-defined]
    assert Path(origin).is_relative_to(settings.BASE_DIR / "templates")
