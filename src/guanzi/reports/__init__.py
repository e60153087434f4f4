"""Reports: an appraisal as a dossier and a brief for people, and the words and charts it is made of."""

from guanzi.reports.backtest import backtest_html
from guanzi.reports.brief import brief_html
from guanzi.reports.comparison import comparison_html
from guanzi.reports.dossier import dossier_html, write_dossier
from guanzi.reports.figures import format_figure, format_interval, format_value

__all__ = [
    "backtest_html",
    "brief_html",
    "comparison_html",
    "dossier_html",
    "format_figure",
    "format_interval",
    "format_value",
    "write_dossier",
]
