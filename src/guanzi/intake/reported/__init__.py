"""What a company reports of a quarter after signing: the workbook that it fills in, and its facts with their day."""

from guanzi.intake.reported.form import FIELDS, STATES, asked_figures, unit_of, write_report_form
from guanzi.intake.reported.reading import Report, read_beside, read_report, report_of

__all__ = [
    "FIELDS",
    "STATES",
    "Report",
    "asked_figures",
    "read_beside",
    "read_report",
    "report_of",
    "unit_of",
    "write_report_form",
]
