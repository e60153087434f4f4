"""Faults that are known and not mended yet: a list that only shrinks.

By property and kind of fault (the message that is false, or what is wrong; a star stands for any end), with where the
mend belongs. A fault that is not in the list fails; an entry that nothing shows any more is taken out.
"""

from fnmatch import fnmatchcase

KNOWN: dict[tuple[str, str], str] = {
    ("denial", "monitoring.release.signs_unseen"): "monitoring: rules look at the facts of the case where no watch is",
    ("grounded", "number:reports.chart.trend_unclear.change"): "reports: the band of an unclear trend is in no data",
    ("arithmetic", "unknown-as-number"): "following: a fund adds up what is known where a release says it is not known",
    ("grounded", "number:reports.release.of_year.year"): "grounded: the year of a payment stands in its day alone",
    ("office", "numbers:findings"): "reports: one language says a twentieth where the other says 5 %",
    ("pages", "lost:word"): "render: a row of the drawing of assumptions is in no table of the Word page",
    ("pages", "unheard:page"): "reports: the number of a report in a title is read as a number of the page",
}
"""By property and kind: where the mend belongs."""


def is_known(property: str, kind: str) -> bool:
    """Whether a fault of this kind is known."""
    return any(property == name and fnmatchcase(kind, pattern) for name, pattern in KNOWN)
