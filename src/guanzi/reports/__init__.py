"""Reports: an appraisal as a dossier and a brief for people, and the words and charts it is made of.

Pages draw charts, and the library of charts is large: it loads with the first page that is asked for.
"""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names
from guanzi.reports.figures import format_figure, format_interval, format_value
from guanzi.reports.words import day as day_words
from guanzi.reports.words import title as case_title

if TYPE_CHECKING:
    from guanzi.reports.backtest import backtest_document
    from guanzi.reports.brief import brief_document, brief_html
    from guanzi.reports.chain import ChainStudy, chain_document, chain_part
    from guanzi.reports.changes import ChangesStudy, changes_document
    from guanzi.reports.clauses import clause_table
    from guanzi.reports.comparison import comparison_document
    from guanzi.reports.coverage import coverage_document
    from guanzi.reports.difference import difference_document
    from guanzi.reports.dossier import appraisal_document, dossier_html
    from guanzi.reports.entry_test import entry_test_document
    from guanzi.reports.experts import experts_document
    from guanzi.reports.fan_chart import FanDrawing
    from guanzi.reports.front import first_sections
    from guanzi.reports.fund import fund_document
    from guanzi.reports.fund_charts import BindingBar, BindingDrawing, CallBar, CallsDrawing
    from guanzi.reports.fund_tables import FundStudy
    from guanzi.reports.lint import LintStudy, lint_document
    from guanzi.reports.monitor import MonitorStudy, monitor_document
    from guanzi.reports.monitor_calendar import calendar_text
    from guanzi.reports.pages import plain_environment
    from guanzi.reports.paper import DecisionTaken, memorandum, minutes
    from guanzi.reports.paper_book import DealMoney, money_book, money_document
    from guanzi.reports.portfolio import portfolio_document
    from guanzi.reports.release import Loss, ReleaseStudy, release_document
    from guanzi.reports.scan import scan_document
    from guanzi.reports.sensitivity import sensitivity_document
    from guanzi.reports.signature import signature_picture
    from guanzi.reports.structure import address_document, structure_document
    from guanzi.reports.track_part import track_sections
    from guanzi.reports.track_window import window_document
    from guanzi.reports.walkaway import Contest, walkaway_document

__all__ = [
    "BindingBar",
    "BindingDrawing",
    "CallBar",
    "CallsDrawing",
    "ChainStudy",
    "ChangesStudy",
    "Contest",
    "DealMoney",
    "DecisionTaken",
    "FanDrawing",
    "FundStudy",
    "LintStudy",
    "Loss",
    "MonitorStudy",
    "ReleaseStudy",
    "address_document",
    "appraisal_document",
    "backtest_document",
    "brief_document",
    "brief_html",
    "calendar_text",
    "case_title",
    "chain_document",
    "chain_part",
    "changes_document",
    "clause_table",
    "comparison_document",
    "coverage_document",
    "day_words",
    "difference_document",
    "dossier_html",
    "entry_test_document",
    "experts_document",
    "first_sections",
    "format_figure",
    "format_interval",
    "format_value",
    "fund_document",
    "lint_document",
    "memorandum",
    "minutes",
    "money_book",
    "money_document",
    "monitor_document",
    "plain_environment",
    "portfolio_document",
    "release_document",
    "scan_document",
    "sensitivity_document",
    "signature_picture",
    "structure_document",
    "track_sections",
    "walkaway_document",
    "window_document",
]

_LATE = {
    "backtest": ("backtest_document",),
    "brief": ("brief_document", "brief_html"),
    "chain": ("ChainStudy", "chain_document", "chain_part"),
    "changes": ("ChangesStudy", "changes_document"),
    "clauses": ("clause_table",),
    "comparison": ("comparison_document",),
    "coverage": ("coverage_document",),
    "difference": ("difference_document",),
    "dossier": ("appraisal_document", "dossier_html"),
    "entry_test": ("entry_test_document",),
    "experts": ("experts_document",),
    "fan_chart": ("FanDrawing",),
    "front": ("first_sections",),
    "fund": ("fund_document",),
    "fund_charts": ("BindingBar", "BindingDrawing", "CallBar", "CallsDrawing"),
    "fund_tables": ("FundStudy",),
    "lint": ("LintStudy", "lint_document"),
    "monitor": ("MonitorStudy", "monitor_document"),
    "monitor_calendar": ("calendar_text",),
    "pages": ("plain_environment",),
    "paper": ("DecisionTaken", "memorandum", "minutes"),
    "paper_book": ("DealMoney", "money_book", "money_document"),
    "portfolio": ("portfolio_document",),
    "release": ("Loss", "ReleaseStudy", "release_document"),
    "scan": ("scan_document",),
    "sensitivity": ("sensitivity_document",),
    "signature": ("signature_picture",),
    "structure": ("address_document", "structure_document"),
    "track_part": ("track_sections",),
    "track_window": ("window_document",),
    "walkaway": ("Contest", "walkaway_document"),
}
__getattr__ = late_names(__name__, _LATE)
