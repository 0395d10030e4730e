"""Settings; what differs between places comes from the environment (.env.example lists it)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from mumpuni.config import logs
from mumpuni.config.environment import env_bool, env_int, env_list, env_str

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env_str("MUMPUNI_VAR", str(ROOT / "var")))
DATA = ROOT / "data"

DEBUG = env_bool("MUMPUNI_DEBUG", default=False)
SECRET_KEY = env_str("MUMPUNI_SECRET_KEY")
FIELD_KEY = env_str("MUMPUNI_FIELD_KEY")
ALLOWED_HOSTS = env_list("MUMPUNI_HOSTS", "127.0.0.1,localhost")
PUBLIC_URL = env_str("MUMPUNI_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
SIMULATED = env_bool("MUMPUNI_SIMULATED", default=False)
HTTPS = env_bool("MUMPUNI_HTTPS", default=False)
METRICS_TOKEN = env_str("MUMPUNI_METRICS_TOKEN", "")
# private keys, encrypted with FIELD_KEY
KEYS_DIR = Path(env_str("MUMPUNI_KEYS", str(VAR / "keys")))
# a hardware security module for keys of signatures, where there is one: its library, token and PIN
PKCS11_MODULE = env_str("MUMPUNI_PKCS11_MODULE", "")
PKCS11_TOKEN = env_str("MUMPUNI_PKCS11_TOKEN", "")
PKCS11_PIN = env_str("MUMPUNI_PKCS11_PIN", "")
# how long a process may keep to itself how many look-ups it answered; one that ends loses those
LOOKUPS_COUNTED_SECONDS = env_int("MUMPUNI_LOOKUPS_COUNTED_SECONDS", 5)
# who stamps the time on seals of PDF files (RFC 3161); empty: nobody
TSA_URL = env_str("MUMPUNI_TSA_URL", "")
# the name of the public log: its address without the scheme
LOG_ORIGIN = PUBLIC_URL.partition("://")[2].rstrip("/") + "/log"
LOG_WITNESSES = env_list("MUMPUNI_WITNESSES")

INSTALLED_APPS = [
    "mumpuni.kernel",
    "mumpuni.reference",
    "mumpuni.access",
    "mumpuni.web",
    "mumpuni.api",
    "mumpuni.credentials",
    "mumpuni.transparency",
    "mumpuni.casework",
    "mumpuni.visits",
    "mumpuni.plenary",
    "mumpuni.schemes",
    "mumpuni.licensing",
    "mumpuni.assessors",
    "mumpuni.assessment",
    "mumpuni.certificates",
    "mumpuni.surveillance",
    "mumpuni.oversight",
    "mumpuni.simulation",
    "mumpuni.portal",
    "mumpuni.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "mumpuni.web.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # tokens in pages are masked anew each time
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mumpuni.web.middleware.PersonMiddleware",
]

ROOT_URLCONF = "mumpuni.config.urls"
WSGI_APPLICATION = "mumpuni.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "mumpuni.web.context.layout",
            ],
            "builtins": ["mumpuni.web.templatetags.components"],
        },
    }
]

_database = urlsplit(env_str("DATABASE_URL"))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_database.path.removeprefix("/")),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname or "",
        "PORT": str(_database.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # after so many times; only for what `kernel.prepared` asks
        "OPTIONS": {"prepare_threshold": 2},
        "TEST": {"NAME": env_str("MUMPUNI_TEST_DATABASE", "test_mumpuni")},
    }
}

FORM_RENDERER = "mumpuni.web.forms.FormRenderer"
NAVIGATION = "mumpuni.config.navigation.NAVIGATION"
FOOTER = "mumpuni.config.navigation.FOOTER"
API = "mumpuni.config.api.api"

# shared by all processes: attempts to sign in, codes that were used; for each: figures, charts
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "portal:desk"
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# a code instead of a link: who opens an account with another's address has nothing they could click
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
# which entry of X-Forwarded-For is the client's address, by which attempts are counted
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("MUMPUNI_PROXIES", 0)
ACCOUNT_ADAPTER = "mumpuni.access.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Mumpuni"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["mumpuni.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env_str("MUMPUNI_STATIC_ROOT", str(VAR / "static")))
# (name in the browser, place on disk): the packages from npm, served from our own origin
STATICFILES_DIRS = [
    ("vendor/pico", ROOT / "node_modules/@picocss/pico/css"),
    ("vendor/htmx", ROOT / "node_modules/htmx.org/dist"),
    ("vendor/plus-jakarta-sans", ROOT / "node_modules/@fontsource/plus-jakarta-sans"),
]
PACKAGED_FILES = {
    "vendor/pico/pico.classless.min.css",
    "vendor/htmx/htmx.min.js",
    "vendor/plus-jakarta-sans/files/plus-jakarta-sans-latin-400-normal.woff2",
    "vendor/plus-jakarta-sans/files/plus-jakarta-sans-latin-600-normal.woff2",
}
STATICFILES_FINDERS = [
    "mumpuni.web.storage.PackagedFiles",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = VAR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mumpuni.web.storage.AssetStorage"},
}
# what the worker fills every minute, for verifiers everywhere to read: a folder, a store, or both
if tree := env_str("MUMPUNI_TREE", ""):
    STORAGES["tree"] = {
        "BACKEND": "mumpuni.certificates.publication.places.Folder",
        "OPTIONS": {"folder": Path(tree)},
    }
if bucket := env_str("MUMPUNI_S3_BUCKET", ""):
    STORAGES["published"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env_str("MUMPUNI_S3_ENDPOINT", "") or None,
            "region_name": env_str("MUMPUNI_S3_REGION", "") or None,
            "access_key": env_str("MUMPUNI_S3_KEY"),
            "secret_key": env_str("MUMPUNI_S3_SECRET"),
            "object_parameters": {"CacheControl": "public, max-age=300"},
        },
    }
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"

DEFAULT_FROM_EMAIL = env_str("MUMPUNI_MAIL_FROM", "mumpuni@localhost")
if smtp_host := env_str("MUMPUNI_SMTP_HOST", ""):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": smtp_host,
                "port": env_int("MUMPUNI_SMTP_PORT", 587),
                "username": env_str("MUMPUNI_SMTP_USER", ""),
                "password": env_str("MUMPUNI_SMTP_PASSWORD", ""),
                "use_tls": env_bool("MUMPUNI_SMTP_TLS", default=True),
            },
        }
    }
else:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}

LOGGING_CONFIG = None
logs.configure(json=not DEBUG)
