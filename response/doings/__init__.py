"""Every act that the response page offers, by its place in the address."""

from response.doings.activating import ACTIVATING
from response.doings.answering import ANSWERING
from response.doings.assessing import ASSESSING
from response.doings.commanding import COMMANDING
from response.doings.counties import COUNTIES
from response.doings.ending import ENDING
from response.doings.log import LOG
from response.doings.urging import URGING
from response.doings.work_reports import WORK_REPORTS

DOINGS = {
    doing.slug: doing
    for doing in (
        *ASSESSING,
        *ACTIVATING,
        *COUNTIES,
        *COMMANDING,
        *LOG,
        *WORK_REPORTS,
        *ENDING,
        *ANSWERING,
        *URGING,
    )
}
