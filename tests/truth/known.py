"""Faults that are known and not mended yet: a list that only shrinks.

By property and kind of fault (the message that is false, or what is wrong; a star stands for any end), with where the
mend belongs. A fault that is not in the list fails; an entry that nothing shows any more is taken out.
"""

from fnmatch import fnmatchcase

KNOWN: dict[tuple[str, str], str] = {
    ("denial", "diligence.no_facts"): "study: the needs of a check name the forms in which a figure comes",
    ("denial", "diligence.going-concern.unknown"): "study",
    ("denial", "diligence.runway.unknown"): "study: part-year and quarterly losses",
    ("denial", "diligence.plan-funding.no-money"): "study: what was raised in other words",
    ("denial", "diligence.trend.*"): "study: quarters and years",
    ("denial", "diligence.unvalidated.results-unknown"): "study: net_profit is a result",
    ("denial", "appraisal.parameter.*"): "calibration",
    ("denial", "appraisal.origin.*"): "calibration",
    ("denial", "appraisal.gap.no_staff"): "calibration: sales of a quarter are sales",
    ("denial", "appraisal.differ.no_price"): "calibration",
    ("denial", "appraisal.needs.missing"): "calibration",
    ("denial", "reports.monitor.blind"): "monitoring",
    ("verdict", "reports.monitor.lead.no_signs"): "monitoring: an insolvency is a sign of trouble",
    ("verdict", "reports.monitor.empty.signs"): "monitoring: an insolvency is a sign of trouble",
    ("arithmetic", "planned-money"): "accounts: what is planned by year and in the book of the deal",
    ("arithmetic", "middle-outside-band"): "render: a mean outside its band says so",
    ("nouns", "vehicles:*"): "units of the case",
    ("nouns", "wafers:*"): "units of the case",
    ("nouns", "aircraft:*"): "units of the case",
    ("nouns", "yuan:*"): "units of the case",
    ("nouns", "raw-key:*"): "reports",
    ("nouns", "number:*"): "catalogue",
}
"""By property and kind: where the mend belongs."""


def is_known(property: str, kind: str) -> bool:
    """Whether a fault of this kind is known."""
    return any(property == name and fnmatchcase(kind, pattern) for name, pattern in KNOWN)
