"""How a hospital's system proves who it is: `Authorization: Bearer KEY` or `Api-Key KEY`."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts.actors import Actor
from accounts.keys import digest_of, prefix_of
from accounts.models import HospitalKey, Scope
from accounts.networks import client_address, is_within
from audit.clock import database_now

SCHEMES = (b"bearer", b"api-key")
USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeyPrincipal:
    """The `request.user` of an API call: a hospital's system, not a person."""

    actor: Actor
    is_authenticated: bool = True

    @property
    def pk(self) -> str:
        """What throttles count by."""
        return self.actor.ref


class HospitalKeyAuthentication(BaseAuthentication):
    """Sets `request.user` to a KeyPrincipal and `request.auth` to the HospitalKey."""

    def authenticate(self, request: Request) -> tuple[Any, HospitalKey] | None:
        """Return the principal and its key, None without a key; raise 401 for a key that is not good now."""
        scheme, _space, credentials = get_authorization_header(request).partition(b" ")
        if scheme.lower() not in SCHEMES:
            return None
        address = client_address(request._request)
        key = find_key(credentials.strip().decode("ascii", "replace"), address)
        return KeyPrincipal(Actor.with_key(key)), key

    def authenticate_header(self, request: Request) -> str:
        """Make the missing key a 401 and not a 403."""
        return 'Bearer realm="cluster-reports"'


def find_key(text: str, address: str) -> HospitalKey:
    """Return the key that is good now and at this address, and note its use, at most once a minute and outside any transaction."""
    at = database_now()
    key = (
        HospitalKey.objects.select_related("organisation__jurisdiction__host")
        .filter(prefix=prefix_of(text))
        .first()
    )
    if not hmac.compare_digest(key.digest if key else digest_of(""), digest_of(text)) or key is None:
        raise AuthenticationFailed(_("接口密钥无效。"), code="key_invalid")
    if key.revoked_at is not None:
        raise AuthenticationFailed(_("接口密钥已被撤销。"), code="key_revoked")
    if key.expires_at <= at:
        raise AuthenticationFailed(_("接口密钥已过期。"), code="key_expired")
    if key.networks and not is_within(address, key.networks):
        raise PermissionDenied(_("此接口密钥不能从这个网络地址使用。"), code="key_wrong_network")
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - USE_NOTED_EVERY)
    HospitalKey.objects.filter(unnoted, pk=key.pk).update(last_used_at=at)
    return key


def check_scope(key: HospitalKey, scope: Scope) -> None:
    """Raise 403 unless the key was issued for this use."""
    if scope not in key.scopes:
        raise PermissionDenied(_("此接口密钥没有所需的权限范围。"), code="key_lacks_scope")


class HospitalKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes the key in the API's schema."""

    target_class = "accounts.authentication.HospitalKeyAuthentication"
    name = "hospitalKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the OpenAPI security scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": _("医疗机构接口密钥，只在发放时显示一次。"),
        }
