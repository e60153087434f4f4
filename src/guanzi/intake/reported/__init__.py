"""What a company reports of a quarter after signing: the workbook that it fills in, and its facts with their day."""

from guanzi.intake.reported.form import FIELDS, STANDS, write_report_form
from guanzi.intake.reported.reading import Report, read_report

__all__ = ["FIELDS", "STANDS", "Report", "read_report", "write_report_form"]
