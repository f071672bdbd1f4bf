"""Django's settings: from the workspace and a few environment variables, safe by default.

TOCSIN_HOME      the workspace (default ./tocsin-workspace)
DATABASE_URL     postgresql://user:password@host/name or postgresql:///name?host=/socket/folder; default SQLite in the workspace
TOCSIN_HOSTS     host names to answer to, separated by commas (default: this computer only)
TOCSIN_HTTPS     1 where a proxy in front speaks HTTPS: secure cookies, HSTS, no plain HTTP
TOCSIN_LISTEN    set by `tocsin serve`: the address it listens on; the demo's users need it to be loopback
TOCSIN_ISSUE_DAYS  days from one signed digest to the next, where the house keeps a rhythm; pages then name the next day
TOCSIN_TOKEN     signs in the commands that act, in place of --user and a password; from `tocsin user token NAME`
TOCSIN_DEBUG     1 shows errors in the browser; for developers only
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

HOME = Path(os.environ.get("TOCSIN_HOME", "tocsin-workspace")).resolve()
DEBUG = os.environ.get("TOCSIN_DEBUG") == "1"
HERE = Path(__file__).parent


def _secret() -> str:
    """Return the workspace's own secret; made on first use, readable by the owner alone.

    Where no workspace is yet, the secret lasts as long as the program and nothing is written.
    """
    path = HOME / "secret.key"
    if not (HOME / "workspace.json").exists():
        return secrets.token_urlsafe(64)
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=HOME, prefix=".tmp-")
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(64))
        try:
            os.link(temporary, path)  # unlike a rename, this never replaces a secret that another process has just made
        except FileExistsError:
            pass
        finally:
            Path(temporary).unlink()
    return path.read_text("utf-8")


def database(home: Path) -> dict[str, object]:
    """Return Django's database settings from DATABASE_URL; SQLite in the workspace without it."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA synchronous=FULL;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "records.sqlite3", "OPTIONS": options}
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret()
ALLOWED_HOSTS = [h for h in os.environ.get("TOCSIN_HOSTS", "").split(",") if h] + ["127.0.0.1", "localhost", "[::1]", "testserver"]
DATABASE_OF = database
DATABASES = {"default": database(HOME)}
AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "tocsin.web.urls"
CSRF_FAILURE_VIEW = "tocsin.web.public.errors.unsure"
WSGI_APPLICATION = "tocsin.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "ninja",
    "tocsin.accounts",
    "tocsin.records",
    "tocsin.web",
]
LISTEN = os.environ.get("TOCSIN_LISTEN", "")
#: Days from one signed digest to the next; None where no rhythm is stated.
ISSUE_DAYS = int(_days) if (_days := os.environ.get("TOCSIN_ISSUE_DAYS", "").strip()).isdecimal() and 0 < int(_days) <= 366 else None
HTTPS = os.environ.get("TOCSIN_HTTPS") == "1"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tocsin.web.desk.guard.DeskGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/login"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
NINJA_NUM_PROXIES = 0
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tocsin.web.static_files.VersionedFiles"},
}
WHITENOISE_USE_FINDERS = True
#: The address of a file names its version, so a browser may keep it for a year.
WHITENOISE_MAX_AGE = 365 * 24 * 3600
WHITENOISE_MIMETYPES = {".mjs": "text/javascript"}

# Only what went wrong and where. No access log: who reads which page is nobody's business, and no name or token is ever logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
