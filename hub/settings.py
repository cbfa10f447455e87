"""Settings of the hub: one module, every variable from the environment (README lists them)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab

from hub.core.logs import configure_logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- where things live -------------------------------------------------------------------------------------------
DATA_DIR = Path(env.str("ARBORETUM_DATA", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRETS_DIR = DATA_DIR / "secrets"


def _secret(name: str) -> str:
    """A secret from the environment, else from a file under the data folder that is made on first use."""
    given: str = env.str(f"ARBORETUM_{name.upper()}", default="")
    if given:
        return given
    SECRETS_DIR.mkdir(mode=0o700, exist_ok=True)
    path = SECRETS_DIR / name
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


# --- the instance ------------------------------------------------------------------------------------------------
HUB_VERSION = "0.1.0"
HUB_NAME = env.str("ARBORETUM_NAME", default="Arboretum")
HUB_OPERATOR = env.str("ARBORETUM_OPERATOR", default="")
SECURITY_CONTACTS = [  # of security.txt: addresses of e-mail, or of pages
    contact if ":" in contact else f"mailto:{contact}"
    for contact in env.list("ARBORETUM_SECURITY_CONTACT", default=[])
]
HUB_SOURCE_URL = env.str("ARBORETUM_SOURCE_URL", default="")  # where visitors find the source code
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("ARBORETUM_PUBLIC_URL", default=f"http://localhost:{PORT}").rstrip("/")
PUBLIC_HOST = environ.urlparse(PUBLIC_URL).hostname or ""
BIND = env.str("ARBORETUM_BIND", default="") or "127.0.0.1"
BEHIND_HTTPS = PUBLIC_URL.startswith("https://")
DEMO = env.bool("ARBORETUM_DEMO", default=True)  # what the first start of an empty hub makes

DEBUG = env.bool("ARBORETUM_DEBUG", default=False)
SECRET_KEY = _secret("secret_key")
AUDIT_KEY_PATH = Path(
    env.str("ARBORETUM_AUDIT_KEY", default=str(SECRETS_DIR / "audit_ed25519.pem"))
)
ALLOWED_HOSTS = env.list(
    "ARBORETUM_ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]", environ.urlparse(PUBLIC_URL).hostname],
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
INTERNAL_IPS = ["127.0.0.1"]
TRUSTED_PROXIES = env.int(
    "ARBORETUM_TRUSTED_PROXIES", default=0
)  # how many stand before the hub and set X-Forwarded-For
PATHS_WITH_OTHER_CREDENTIALS = ("/xet/", "/oauth/")  # they check Authorization headers of their own

# --- policy of the instance ----------------------------------------------------------------------------------------
DEFAULT_ORGANIZATION_PRESET = env.str("ARBORETUM_DEFAULT_PRESET", default="light")
PERSONAL_PRESET = env.str("ARBORETUM_PERSONAL_PRESET", default="open")
SIGN_UP_OPEN = env.bool("ARBORETUM_SIGN_UP_OPEN", default=True)
MAX_FILE_BYTES = env.int("ARBORETUM_MAX_FILE_BYTES", default=200 * 10**9)
MAX_FORM_BYTES = env.int("ARBORETUM_MAX_FORM_BYTES", default=20 * 10**9)
INLINE_BYTES = 1 * 2**20  # larger files stand in git trees as LFS pointers
UPLOAD_EXPIRY = timedelta(days=env.int("ARBORETUM_UPLOAD_EXPIRY_DAYS", default=7))
REPO_GRACE = timedelta(days=env.int("ARBORETUM_REPO_GRACE_DAYS", default=30))
WEBHOOK_NETWORKS = env.list("ARBORETUM_WEBHOOK_NETWORKS", default=[])  # private ones, as CIDR
WEBHOOK_PORTS = [int(port) for port in env.list("ARBORETUM_WEBHOOK_PORTS", default=["80", "443"])]
BLOB_GRACE = timedelta(days=env.int("ARBORETUM_BLOB_GRACE_DAYS", default=7))

# --- apps ------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "hub.apps.HubConfig",
    "accounts.apps.AccountsConfig",
    "models_catalog.apps.ModelsCatalogConfig",
    "governance.apps.GovernanceConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "guardian",
    "allauth",
    "allauth.account",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
]
MIDDLEWARE = [
    "hub.web.middleware.request_id",
    "hub.web.headers.headers",
    "hub.api.limits.rate_limits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.web.compression.CompressPages",
    "csp.middleware.CSPMiddleware",
    "hub.web.bodies.bodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.web.middleware.actor",
    "hub.web.limits.page_limits",
    "hub.web.middleware.refusals",
]
ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
APPEND_SLASH = False
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
                "hub.ui.context.appearance",
                "governance.web.masthead.notifications",
            ],
            "libraries": {"ui": "hub.ui.templatetags.ui", "demo": "hub.demo.sign_in"},
            "builtins": ["hub.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "hub.core.cache.RedisOrMemory", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # about 10 MB of counters
    }
}
RATE_LIMITS = env.dict("ARBORETUM_RATE_LIMITS", default={})  # hub/core/rate_limits.py has the table

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DATA_DIR / "store"),
            "base_url": None,
            "file_permissions_mode": 0o640,
        },
    },
    "staticfiles": {"BACKEND": "hub.ui.static_storage.HubStaticFilesStorage"},
}
STAGING_DIR = (
    DATA_DIR / "store" / "staging"
)  # unfinished uploads; on the same disk as the store when that is local
X_ACCEL_PREFIX = env.str(
    "ARBORETUM_X_ACCEL_PREFIX", default=""
)  # nginx sends the bytes from this internal location
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
FILE_UPLOAD_HANDLERS = ["hub.web.forms_without_files.RefuseFiles"]  # the upload page has its own
FILE_UPLOAD_TEMP_DIR = str(DATA_DIR / "tmp")
Path(FILE_UPLOAD_TEMP_DIR).mkdir(exist_ok=True)

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.web.session_backend.SessionBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = ["accounts.users.hashers.FrugalArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = (
    "mandatory" if env.bool("ARBORETUM_VERIFY_EMAIL", default=False) else "none"
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "change_password": "accounts.web.allauth_forms.NewPasswordForm",
    "login": "accounts.web.allauth_forms.SignInForm",
    "signup": "accounts.web.allauth_forms.SignUpForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "accounts.web.allauth_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_PREVENT_ENUMERATION = True
SITE_ID = None
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR}/mail")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    Path(EMAIL_CONFIG["EMAIL_FILE_PATH"]).mkdir(
        mode=0o700, exist_ok=True
    )  # they hold links that open accounts
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("ARBORETUM_FROM_EMAIL", default=f"{HUB_NAME} <hub@localhost>")

# --- the browser -----------------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
        "upgrade-insecure-requests": BEHIND_HTTPS,
        "report-uri": "/report/csp",  # report-to would come a minute later, and not from every browser
    }
}
SECURE_HSTS_SECONDS = env.int("ARBORETUM_HSTS_SECONDS", default=31_536_000) if BEHIND_HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains, and
    "security.W021",  # in the browsers' lists: not ours to decide for the whole domain
    "security.W008",  # from http to https redirects who ends TLS
]
CSRF_FAILURE_VIEW = "hub.web.errors.csrf_failure"

# --- language and time -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"  # what the sources are written in; the only one that is shipped
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGES = [
    (LANGUAGE_CODE, "English"),
    *(
        (path.parts[-3].lower().replace("_", "-"), path.parts[-3])
        for path in BASE_DIR.glob("locale/*/LC_MESSAGES/django.mo")
    ),
]  # offered when somebody has compiled a catalogue
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = True, "Lax"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- background work -------------------------------------------------------------------------------------------------
QUEUE_DIR = DATA_DIR / "queue"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL or "filesystem://localhost/")
if CELERY_BROKER_URL.startswith("filesystem:"):
    QUEUE_DIR.mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.05,
    }
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "jobs.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "seal-audit": {"task": "audit.seal", "schedule": 5.0, "options": {"expires": 5}},
    "expire-uploads": {"task": "storage.expire_uploads", "schedule": 3600.0},
    "end-grants": {"task": "grants.end_expired", "schedule": 900.0, "options": {"expires": 900}},
    "count-downloads": {"task": "downloads.count_month", "schedule": 900.0},
    "missing-cards": {"task": "cards.request_missing", "schedule": 3600.0},
    "forget-answers": {"task": "hub.sweep_answers", "schedule": 3600.0},
    "tell": {"task": "outbox.tell", "schedule": 5.0, "options": {"expires": 5}},
    "digests": {"task": "outbox.request_digests", "schedule": crontab(hour=6, minute=0)},
    "forget-deliveries": {"task": "webhooks.forget", "schedule": 3600.0},
    "forget-notifications": {"task": "outbox.forget", "schedule": 3600.0},
    "remind": {"task": "reviews.remind", "schedule": 900.0, "options": {"expires": 900}},
    "queues": {"task": "reviews.look_again", "schedule": 300.0, "options": {"expires": 300}},
    "rescan": {"task": "scanning.queue_missing", "schedule": 60.0, "options": {"expires": 60}},
}

# --- interfaces for programs -------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["hub.api.access.HubAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["hub.api.access.Admitted"],
    "DEFAULT_PARSER_CLASSES": ["hub.api.bodies.StrictJSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "hub.api.schema.Described",
    "EXCEPTION_HANDLER": "hub.api.handling.answer_problem",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": f"{HUB_NAME} API",
    "DESCRIPTION": (
        "Everything the pages of this hub can do, as JSON. Names, ids and accession numbers are those of the pages, and "
        "so are rights and refusals: what you may not know of is 404, the same as what does not exist."
    ),
    "VERSION": "1",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "SERVERS": [{"url": PUBLIC_URL}],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": False,
    "AUTHENTICATION_WHITELIST": [],
    "POSTPROCESSING_HOOKS": ["hub.api.schema.finish"],
}

# --- logs ------------------------------------------------------------------------------------------------------------
LOGGING = configure_logs(
    as_json=env.bool("ARBORETUM_LOG_JSON", default=False),
    level=env.str("ARBORETUM_LOG_LEVEL", default="INFO"),
)
