"""The site's settings, with what would only cost time left out: slow hashes, compressed files, a limit to sign-ins."""

from digest_site import settings as site
from digest_site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **site.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = {**site.ACCOUNT_RATE_LIMITS, "login": "1000/m/ip"}
