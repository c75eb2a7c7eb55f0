"""Every door of the product, from the matrix of each of its parts."""

from tests.repository import access
from tests.repository.access_aftermath import AFTERMATH_DOORS
from tests.repository.access_board import BOARD_DOORS
from tests.repository.access_documents import DOCUMENT_DOORS
from tests.repository.access_drills import DRILL_DOORS
from tests.repository.access_duties import DUTY_DOORS
from tests.repository.access_editions import EDITION_DOORS
from tests.repository.access_events import EVENT_DOORS
from tests.repository.access_exchange import EXCHANGE_DOORS
from tests.repository.access_measures import MEASURE_DOORS
from tests.repository.access_messages import MESSAGE_DOORS
from tests.repository.access_monitoring import MONITORING_DOORS
from tests.repository.access_outbreak import OUTBREAK_DOORS
from tests.repository.access_public import PUBLIC_DOORS
from tests.repository.access_readiness import READINESS_DOORS
from tests.repository.access_response import RESPONSE_DOORS
from tests.repository.access_review import REVIEW_DOORS
from tests.repository.access_timeliness import TIMELINESS_DOORS
from tests.repository.access_wall import WALL_DOORS

DOORS = (
    *access.DOORS,
    *BOARD_DOORS,
    *DOCUMENT_DOORS,
    *DUTY_DOORS,
    *EVENT_DOORS,
    *MEASURE_DOORS,
    *MESSAGE_DOORS,
    *OUTBREAK_DOORS,
    *PUBLIC_DOORS,
    *RESPONSE_DOORS,
    *TIMELINESS_DOORS,
    *EXCHANGE_DOORS,
    *WALL_DOORS,
    *MONITORING_DOORS,
    *READINESS_DOORS,
    *AFTERMATH_DOORS,
    *DRILL_DOORS,
    *EDITION_DOORS,
    *REVIEW_DOORS,
)
