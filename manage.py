#!/usr/bin/env python
"""Runs Lectern's commands: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        settings.INSTALLED_APPS  # noqa: B018 - so that a bad setting is said here, in one line
    except ImproperlyConfigured as error:
        sys.exit(f"Lectern cannot start: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
