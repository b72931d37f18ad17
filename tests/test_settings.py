"""Settings: they work from a checkout, come from the environment, and refuse what would be unsafe."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from tests.commands import manage

KEY = "".join(map(chr, range(65, 115)))
SITE = {"SITE_URL": "https://papers.example.org", "SECRET_KEY": KEY}
OPENID = {
    "OIDC_ISSUER": "https://id.example.org/realms/lab/",
    "OIDC_CLIENT_ID": "lectern",
    "OIDC_CLIENT_SECRET": "s3cret",
}


def setting(expression: str, data: Path, **environment: str) -> str:
    done = manage(
        "shell",
        "--no-imports",
        "-c",
        f"from django.conf import settings as s; print(({expression}))",
        data=data,
        **environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_checkout_needs_no_setting(tmp_path: Path) -> None:
    assert manage("check", data=tmp_path).returncode == 0
    assert setting("s.DEBUG, s.LIBRARY", tmp_path) == "(False, 'public')"


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({"SITE_URL": "https://papers.example.org"}, "SECRET_KEY"),
        ({"SITE_URL": "https://papers.example.org", "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SITE_URL": "http://papers.example.org"}, "SECRET_KEY"),
        ({**SITE, "DEBUG": "1"}, "DEBUG"),
        ({**SITE, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"SITE_URL": "papers.example.org"}, "SITE_URL"),
        ({"LIBRARY": "friends"}, "LIBRARY"),
        ({"SIGN_UP": "sometimes"}, "SIGN_UP"),
        ({"INVITING": "nobody"}, "INVITING"),
        ({"SECOND_FACTOR": "some"}, "SECOND_FACTOR"),
        ({"SECRET_KEY_FILE": "there-is-no-such-file"}, "SECRET_KEY_FILE"),
        ({"DATABASE_URL": "nonsense://"}, "DATABASE_URL"),
        ({"EMAIL_URL": "smtp+pigeon://loft"}, "EMAIL_URL"),
        ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE"),
        ({**OPENID, "OIDC_ISSUER": ""}, "OIDC_ISSUER is not set"),
        ({**OPENID, "OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID is not set"),
        ({**OPENID, "OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET is not set"),
        ({**OPENID, "OIDC_ISSUER": "http://id.example.org"}, "OIDC_ISSUER"),
        ({**OPENID, "OIDC_ISSUER": "id.example.org"}, "OIDC_ISSUER"),
        ({**OPENID, "OIDC_CURATORS": "librarians"}, "OIDC_GROUPS_CLAIM"),
        ({**OPENID, "OIDC_SIGN_UP": "perhaps"}, "OIDC_SIGN_UP"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
        ({"TRUSTED_PROXIES": "10.0.0.1"}, "TRUSTED_PROXIES"),
    ],
)
def test_a_bad_setting_is_said_in_one_line_that_names_the_variable(
    environment: dict[str, str], variable: str, tmp_path: Path
) -> None:
    done = manage("check", data=tmp_path, **environment)
    assert done.returncode == 1
    assert variable in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stdout == ""


def test_nobody_signs_up_unless_it_is_said_that_everybody_may(tmp_path: Path) -> None:
    assert setting("s.SIGN_UP", tmp_path) == "closed"
    assert setting("s.SIGN_UP", tmp_path, SIGN_UP="open") == "open"


def test_who_signs_up_by_themselves_gives_an_address_where_mail_can_go(tmp_path: Path) -> None:
    mail = {"EMAIL_URL": "submission://ada:p@mail.example.org:587"}
    fields = "'email*' in s.ACCOUNT_SIGNUP_FIELDS"
    asked = [setting(fields, tmp_path, **each) for each in ({"SIGN_UP": "open", **mail}, {"SIGN_UP": "open"}, mail)]
    assert asked == ["True", "False", "False"]


def test_hosts_origins_and_cookies_follow_from_the_site_s_address(tmp_path: Path) -> None:
    expression = "s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE"
    assert setting(expression, tmp_path, **SITE) == (
        "(['papers.example.org'], ['https://papers.example.org'], True, True)"
    )


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n")
    environment = {"SITE_URL": "https://papers.example.org", "SECRET_KEY_FILE": str(tmp_path / "key")}
    assert setting("s.SECRET_KEY", tmp_path, **environment) == KEY


def test_the_deployment_checks_find_nothing_under_https(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, **SITE)
    assert done.returncode == 0, done.stderr


def test_mail_goes_to_the_log_until_it_is_told_where_else(tmp_path: Path) -> None:
    assert setting("s.MAILERS['default']['BACKEND']", tmp_path).endswith("console.EmailBackend")
    url = {"EMAIL_URL": "submission://ada:p%40ss@mail.example.org:587"}
    names = "host", "port", "username", "password", "use_tls"
    assert setting(f"tuple(map(s.MAILERS['default']['OPTIONS'].get, {names}))", tmp_path, **url) == (
        "('mail.example.org', 587, 'ada', 'p@ss', True)"
    )


@pytest.mark.database("sqlite")
def test_the_sqlite_options_take_effect(tmp_path: Path) -> None:
    program = (
        "from django.db import connection as c; k = c.cursor();"
        "print([k.execute(f'PRAGMA {p}').fetchone()[0] for p in ('journal_mode', 'synchronous', 'busy_timeout')],"
        " c.transaction_mode, c.settings_dict['CONN_MAX_AGE'])"
    )
    done = manage("shell", "--no-imports", "-c", program, data=tmp_path)
    assert done.stdout.strip() == "['wal', 1, 20000] IMMEDIATE None"
    assert sqlite3.sqlite_version_info >= (3, 37)


@pytest.mark.database("postgresql")
def test_postgresql_connections_come_from_a_pool(tmp_path: Path) -> None:
    url = {"DATABASE_URL": os.environ["DATABASE_URL"]}
    database = "s.DATABASES['default']"
    assert setting(f"{database}['OPTIONS']['pool'], {database}['CONN_MAX_AGE']", tmp_path, **url) == "(True, 0)"


@pytest.mark.database("postgresql")
def test_what_an_operator_asks_of_the_planner_has_the_last_word(tmp_path: Path) -> None:
    url = {"DATABASE_URL": f"{os.environ['DATABASE_URL']}?options=-c%20jit%3Don"}
    options = setting("s.DATABASES['default']['OPTIONS']['options']", tmp_path, **url)
    assert "-c jit=off" in options
    assert options.endswith("-c jit=on")


def test_openid_comes_from_the_environment(tmp_path: Path) -> None:
    app = setting("s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APP']", tmp_path, **OPENID, OIDC_NAME="the Lab")
    assert app == (
        "{'provider_id': 'openid', 'name': 'the Lab', 'client_id': 'lectern', 'secret': 's3cret', "
        "'settings': {'server_url': 'https://id.example.org/realms/lab'}}"
    )
    assert setting("s.OIDC_NAME", tmp_path, **OPENID) == "id.example.org"


def test_forms_may_lead_to_the_provider_and_nothing_else_of_the_policy_changes(tmp_path: Path) -> None:
    def policy(**environment: str) -> dict[str, list[str]]:
        written: dict[str, list[str]] = json.loads(
            setting("__import__('json').dumps(s.SECURE_CSP)", tmp_path, **environment)
        )
        return written

    own = policy()
    assert own["form-action"] == ["'self'"]
    assert policy(**OPENID) == {**own, "form-action": ["'self'", "https://id.example.org"]}
    further = policy(**OPENID, OIDC_ORIGINS="https://login.example.org")
    assert further["form-action"][1:] == ["https://id.example.org", "https://login.example.org"]


def test_a_provider_on_this_machine_needs_no_https(tmp_path: Path) -> None:
    assert manage("check", data=tmp_path, **OPENID | {"OIDC_ISSUER": "http://127.0.0.1:9400"}).returncode == 0
