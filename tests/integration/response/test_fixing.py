"""A level is fixed on an assessment of this incident as it is known now, or somebody says why not (6.1, A14)."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from audit.clock import database_now
from audit.verify import verify
from incidents.actions.facts import record_facts
from incidents.models import Incident
from plan.levels import IncidentLevel
from response.actions.assessments import write_assessment
from response.actions.confirming import confirm_on_assessment
from response.models import AssessmentReport, LevelBasis
from response.replay.catalogue import find_action
from tests.support.pages import opened, url
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, incident, minutes, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(106)]
ROOT = Path(__file__).resolve().parents[3]
OFFICE, COUNTY = "city-fso", f"{YINZHOU}-fso"


def assessment(found: Incident, level: IncidentLevel, by: str = OFFICE) -> AssessmentReport:
    return write_assessment(
        incident=found,
        harm="无重症",
        extent="一家饭店",
        trend="平稳",
        present_level=level,
        by=actor(by),
        at=NOON,
    )


def test_a_level_names_its_assessment_which_is_of_this_incident_and_of_these_facts() -> None:
    found, by = incident(120), actor(OFFICE)
    said: dict[str, Any] = {"incident": found, "level": IncidentLevel.III, "by": by, "at": NOON + minutes(9)}
    other = assessment(incident(45, place_text="另一家"), IncidentLevel.IV)
    with refused("fixed_without_assessment", 422, "6.1"):
        confirm_on_assessment(**said)
    with refused("assessment_of_another_incident", 422, "6.1"):
        confirm_on_assessment(**said, report=other, reason="相似")
    report = assessment(found, IncidentLevel.III)
    confirm_on_assessment(**said, report=report)
    assert LevelBasis.objects.get().report == report
    at = NOON + minutes(1)
    record_facts(incident=found, entries=[people(130, at=at)], by=by, at=at)
    with refused("assessment_older_than_facts", 409, "6.1"):
        confirm_on_assessment(**said, report=report)
    confirm_on_assessment(**said, report=report, reason="增加10例，不影响级别")
    assert LevelBasis.objects.latest("pk").reason == "增加10例，不影响级别"
    assert list(verify().breaks) == []


def test_no_action_fixes_a_level_without_its_basis() -> None:
    for name in ("confirm_level", "fix_level"):
        with pytest.raises(LookupError):
            find_action(name)
    lower = "from incidents.fixing import fix_level"
    product = [
        path
        for app in ("accounts", "incidents", "reporting", "response")
        for path in ROOT.glob(f"{app}/**/*.py")
    ]
    using = {
        path.relative_to(ROOT).as_posix() for path in product if lower in path.read_text(encoding="utf-8")
    }
    # The rehearsal is undone before it is shown.
    assert using == {"response/actions/confirming.py", "response/rehearsal.py"}


@pytest.mark.clause(119)
def test_four_is_fixed_by_the_countys_office_on_its_own_assessment() -> None:
    found = incident(45)
    report = assessment(found, IncidentLevel.IV, COUNTY)
    by = actor(COUNTY)
    confirmed = confirm_on_assessment(incident=found, level=IncidentLevel.IV, report=report, by=by, at=NOON)
    assert confirmed.confirmed_level == IncidentLevel.IV
    with refused("level_fixed_by_city", 403, "6.1"):
        confirm_on_assessment(incident=found, level=IncidentLevel.III, report=report, by=by, at=NOON)


def test_the_page_offers_the_assessment_and_shows_what_each_figure_counted(client: Client) -> None:
    found = opened(120)
    login(client, OFFICE)
    assert client.post(url(found, "confirm"), {"level": "III"}).status_code == 422
    parts = {"harm": "轻", "extent": "一家", "trend": "平稳", "present_level": "III"}
    client.post(url(found, "response", "assess"), parts)
    report = AssessmentReport.objects.get()
    said = {"level": "III", "report": str(report.pk)}
    assert client.post(url(found, "confirm"), said).status_code == 302
    shown = client.get(url(found)).text
    assert "的评估" in shown[shown.index('id="case-level"') :]
    page = client.get(url(found, "response")).text
    assert "据此核定" in page
    figures = page[page.index('data-key="basis"') :]
    assert '发病人数 <strong class="num">120</strong>' in figures
    assert "又有变化" not in page
    record_facts(
        incident=found, entries=[people(131, at=database_now())], by=actor(OFFICE), at=database_now()
    )
    assert "又有变化" in client.get(url(found, "response")).text
