"""Core: what every other package stands on — messages, errors, money, periods, units, ids, hashes, progress.

Importing this package is light: nothing heavy (Babel) is loaded before a sentence is rendered.
"""

from guanzi.base.core.bilingual import LANGUAGES, Bilingual, BilingualText, localised, plain_words, without_stop
from guanzi.base.core.collection import without_collection
from guanzi.base.core.compiled import compiled, folder_of
from guanzi.base.core.confined import Ceilings, Unfinished, asking_as, confined
from guanzi.base.core.confining import problem_as_dict, problem_of_dict
from guanzi.base.core.currencies import CURRENCIES, rate_between
from guanzi.base.core.errors import GuanziError, InvalidInput, Place, Problem
from guanzi.base.core.extensions import Seam, extensions, library_files
from guanzi.base.core.findings import Finding, Kind, Severity
from guanzi.base.core.hashing import canonical_json, hash_of_file, sha256_of
from guanzi.base.core.hiddentext import hidden_in_name, hidden_in_text, surrogate_in
from guanzi.base.core.ids import SLUG_PATTERN, check_slug, is_slug, suggest_slug
from guanzi.base.core.inputs import MOST_BYTES, check_input, open_input, read_input, reason_of, unreadable
from guanzi.base.core.lateloading import late_names, modules_in
from guanzi.base.core.messages import HOME, Localised, Message, Parameter
from guanzi.base.core.money import CurrencyMismatch, ExchangeRate, Money, PriceYearMismatch
from guanzi.base.core.nearest import meant, nearest, one_of
from guanzi.base.core.periods import DAYS_OF_YEAR, CalendarKind, Duration, Period, PeriodKind, add_months
from guanzi.base.core.problems import format_problem, format_problems, problem_excerpt, problem_head
from guanzi.base.core.progress import Progress
from guanzi.base.core.safetext import safe_text
from guanzi.base.core.scratch import PATIENCE, one_writer, publish, scratch_directory
from guanzi.base.core.shelf import folder_beside, keep_content, kept_content
from guanzi.base.core.text import (
    MOST_TO_WHOLE,
    UnknownMessage,
    catalogue,
    catalogue_languages,
    half_up,
    made_of,
    render,
)
from guanzi.base.core.units import (
    LARGEST,
    UNIT_PATTERN,
    UNITS,
    UnitKind,
    money_form,
    parse_number,
    parse_ratio,
    unit_words,
)
from guanzi.base.core.wrapping import width, wrap
from guanzi.base.core.writing import dump_json, write_file, write_files

__all__ = [
    "CURRENCIES",
    "DAYS_OF_YEAR",
    "HOME",
    "LANGUAGES",
    "LARGEST",
    "MOST_BYTES",
    "MOST_TO_WHOLE",
    "PATIENCE",
    "SLUG_PATTERN",
    "UNITS",
    "UNIT_PATTERN",
    "Bilingual",
    "BilingualText",
    "CalendarKind",
    "Ceilings",
    "CurrencyMismatch",
    "Duration",
    "ExchangeRate",
    "Finding",
    "GuanziError",
    "InvalidInput",
    "Kind",
    "Localised",
    "Message",
    "Money",
    "Parameter",
    "Period",
    "PeriodKind",
    "Place",
    "PriceYearMismatch",
    "Problem",
    "Progress",
    "Seam",
    "Severity",
    "Unfinished",
    "UnitKind",
    "UnknownMessage",
    "add_months",
    "asking_as",
    "canonical_json",
    "catalogue",
    "catalogue_languages",
    "check_input",
    "check_slug",
    "compiled",
    "confined",
    "dump_json",
    "extensions",
    "folder_beside",
    "folder_of",
    "format_problem",
    "format_problems",
    "half_up",
    "hash_of_file",
    "hidden_in_name",
    "hidden_in_text",
    "is_slug",
    "keep_content",
    "kept_content",
    "late_names",
    "library_files",
    "localised",
    "made_of",
    "meant",
    "modules_in",
    "money_form",
    "nearest",
    "one_of",
    "one_writer",
    "open_input",
    "parse_number",
    "parse_ratio",
    "plain_words",
    "problem_as_dict",
    "problem_excerpt",
    "problem_head",
    "problem_of_dict",
    "publish",
    "rate_between",
    "read_input",
    "reason_of",
    "render",
    "safe_text",
    "scratch_directory",
    "sha256_of",
    "suggest_slug",
    "surrogate_in",
    "unit_words",
    "unreadable",
    "width",
    "without_collection",
    "without_stop",
    "wrap",
    "write_file",
    "write_files",
]
