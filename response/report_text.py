"""What a report of 5.1(8) says of what is done: the measures taken and the response's level, until it is signed."""

from incidents.models import Incident
from plan.levels import ResponseLevel
from reporting.documents.wording import moment
from response.models import Response, ResponseState
from response.selectors.measures import standing_measures
from response.selectors.running import responses_of


def said_of_response(incident: Incident) -> dict[str, str]:
    """Return, by field of a report, the measures that stand (6.3) and the responses that run (6.2)."""
    done = [
        f"{moment(each.done_at)}{each.organisation.name}：{each.spec.label_zh}"
        for each in standing_measures(incident)
    ]
    running = [_named(each) for each in responses_of(incident).filter(state=ResponseState.ACTIVE)]
    said = {"measures": done, "level": running}
    return {code: f"{'；'.join(parts)}。" for code, parts in said.items() if parts}


def _named(response: Response) -> str:
    where = response.county.name if response.county else "市级"
    return f"{where}已启动{ResponseLevel(response.level).label_zh}"
