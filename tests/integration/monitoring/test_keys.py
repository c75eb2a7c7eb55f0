"""A key reports cases or what is watched, by whose it is (5.1(3), 8.2(a))."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.actions.keys import issue_key
from accounts.actors import SYSTEM
from accounts.models import HospitalKey, Scope
from audit.clock import database_now
from plan.refusal import PlanRefusal
from tests.support.people import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.clause(174)]

REGULATOR = "330212-regulator"


@pytest.mark.parametrize(
    ("arguments", "scopes"),
    [
        (("hosp-first",), ["cluster:write", "cluster:read"]),
        ((REGULATOR, "--scope", "observation:write"), ["observation:write"]),
    ],
)
def test_the_command_gives_a_hospital_all_its_uses_and_a_department_its_own(
    arguments: tuple[str, ...], scopes: list[str]
) -> None:
    call_command("issue_key", *arguments, stdout=StringIO())
    assert HospitalKey.objects.get(organisation__code=arguments[0]).scopes == scopes


def test_a_key_is_for_one_use_alone() -> None:
    for office, scope in (("hosp-first", Scope.OBSERVE), (REGULATOR, Scope.REPORT)):
        at = database_now()
        with pytest.raises(PlanRefusal) as refusal:
            issue_key(
                organisation=organisation(office),
                label="x",
                expires_at=at + timedelta(days=1),
                scopes=[scope],
                by=SYSTEM,
                at=at,
            )
        assert refusal.value.code == "scope_of_others"
