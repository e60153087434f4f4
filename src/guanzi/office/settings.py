"""Settings of the office, from the environment; without any, a folder with SQLite.

======================  ============================================================================
``GUANZI_OFFICE_DATA``  Folder of database, key of the log and uploads; ``guanzi-office``.
``DATABASE_URL``        ``postgresql://…``: PostgreSQL in place of SQLite.
``GUANZI_HOSTS``        Names under which the office is reached, with commas, beside those of the machine itself.
``GUANZI_SECRET``       Key of sessions, 32 characters or more; without it the file ``secret`` of the folder.
``GUANZI_HTTPS``        ``1`` behind a server that speaks HTTPS.
``GUANZI_PROXY``        ``1`` behind a server that does not, but tells who asks (``X-Forwarded-For``).
``GUANZI_QUOTA_GB``     Gigabytes that each organisation may keep; also ``_CASES`` and ``_VERSIONS``.
``GUANZI_2FA``          ``0``: a password alone is enough; ``1``: never; without it, only behind HTTPS it is not.
``GUANZI_LOGIN``        What says whose password it is: ``password``, and what extensions bring; with commas.
``GUANZI_NOTIFY``       Kinds of channels of extensions by which people may choose to be told what waits.
``GUANZI_MAIL``         Server by which notices are mailed; ``GUANZI_NOTICE_PRIVATE`` ``1``: into the house as well.
``GUANZI_ADDRESS``      Under which people enter the office, as notices tell it; else by the first of its names.
======================  ============================================================================
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from guanzi.office.auditlog.secretfile import is_weak
from guanzi.office.bodies import FILE
from guanzi.office.databases import database_from
from guanzi.office.doors import LOGINS, chosen
from guanzi.office.quotas import quota_from

DATA = Path(os.environ.get("GUANZI_OFFICE_DATA", "guanzi-office")).absolute()
_HERE = Path(__file__).parent
_HTTPS = os.environ.get("GUANZI_HTTPS") == "1"
BEHIND_PROXY = _HTTPS or os.environ.get("GUANZI_PROXY") == "1"
_HOST_ONLY = "__Host-" if _HTTPS else ""  # browsers then take it by HTTPS from this host alone


def _secret() -> str:
    if given := os.environ.get("GUANZI_SECRET"):
        if is_weak(given):
            raise ImproperlyConfigured("GUANZI_SECRET is weak")
        return given
    kept = DATA / "secret"
    return kept.read_text("utf-8").strip() if kept.is_file() else secrets.token_urlsafe(50)


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = [*filter(None, os.environ.get("GUANZI_HOSTS", "").split(",")), "localhost", "127.0.0.1", "[::1]"]
ADDRESS = (os.environ.get("GUANZI_ADDRESS") or f"http{'s' * _HTTPS}://{ALLOWED_HOSTS[0]}").rstrip("/")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks_db",
    "guanzi.office",
]
MIDDLEWARE = [
    "guanzi.office.pages.readable.readable",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guanzi.office.pages.guarding.guard",
    "guanzi.office.pages.middleware.speak",
]
ROOT_URLCONF = "guanzi.office.urls"
NINJA_NUM_PROXIES = 1 if BEHIND_PROXY else 0
WSGI_APPLICATION = "guanzi.office.wsgi.application"
TEMPLATES: list[dict[str, object]] = []
QUOTA = quota_from(os.environ)
DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", ""), DATA / "office.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "office.Person"
AUTHENTICATION_BACKENDS = [one.path for one in chosen(LOGINS, "GUANZI_LOGIN", os.environ, "password")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "guanzi.office.people.passwords.ContextWords"},
    {"NAME": "guanzi.office.people.passwords.ListedPasswords"},
]
LOGIN_URL = "/enter/"
LOGIN_REDIRECT_URL = "/"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh", "中文")]
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("GUANZI_TIME_ZONE", "Asia/Shanghai")
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # requests a minute of a person or token; wrong secrets lie in the database
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_NAME = f"{_HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}csrftoken"
LANGUAGE_COOKIE = f"{_HOST_ONLY}guanzi-language"
BROWSER_COOKIE = f"{_HOST_ONLY}guanzi-browser"
WAY_COOKIE = f"{_HOST_ONLY}guanzi-way"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # tries are counted in `people/ratelimit.py`
SECOND_FACTOR = os.environ.get("GUANZI_2FA", "1" if _HTTPS else "0") == "1"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE  # what an address takes is held by pages/receiving.py
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "guanzi.office.serving.logging.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "apprise": {"level": "CRITICAL"},  # what it tells may hold the key of a channel
        "django": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
        "guanzi.office": {"level": "INFO"},
    },
}
CSRF_FAILURE_VIEW = "guanzi.office.pages.errors.stale"
