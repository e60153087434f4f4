"""Core: what every other package stands on — messages, errors, money, periods, units, ids, hashes, progress.

Importing this package is light: nothing heavy (Babel) is loaded before a sentence is rendered.
"""

from guanzi.core.bilingual import LANGUAGES, Bilingual, Told, plain_words, said, without_stop
from guanzi.core.compiled import compiled
from guanzi.core.currencies import CURRENCIES, rate_between
from guanzi.core.errors import GuanziError, InvalidInput, Place, Problem
from guanzi.core.findings import Finding, Kind, Severity
from guanzi.core.hashing import canonical_json, sha256_of
from guanzi.core.ids import SLUG_PATTERN, check_slug, is_slug, suggest_slug
from guanzi.core.inputs import MOST_BYTES, check_input, open_input, read_input, reason_of, too_large, unreadable
from guanzi.core.messages import Message, Parameter
from guanzi.core.money import CurrencyMismatch, ExchangeRate, Money, PriceYearMismatch
from guanzi.core.nearest import nearest
from guanzi.core.periods import Duration, Period, PeriodKind
from guanzi.core.problems import format_problem, format_problems
from guanzi.core.progress import Progress
from guanzi.core.safetext import safe_text
from guanzi.core.text import UnknownMessage, catalogue, catalogue_languages, render
from guanzi.core.units import LARGEST, UNIT_PATTERN, UNITS, UnitKind, money_form, parse_number, parse_ratio
from guanzi.core.workshops import PATIENCE, one_writer, publish, workshop
from guanzi.core.wrapping import width, wrap

__all__ = [
    "CURRENCIES",
    "LANGUAGES",
    "LARGEST",
    "MOST_BYTES",
    "PATIENCE",
    "SLUG_PATTERN",
    "UNITS",
    "UNIT_PATTERN",
    "Bilingual",
    "CurrencyMismatch",
    "Duration",
    "ExchangeRate",
    "Finding",
    "GuanziError",
    "InvalidInput",
    "Kind",
    "Message",
    "Money",
    "Parameter",
    "Period",
    "PeriodKind",
    "Place",
    "PriceYearMismatch",
    "Problem",
    "Progress",
    "Severity",
    "Told",
    "UnitKind",
    "UnknownMessage",
    "canonical_json",
    "catalogue",
    "catalogue_languages",
    "check_input",
    "check_slug",
    "compiled",
    "format_problem",
    "format_problems",
    "is_slug",
    "money_form",
    "nearest",
    "one_writer",
    "open_input",
    "parse_number",
    "parse_ratio",
    "plain_words",
    "publish",
    "rate_between",
    "read_input",
    "reason_of",
    "render",
    "safe_text",
    "said",
    "sha256_of",
    "suggest_slug",
    "too_large",
    "unreadable",
    "width",
    "without_stop",
    "workshop",
    "wrap",
]
