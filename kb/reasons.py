"""Why a difference matters to whoever has to act on a circular: a sentence for each check."""

from __future__ import annotations

from collections.abc import Mapping

WHY: Mapping[str, str] = {
    "header": "Number, date and house say which circular this is; a wrong one sends readers to another.",
    "deadlines": "Whoever follows the later of two deadlines may act too late.",
    "dates": "Whoever plans by the wrong day misses what happens on the right one.",
    "weekdays": "A weekday that does not fit its date leaves open which of the two was meant.",
    "times": "A cut-off or a session is missed by whoever has the wrong time.",
    "contacts": "A wrong number or mailbox sends questions, or confidential forms, to somebody else.",
    "urls": "A wrong address leads to another page, or to somebody else's.",
    "references": "Whoever looks up the wrong circular acts on other rules.",
    "amounts": "A wrong amount or rate is paid, charged or calculated.",
    "numbers": "A wrong figure or code ends up in systems and forms.",
    "limits": "Whoever takes a least figure for a most one keeps or pays the wrong amount.",
    "order": "What has to be done before a day is done too late by whoever reads that it is done after it.",
    "recurrence": "What is due every day is missed by whoever reads that it is due every month.",
    "negation": "What will not happen on one side is expected by those who read the other.",
    "modality": "What must be done on one side may be left undone on the other.",
    "parties": "Some learn of a duty that others never hear of.",
    "rows": "An entry that is missing or different in a table is not seen by those who read the other one.",
    "events": "An entry that is missing or different in a timetable is not planned for.",
    "tables": "Tables of different shapes cannot both be whole.",
    "duties": "A duty that one side does not state is not carried out by those who read it.",
    "items": "A step or condition that one side leaves out is not taken or met by those who read it.",
    "text": "What only one side says is not known to those who read the other.",
    "weekday-inside": "A weekday that does not fit its date leaves open which of the two was meant.",
    "impossible-dates": "There is no such day, so nobody can tell what was meant.",
    "body-schedule": "Body and schedule give different days for the same act; whoever follows the later one may be late.",
    "schedule-order": "An entry out of order is often one with a wrong day.",
    "sums": "Where a total does not fit its figures, one of them is wrong, and nobody can tell which.",
    "links": "What is shown and where it leads are two different addresses.",
    "known-contacts": "One digit or letter away from a known contact is more often a slip than a new line.",
}
