"""Whether a screen on a wall may show what its office sees, and the cookie it keeps its token in."""

import hmac
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.keys import keyed_digest_of, prefix_of
from accounts.models import WallToken
from accounts.moments import whole_minute
from plan.refusal import PlanRefusal

COOKIE: Final = "wall"
COOKIE_PATH: Final = "/wall/"
USE_NOTED_EVERY: Final = timedelta(minutes=1)


def token_good_now(text: str, *, at: datetime) -> WallToken:
    """Return the token that is good now, and note its use, at most once a minute; a refusal (403) for any other."""
    token = token_of(text)
    if token is None:
        raise _refusal(_("大屏令牌无效。"), "wall_unknown")
    if token.revoked_at is not None:
        raise _refusal(_("大屏令牌已被撤销。"), "wall_revoked")
    if token.expires_at <= at:
        raise _refusal(_("大屏令牌已于 %s 到期。") % whole_minute(token.expires_at), "wall_expired")
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - USE_NOTED_EVERY)
    WallToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=at)
    return token


def token_of(text: str) -> WallToken | None:
    """Return the token of this text, good or not, None for a text that is none."""
    typed = "".join(text.split()).lower()
    rows = WallToken.objects.select_related("organisation__jurisdiction__host")
    token = rows.filter(prefix=prefix_of(typed)).first()
    known = hmac.compare_digest(token.digest if token else "", keyed_digest_of(typed))
    return token if known else None


def _refusal(message: str, code: str) -> PlanRefusal:
    return PlanRefusal(
        message, clause="", code=code, status=403, next_step=_("请由市食药安办的管理员发放新的大屏令牌。")
    )
