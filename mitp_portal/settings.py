"""One settings file, fed by the environment (.env.example lists every variable). Without any, the portal runs
embedded: SQLite, a private folder and mail to the console."""

from datetime import timedelta
from pathlib import Path

import environ
import fontpkg_roboto
import fontpkg_roboto_slab
import js_lib_bootstrap_icons
from bootstrap_wrapper import get_bootstrap_css_dir, get_bootstrap_js_dir
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()
env.read_env(BASE_DIR / ".env")

VAR_DIR = env.path("VAR_DIR", default=BASE_DIR / "var")()
HTTPS = env.bool("HTTPS", default=False)
#: Reverse proxies in front of the portal: how many to believe in X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)


def _kept_secret_key() -> str:
    """The key that `make run` generated, or nothing: Django then refuses to start until SECRET_KEY is given."""
    path = Path(VAR_DIR) / "secret_key"
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


# Core -----------------------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
ROOT_URLCONF = "mitp_portal.urls"
WSGI_APPLICATION = "mitp_portal.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "plan",
    "indicators",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "import_export",
]

MIDDLEWARE = [
    "mitp_portal.proxy.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mitp_portal.sessions.SessionLimitsMiddleware",
    "mitp_portal.sessions.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
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
                "mitp_portal.context.portal",
            ],
            "builtins": [
                "django.templatetags.l10n",
                "plan.templatetags.portal",
                "mitp_portal.logbook.tags",
            ],
        },
    }
]
FORM_RENDERER = "mitp_portal.rendering.PortalRenderer"

# Data -----------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN: two writers wait for each other instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"
CACHES = {
    "default": {"BACKEND": DATABASE_CACHE, "LOCATION": "cache"},
    #: Figures that nothing has changed since (indicators.queries.keeping), apart so that they crowd out nothing.
    "figures": {"BACKEND": DATABASE_CACHE, "LOCATION": "figures_cache", "OPTIONS": {"MAX_ENTRIES": 200}},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
IMPORT_EXPORT_USE_TRANSACTIONS = True

#: Evidence and issued reports: outside every static or web root, served by views only.
PRIVATE_MEDIA_ROOT = env.path("PRIVATE_MEDIA_ROOT", default=Path(VAR_DIR) / "private")()
#: A file above this size never stands in memory while it is received.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
#: Fields of a form without its files; the widest breakdown (regions x institutions) has some hundreds.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Language -------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "es-cl"
LANGUAGES = [("es-cl", "Español (Chile)")]
TIME_ZONE = "America/Santiago"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["mitp_portal.formats"]

# People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "plan.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["mitp_portal.hashers.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
#: What follows when somebody's rights end, told by the apps that plan does not know: (person, *, by, address).
WHEN_SOMEBODY_LEAVES = ["indicators.releasing.release_reviews"]
#: What else the demonstration tells, by the apps that indicators does not know: (plan).
WHEN_DEMONSTRATING = ["reports.demo.tell_texts", "reports.demo.emit_editions"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

ACCOUNT_ADAPTER = "mitp_portal.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mitp_portal.forms.LoginForm",
    "reset_password": "mitp_portal.forms.RequestPasswordLinkForm",
    "reset_password_from_key": "mitp_portal.forms.NewPasswordForm",
    "change_password": "mitp_portal.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# A whole ministry works behind one address: the limits per address are wide, and wrong passwords
# are counted by django-axes per person and address.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "120/m/ip",
    "reset_password": "60/m/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
    "invitation": "60/m/ip",
    "verification": "60/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
    "signup": "5/m/ip",
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "mitp_portal.accounts.attempted_email"
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
#: Seconds without activity, and seconds since login, after which a session ends.
SESSION_COOKIE_AGE = 60 * 60
SESSION_ABSOLUTE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Web defences ---------------------------------------------------------------------------------------------------
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "mitp_portal.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # The prefix binds a cookie to this host over TLS; browsers refuse it on plain http.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^salud/$"]
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # Bootstrap draws ticks and arrows of controls as data: images.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Static files: ours, and those that come as packages --------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(VAR_DIR) / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap/css", get_bootstrap_css_dir()),
    ("bootstrap/js", get_bootstrap_js_dir()),
    # The font only: the whole package is thousands of pictures.
    ("bootstrap-icons", Path(js_lib_bootstrap_icons.__file__).parent / "static/bootstrap-icons/font"),
    ("fonts/roboto", fontpkg_roboto.ROOT / "files"),
    ("fonts/roboto-slab", fontpkg_roboto_slab.ROOT / "files"),
]
_STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
_HASHED_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PRIVATE_STORAGE = {"BACKEND": "plan.files.storage.PrivateStorage"}
STORAGES = {
    "default": _PRIVATE_STORAGE,
    "private": _PRIVATE_STORAGE,
    "staticfiles": {"BACKEND": _STATIC_STORAGE if DEBUG else _HASHED_STORAGE},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gz", "br", "woff", "woff2"]

# Mail, messages, log ----------------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20
#: Where people reach the portal: mail that no request has caused leads there too.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {
    message_levels.SUCCESS: "bien",
    message_levels.INFO: "info",
    message_levels.WARNING: "aviso",
    message_levels.ERROR: "error",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handlers would print a second time and mail request data.
        "django": {"handlers": [], "propagate": True},
        # django-axes writes addresses and e-mails of people into its warnings.
        "axes": {"level": "ERROR"},
    },
}
