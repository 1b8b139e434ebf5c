"""One file of settings; whatever differs between machines comes from `env`."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from policyguide import env, providers

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("POLICYGUIDE_DATA_DIR", str(BASE_DIR / "var")))

# ── What kind of run this is ────────────────────────────────────────────────────────
DEBUG = env.flag("POLICYGUIDE_DEBUG")
SECRET_KEY = env.text("POLICYGUIDE_SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "POLICYGUIDE_SECRET_KEY is empty; set it, or POLICYGUIDE_SECRET_KEY_FILE, to a "
        "long random text that only this installation knows."
    )
ALLOWED_HOSTS = env.words("POLICYGUIDE_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = env.text("POLICYGUIDE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# ── What it consists of ─────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "policyguide.web",
    "policyguide.notices",
    "policyguide.memos",
    "policyguide.firms",
    "policyguide.policy",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_countries",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "policyguide.web.middleware.RecordMiddleware",
    # Before all that may answer, so that whoever does has the policy too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "policyguide.web.middleware.ClosedByDefaultMiddleware",
    "policyguide.web.middleware.SecondFactorMiddleware",
    "policyguide.web.middleware.NothingInForceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "policyguide.urls"
WSGI_APPLICATION = "policyguide.wsgi.application"
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
            ],
        },
    }
]

# ── Where it keeps things ───────────────────────────────────────────────────────────
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A transaction that reads first and writes later fails under load unless it takes
    # the write lock at once. WAL is left out: SQLite before 3.51.3 can corrupt it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": (
            "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"
        ),
    }
# A pasted page may be as long as a saved one: see policy/saved_pages.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What enqueues its tasks when an edition is published or withdrawn: see
# policy/followers.py.
EDITION_FOLLOWERS = [
    "policyguide.memos.rulings.follow",
    "policyguide.notices.tell.follow",
]
# What puts down whom to tell when a memo is ruled on, in the same transaction.
RULING_FOLLOWERS = ["policyguide.notices.recalls.follow"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What processes share, in the database so that it holds across them and restarts: what
# allauth counts for its limits, the worker's sign of life, how far an impact is seen.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    }
}
WHITENOISE_USE_FINDERS = DEBUG

# ── Who may come in ─────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "firms.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "policyguide.web.accounts.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# Beside allauth's own. All are by the minute, as `429.html` tells people.
ACCOUNT_RATE_LIMITS = {"memo_status": "60/m/ip"}
# An address that a header claims counts only if it is the one our own proxy sets.
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env.text("POLICYGUIDE_CLIENT_IP_HEADER") or None
# Who publishes, recalls, manages people or changes factors proves again who they are,
# unless they did in the last ten minutes.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Firms whose people sign in at a provider of their own: see web/providers.py.
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers.configured()}}
SOCIALACCOUNT_ADAPTER = "policyguide.web.providers.FirmsProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A form may not lead to another host under our policy; the provider's answer is tied to
# the session by its state.
SOCIALACCOUNT_LOGIN_ON_GET = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# People are invited by somebody who knows their address; they do not prove it again.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "policyguide"

# ── What browsers are told ──────────────────────────────────────────────────────────
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_SSL_REDIRECT = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "policyguide.web.views.errors.csrf_failure"

# ── How it speaks ───────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = env.text("POLICYGUIDE_TIME_ZONE", "UTC")
FORMAT_MODULE_PATH = "policyguide.web.formats"
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": env.text(
            "POLICYGUIDE_MAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
        ),
    }
}
if mail_host := env.text("POLICYGUIDE_MAIL_HOST"):
    mail_port = env.number("POLICYGUIDE_MAIL_PORT", 587)
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": mail_host,
            "port": mail_port,
            "username": env.text("POLICYGUIDE_MAIL_USER"),
            "password": env.text("POLICYGUIDE_MAIL_PASSWORD"),
            "use_tls": mail_port == 587,
            "use_ssl": mail_port == 465,
            "timeout": 30,
        },
    }
DEFAULT_FROM_EMAIL = env.text("POLICYGUIDE_MAIL_FROM", "policyguide@localhost")
# ── What it tells whoever runs it ───────────────────────────────────────────────────
METRICS_TOKEN = env.text("POLICYGUIDE_METRICS_TOKEN")
LOG_AS = env.choice("POLICYGUIDE_LOG", ("text", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"by_route": {"()": "policyguide.web.logs.ByRoute"}},
    "formatters": {
        "text": {
            "()": "policyguide.web.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "policyguide.web.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["by_route"],
            "formatter": LOG_AS,
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Its handler for development would say everything twice.
        "django": {"handlers": []},
        "pikepdf": {"level": "WARNING"},
        # A line for every request is for machines.
        "policyguide.requests": {"level": "INFO" if LOG_AS == "json" else "WARNING"},
    },
}
