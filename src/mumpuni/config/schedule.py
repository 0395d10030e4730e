"""What is done again and again, and when: all on this page."""

from mumpuni.casework.jobs import lapse_tasks, remind_of_tasks
from mumpuni.certificates.jobs import (
    archive_documents,
    check_certificates,
    count_issued,
    publish_tree,
    sign_status_lists,
)
from mumpuni.kernel.jobs import Job, take_up_abandoned
from mumpuni.licensing.jobs import remind_of_ending_licences
from mumpuni.surveillance.jobs import assess_risks
from mumpuni.transparency.jobs import check_log, publish_log

# five fields of time, in UTC: minute, hour, day, month, day of the week
SCHEDULE: dict[Job, str] = {
    count_issued: "17 * * * *",
    take_up_abandoned: "* * * * *",
    sign_status_lists: "* * * * *",
    publish_log: "* * * * *",
    publish_tree: "* * * * *",
    check_log: "43 * * * *",
    # at night in Jakarta, a quarter past midnight and six in the morning
    lapse_tasks: "15 17 * * *",
    remind_of_tasks: "0 23 * * *",
    check_certificates: "11 18 * * *",
    assess_risks: "29 18 * * *",
    archive_documents: "37 19 1 * *",
    # in the morning in Jakarta
    remind_of_ending_licences: "7 0 * * *",
}
