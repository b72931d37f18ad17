"""All settings. They work from a checkout as they are, and every knob is an environment variable.

Any of the variables may instead name a file that holds the value, as SECRET_KEY_FILE does for SECRET_KEY.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import EnvError, FileAwareEnv, validate

BASE_DIR = Path(__file__).resolve().parent.parent
_CHECKOUT_KEY = "for-a-checkout-on-this-machine-only-" * 2

env = FileAwareEnv(strip_whitespace=True)
try:
    DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var").absolute()
    DEBUG = env.bool("DEBUG", False)
    SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    LIBRARY = env.str("LIBRARY", "public", validate=validate.OneOf(["public", "members"]))
    SIGN_UP = env.str("SIGN_UP", "closed", validate=validate.OneOf(["open", "closed"]))
    INVITING = env.str("INVITING", "members", validate=validate.OneOf(["members", "curators"]))
    SECOND_FACTOR = env.str("SECOND_FACTOR", "", validate=validate.OneOf(["", "staff", "all"]))
    TIME_ZONE = env.str("TIME_ZONE", "UTC")
    SECRET_KEY = env.str("SECRET_KEY", "")
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(0, 10))
    _signed_in_days = env.int("SIGNED_IN_DAYS", 90, validate=validate.Range(1, 400))
    _upload_mb = env.int("UPLOAD_MB", 50, validate=validate.Range(1, 100_000))
    _other_hosts: list[str] = env.list("ALLOWED_HOSTS", [])
    _mail_url = env.str("EMAIL_URL", "")
    _mail: dict[str, Any] = env.dj_email_url("EMAIL_URL", "console://")
    _database: dict[str, Any] = {**env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'lectern.sqlite3'}")}
    _openid = {name: env.str(name, "") for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")}
    OIDC_ISSUER = _openid["OIDC_ISSUER"].removesuffix("/.well-known/openid-configuration").rstrip("/")
    OIDC_NAME = env.str("OIDC_NAME", "") or urlsplit(OIDC_ISSUER).hostname
    OIDC_SIGN_UP = env.bool("OIDC_SIGN_UP", True)
    OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", "")
    OIDC_CURATORS = env.str("OIDC_CURATORS", "")
    _scopes = env.str("OIDC_SCOPES", "openid profile email").split()
    _origins: list[str] = env.list("OIDC_ORIGINS", [])
except (EnvError, ValueError) as error:
    raise ImproperlyConfigured(str(error)) from None

if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE is “{TIME_ZONE}”; it should be one such as Europe/Berlin")

# Where it is served ---------------------------------------------------------------------------------------------

_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname or _site.path:
    raise ImproperlyConfigured(f"SITE_URL is “{SITE_URL}”; it should look like https://papers.example.org")
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_on_this_machine = _site.hostname in _THIS_MACHINE
_https = _site.scheme == "https"

_key_file = DATA_DIR / "secret_key"  # made by quickstart
if not SECRET_KEY and _key_file.exists():
    SECRET_KEY = _key_file.read_text().strip()
if not SECRET_KEY and _on_this_machine:
    SECRET_KEY = _CHECKOUT_KEY

ALLOWED_HOSTS = [_site.hostname, *_other_hosts]
if _on_this_machine:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
else:
    if len(SECRET_KEY) < 50 or SECRET_KEY == _CHECKOUT_KEY:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, or too short to be one. Set SECRET_KEY, or SECRET_KEY_FILE to the path of a file, "
            "to at least 50 random characters: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if DEBUG:
        raise ImproperlyConfigured(f"DEBUG shows everybody the program's insides. Unset DEBUG to serve {SITE_URL}.")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is “*”, which lets anybody's address pass. Name the hosts, or unset it."
        )

CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "papers.views.stale.stale"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other hosts of the domain are not ours to decide for
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# Where things are kept ------------------------------------------------------------------------------------------

try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR, {DATA_DIR}, cannot be made: {error.strerror}") from None

if _database["ENGINE"].endswith("sqlite3"):
    # Readers never wait for the writer, writers wait for each other, and a transaction asks for its lock at its start.
    _database |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        },
    }
else:
    # As it comes, PostgreSQL plans for reports on slow disks; a page asks for few rows, and many do so at a time.
    _given = _database.get("OPTIONS", {})
    _planner = f"-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1 {_given.get('options', '')}"
    _database |= {"CONN_MAX_AGE": 0, "OPTIONS": {**_given, "pool": True, "options": _planner.strip()}}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {  # shared by all workers, so that sign-in attempts are counted once
    # Nothing that counts is forgotten before its time, however much is counted: from so many entries on, those that
    # have expired are deleted, and of the others one in a thousand million, which is none.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000, "CULL_FREQUENCY": 1_000_000_000},
    },
    # Each worker's own: pieces of pages that look the same to everybody (views/rows.py), some kilobytes each.
    "rendered": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rendered",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

#: What a curator may upload, of each file (bytes).
UPLOAD_LIMIT = _upload_mb * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "papers.exchange.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# How it sends mail ----------------------------------------------------------------------------------------------

MAILERS: dict[str, dict[str, Any]] = {"default": {"BACKEND": _mail.get("EMAIL_BACKEND", "")}}
if MAILERS["default"]["BACKEND"].endswith("smtp.EmailBackend"):
    MAILERS["default"]["OPTIONS"] = {
        "host": _mail["EMAIL_HOST"],
        "port": _mail["EMAIL_PORT"],
        "username": _mail["EMAIL_HOST_USER"] or "",
        "password": _mail["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": _mail["EMAIL_USE_TLS"],
        "use_ssl": _mail["EMAIL_USE_SSL"],
        "timeout": 10,
    }
elif _mail_url:
    raise ImproperlyConfigured("EMAIL_URL should look like submission://user:password@mail.example.org:587")
else:
    SILENCED_SYSTEM_CHECKS.append("mail.E001")  # without mail, its links are passed on from the log
SENDS_MAIL = bool(_mail_url)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", f"Lectern <lectern@{_site.hostname}>")

# What it is made of ---------------------------------------------------------------------------------------------

ROOT_URLCONF = "digest_site.urls"
WSGI_APPLICATION = "digest_site.wsgi.application"
INSTALLED_APPS = [
    "papers",
    "papers.apps.DeskConfig",  # Django's admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "papers.views.zone.ReadersZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "papers.views.errors.SignInElsewhere",
    "papers.views.sessions.Seen",
    "papers.views.second_factor.Required",
    "papers.views.errors.Unavailable",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "papers.views.sign_in.ways_in",
                "papers.views.keys.switch",
            ],
        },
    },
]
X_FRAME_OPTIONS = "DENY"
LANGUAGE_CODE = "en-gb"
USE_TZ = True

# Who reads ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "papers.User"
AUTHENTICATION_BACKENDS = ["papers.accounts.backend.OneTry"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "papers.accounts.adapter.AccountAdapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "papers.accounts.reset.Tokens"  # noqa: S105 - where it is made
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Who comes by themselves needs an address by which to come back; who is invited may ask for a link.
_email = "email*" if SIGN_UP == "open" and SENDS_MAIL else "email"
ACCOUNT_SIGNUP_FIELDS = ["username*", _email, "password1*", "password2*"]
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Lectern: "
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_MAIL  # of a new password, and of factors that come and go
SESSION_COOKIE_AGE = _signed_in_days * 24 * 60 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ACCOUNT_RATE_LIMITS = {  # by address, and by account or person, who has to wait for five minutes at most
    "login": "30/m/ip",
    "login_failed": "20/5m/ip,5/5m/key",  # passwords, and codes of second factors
    "reset_password": "10/5m/ip,3/5m/key",
    "reset_password_from_key": "20/5m/ip",
    "signup": "20/5m/ip",
    "invitation": "30/m/ip",  # links looked at
    "openid": "30/m/ip",  # each asks the provider something
    "change_password": "5/5m/user",
    "reauthenticate": "10/5m/user",
    "manage_email": "10/5m/user",
    "invite": "20/h/user",  # to a reading list
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_FORMS = {
    "signup": "papers.accounts.sign_up.SignUpForm",
    "login": "papers.accounts.credentials.SignInForm",
    "reauthenticate": "papers.accounts.credentials.ConfirmForm",
    "change_password": "papers.accounts.credentials.NextPasswordForm",
    "set_password": "papers.accounts.credentials.FirstPasswordForm",
    "add_email": "papers.accounts.credentials.AddressForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "papers.accounts.factors.FactorsAdapter"
MFA_FORMS = {
    "authenticate": "papers.accounts.factors.CodeForm",
    "reauthenticate": "papers.accounts.factors.ConfirmCodeForm",
    "activate_totp": "papers.accounts.factors.AppForm",
    "add_webauthn": "papers.accounts.factors.NewPasskeyForm",
    "login_webauthn": "papers.accounts.factors.PasskeyForm",
    "authenticate_webauthn": "papers.accounts.factors.SecondPasskeyForm",
    "reauthenticate_webauthn": "papers.accounts.factors.ConfirmPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Lectern"
MFA_TOTP_TOLERANCE = 1  # half a minute too early or too late: clocks differ, and typing takes a while
MFA_ALLOW_UNVERIFIED_EMAIL = True  # where there is no mail, no address is ever verified
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _on_this_machine  # http://localhost

# Who signs in at the team's own provider ------------------------------------------------------------------------

SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
SOCIALACCOUNT_ADAPTER = "papers.accounts.openid.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # and see the adapter
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_FORMS = {"signup": "papers.accounts.credentials.OneThingMoreForm"}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
if any(_openid.values()):
    if _missing := [name for name, given in _openid.items() if not given]:
        raise ImproperlyConfigured(f"{' and '.join(_missing)} is not set; OpenID Connect needs {', '.join(_openid)}")
    _issuer = urlsplit(OIDC_ISSUER)
    if not (_issuer.scheme == "https" or (_issuer.scheme == "http" and _issuer.hostname in _THIS_MACHINE)):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER is “{OIDC_ISSUER}”; it should look like https://id.example.org, and http only on this machine"
        )
    if OIDC_CURATORS and not OIDC_GROUPS_CLAIM:
        raise ImproperlyConfigured("OIDC_CURATORS names a group, but OIDC_GROUPS_CLAIM does not say where groups stand")
    SECURE_CSP["form-action"] += [f"{_issuer.scheme}://{_issuer.netloc}", *_origins]  # where the button leads
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": _scopes,
        "APP": {
            "provider_id": "openid",
            "name": OIDC_NAME,
            "client_id": _openid["OIDC_CLIENT_ID"],
            "secret": _openid["OIDC_CLIENT_SECRET"],
            "settings": {"server_url": OIDC_ISSUER},
        },
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
