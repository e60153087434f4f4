"""What several jobs use: how a service is run, which deal is meant, and the words and tables of an appraisal."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.shared import deals, results, run, show, singlepage, unsimulated, versions
    from guanzi.jobs.shared.documents.cited import fact_cell
    from guanzi.jobs.shared.documents.clauses import clause_table
    from guanzi.jobs.shared.documents.figures import format_figure, format_interval, format_value
    from guanzi.jobs.shared.documents.icalendar import CalendarEvent, icalendar
    from guanzi.jobs.shared.documents.pages import plain_environment
    from guanzi.jobs.shared.documents.words import day
    from guanzi.jobs.shared.question import JobQuestion, names_listed
    from guanzi.jobs.shared.show import show_json
else:
    __all__, __getattr__ = late_names(__name__)
