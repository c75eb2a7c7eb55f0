"""The project's only settings; everything that differs between installations comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from config.environment import database, flag, optional, required, whole, words

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = flag("DEBUG")
SECRET_KEY = required("SECRET_KEY")
# Encrypts raw hospital bodies; kept outside the database so that a stolen dump shows no patient.
INTAKE_KEY = required("INTAKE_KEY")
# Keys that were in use before: they open what was sealed under them and seal nothing.
INTAKE_OLD_KEYS = words("INTAKE_OLD_KEYS")
# Set only by the supervisor for the database it keeps itself: demo accounts and demo data are refused elsewhere.
EMBEDDED = flag("EMBEDDED")
BEHIND_PROXY = flag("BEHIND_PROXY")
METRICS_TOKEN = optional("METRICS_TOKEN")  # opens /metrics to its bearer; without it there are none
FONT_DIR = optional("FONT_DIR")  # the office's own licensed fonts for its documents
MAP_FILE = optional("MAP_FILE") or str(BASE_DIR / "static/map/ningbo_counties.geojson")  # or an approved one
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

# From the ground up: each may import those before it, never one after it.
HOUSE_APPS = [
    *("audit", "outbox", "accounts", "incidents", "reporting", "response"),
    *("monitoring", "readiness", "aftermath", "drills", "editions", "review"),
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    *HOUSE_APPS,
    "config.apps.ConfigConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.ActorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.errors.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.drilling.DrillWorldMiddleware",
]

ROOT_URLCONF = "config.urls"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
ASGI_APPLICATION, WSGI_APPLICATION = "config.asgi.application", "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "config.language.engine.Templates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "accounts.context_processors.office",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DATABASES = {"default": database(required("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# What a stopped worker missed is in the database; a backlog of ticks would only delay the next one.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "reporting.tasks.sweep_clocks", "schedule": 1.0, "options": {"expires": 2}},
    "outbox": {"task": "outbox.tasks.send_outbox", "schedule": 1.0, "options": {"expires": 2}},
    "alarms": {"task": "reporting.tasks.go_on_with_alarms", "schedule": 5.0, "options": {"expires": 5}},
    "group reports": {"task": "response.tasks.chase_reports", "schedule": 30.0, "options": {"expires": 60}},
    "data requests": {"task": "response.tasks.chase_answers", "schedule": 30.0, "options": {"expires": 60}},
    "aftermath": {"task": "aftermath.tasks.look_after", "schedule": 60.0, "options": {"expires": 60}},
    "signals": {"task": "reporting.tasks.look_for_signals", "schedule": 30.0, "options": {"expires": 60}},
    "public reports": {"task": "reporting.tasks.tidy_public", "schedule": 60.0, "options": {"expires": 60}},
    "drills": {"task": "drills.tasks.play_drills", "schedule": 1.0, "options": {"expires": 2}},
    "daily root": {"task": "audit.tasks.roll_root", "schedule": 60.0, "options": {"expires": 60}},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}

# The process's own memory: throttles and fragments must keep working when the broker is down.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Calls a hospital's key may make in a minute (a house rule, not the plan's); beyond, 429 with Retry-After.
API_WRITES_PER_MINUTE = whole("API_WRITES_PER_MINUTE", 120)
API_READS_PER_MINUTE = whole("API_READS_PER_MINUTE", 600)

# Channels outside the house. Where a part is not set, its messages wait and are given up with that reason.
SITE_URL = optional("SITE_URL").rstrip("/")
EMAIL_HOST, EMAIL_PORT = optional("EMAIL_HOST"), whole("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = optional("EMAIL_HOST_USER"), optional("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = flag("EMAIL_USE_TLS"), flag("EMAIL_USE_SSL")
DEFAULT_FROM_EMAIL = optional("EMAIL_FROM") or "ningbo@localhost"
SMS_GATEWAY_URL = optional("SMS_GATEWAY_URL")
SMS_GATEWAY_AUTHORIZATION = optional("SMS_GATEWAY_AUTHORIZATION")
SMS_GATEWAY_TYPE = optional("SMS_GATEWAY_TYPE") or "application/json"
SMS_GATEWAY_BODY = optional("SMS_GATEWAY_BODY") or '{"phone": "{phone}", "content": "{text}"}'
# What an answer must hold to mean that the gateway took it; many say so only in the text of a 200.
SMS_GATEWAY_TAKEN = optional("SMS_GATEWAY_TAKEN")
SMS_LONGEST = whole("SMS_LONGEST", 140)
# What the gateway signs its delivery reports with; without it nobody knows whether a text arrived.
SMS_RECEIPT_SECRET, RECEIPTS_PER_MINUTE = optional("SMS_RECEIPT_SECRET"), whole("RECEIPTS_PER_MINUTE", 600)
# Plain http and addresses inside the network are refused unless the installation lets them.
OUTSIDE_ALLOW_HTTP, OUTSIDE_NETWORKS = flag("OUTSIDE_ALLOW_HTTP"), words("OUTSIDE_NETWORKS")
DRILLS_GO_OUTSIDE = flag("DRILLS_GO_OUTSIDE")
# House settings, not the plan's (非预案规定): minutes after an alarm until the stand-in, then the leader is told.
CLIMB_AFTER_MIN = words("CLIMB_AFTER_MIN", "5,10")
ASK_AGAIN_AFTER_MIN, GIVE_UP_AFTER_MIN = whole("ASK_AGAIN_AFTER_MIN", 15), whole("GIVE_UP_AFTER_MIN", 120)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.CharacterClassesValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "accounts:login", "home", "accounts:login"
# Name and address together: an attacker elsewhere can't lock the duty officer out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "accounts.networks.client_address"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_CALLABLE = "accounts.views.login.locked"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
REQUIRE_SECOND_FACTOR = flag("REQUIRE_SECOND_FACTOR")  # who has none sets one up before anything else
OTP_TOTP_ISSUER = "宁波食品安全应急"

SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_COOKIES = flag("SECURE_COOKIES", default=not EMBEDDED)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY, X_FRAME_OPTIONS = "same-origin", "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(("default-src", "base-uri", "frame-ancestors"), (NONE,)),
        **dict.fromkeys(("script-src", "style-src", "font-src", "connect-src", "form-action"), (SELF,)),
        **dict.fromkeys(("manifest-src", "worker-src"), (SELF,)),
        "img-src": [SELF, "data:"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]  # each by its own name, for who cannot read the other
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_AGE = True, "Lax", 365 * 24 * 60 * 60
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

STATIC_URL, STATIC_ROOT = "/static/", BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
PHOTO_FOLDER = optional("PHOTO_FOLDER") or str(BASE_DIR / "var" / "photos")  # handed out by no web server
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # a line list of 2,000 cases is about one megabyte

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.HospitalKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "reporting.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "宁波市食品安全事故信息报告接口",
    "DESCRIPTION": "医疗机构聚集性病例报告（预案5.1(3)）。",
    "VERSION": "1.0.0",
    "SERVE_PUBLIC": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    # Two fields choose from it.
    "ENUM_NAME_OVERRIDES": {
        "FoodPlaceEnum": "incidents.codes.EATEN_AT",
        "TakenEnum": "reporting.api.codes.TAKEN",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "reporting.api.strictness.close_bodies",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
