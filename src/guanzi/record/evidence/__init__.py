"""Evidence: sources, facts and documents of a case, and the views that analyses see. All input lives here."""

from guanzi.record.evidence.absence import means_absence, says_nothing
from guanzi.record.evidence.accounts.flows import (
    AnnualFigure,
    annual,
    annual_before,
    best_year,
    calendar,
    months_of,
    over,
    shared_months,
    together,
    total_known,
    year_to,
)
from guanzi.record.evidence.accounts.forms import flow_of, names_of
from guanzi.record.evidence.accounts.funds import FUNDS, NOTES, funds_raised, rounds
from guanzi.record.evidence.accounts.liquidity import CASH, burn, liquid, liquid_at, net_assets
from guanzi.record.evidence.accounts.margins import MARGINS, margin_over, margins, newest_margin
from guanzi.record.evidence.accounts.parts import parts_beyond
from guanzi.record.evidence.accounts.reporting import (
    ACCOUNTS,
    FLOWS,
    awaited_by,
    awaited_of,
    entered_as,
    is_stale,
    last_year_out,
    own_period,
    stale_periods,
    stated_year_ends,
    year_awaited,
    year_ends,
)
from guanzi.record.evidence.articles import Article, ArticleClaim, ClaimVerdict, article_names, load_article
from guanzi.record.evidence.called import called, unnamed_industry
from guanzi.record.evidence.carrying import facts_file
from guanzi.record.evidence.case import (
    Case,
    CaseSource,
    case_title,
    cited_sources,
    facts_of,
    load_case,
    open_case,
    other_currency,
)
from guanzi.record.evidence.catalogue import builtin_cases, find_case, replayed_cases
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.cities import City, city_called, city_names, load_city
from guanzi.record.evidence.dataroom.kinds import kind_of
from guanzi.record.evidence.dataroom.pages import Box
from guanzi.record.evidence.dataroom.picturing import picture_of_page
from guanzi.record.evidence.dataroom.placed import PlacedLine, PlacedPage, PlacedWord
from guanzi.record.evidence.dataroom.quotes import holds_figure, quote_stands
from guanzi.record.evidence.dataroom.reading_once import cache_of_pages, read_placed
from guanzi.record.evidence.dataroom.searching import Excerpt, PageHit, enter_added, open_index
from guanzi.record.evidence.dataroom.store import INDEX, Added, DataRoomEntry, add_documents, files_in, read_index
from guanzi.record.evidence.dataroom.tagging import months_between
from guanzi.record.evidence.dataroom.verifying import Verified, verify_data_room
from guanzi.record.evidence.effectsfile import EFFECTS, EffectsFormat
from guanzi.record.evidence.elicitation.format import (
    AnswerEntry,
    ElicitationFormat,
    ExpertEntry,
    QuestionEntry,
    RoundEntry,
    SeedEntry,
)
from guanzi.record.evidence.elicitation.reading import (
    MOST_EXPERTS,
    Elicitation,
    answer_problem,
    bound_problem,
    parse_elicitation,
    read_elicitation,
)
from guanzi.record.evidence.ended import ENDS, Ended, end_of, silent_since
from guanzi.record.evidence.entities import Entity, read_entities
from guanzi.record.evidence.entityfile import ENTITIES, DatedEntity, period_of
from guanzi.record.evidence.entityschemas import schema_problems
from guanzi.record.evidence.exchange import ConvertedView, converted_to, held_rate, rate_name
from guanzi.record.evidence.expected import is_expected, rivals
from guanzi.record.evidence.factchecks import ANSWERS, DefinedSources, collect_facts, collect_sources
from guanzi.record.evidence.factfiles import read_fact_document, read_source_entry
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.figures import CLOSE, digits_of, last_place
from guanzi.record.evidence.fitness import LEAST_FACTS, LEAST_SOURCES, counts, enough_to_replay
from guanzi.record.evidence.formats import (
    CaseFormat,
    FactName,
    LocalisedText,
    Number,
    Slug,
    SourceEntry,
    Words,
    json_schemas,
)
from guanzi.record.evidence.held import (
    OWN_SUBJECTS,
    Reading,
    at,
    flag,
    lacking,
    latest,
    prices,
    series,
    there,
    words,
)
from guanzi.record.evidence.horizons import score_horizon
from guanzi.record.evidence.industry_rows import CASH_HELD, CASH_TO_SALES, IndustryRow, margins_of, rows_of
from guanzi.record.evidence.links import stays_in
from guanzi.record.evidence.new import CaseHead, making_case, new_case, new_file, refuse_existing
from guanzi.record.evidence.noting import watched_facts
from guanzi.record.evidence.onrecord import FigureComparison, OnRecord, compare_facts
from guanzi.record.evidence.origin import ORIGIN, in_cells, origin_text
from guanzi.record.evidence.outcomes import (
    LABEL_FILE,
    UNLABELLED_FILE,
    LabelFormat,
    Outcome,
    check_outcome,
    label_schema,
    read_outcome,
)
from guanzi.record.evidence.precedents import FILE as PRECEDENTS
from guanzi.record.evidence.precedents import (
    Precedent,
    builtin_precedents,
    industry_hint,
    known_industries,
    precedents_in,
    unknown_industry,
)
from guanzi.record.evidence.priors import PRIOR, GrowthClass, Prior, prior_of, priors, priors_on, priors_sha256
from guanzi.record.evidence.product import UNCOUNTED, asked_of, made_a_year, product_unit
from guanzi.record.evidence.recall import recalled, recalling
from guanzi.record.evidence.resolution import Resolution
from guanzi.record.evidence.signs import sign_of
from guanzi.record.evidence.sources import Grade, Source
from guanzi.record.evidence.speaking import spoken
from guanzi.record.evidence.territories import Territory, TerritoryPart, find_territory
from guanzi.record.evidence.tiefacts import ends_of, kind_of_tie
from guanzi.record.evidence.tracks import Track, load_track, track_names, track_of
from guanzi.record.evidence.unitwords import WrittenUnit, bare_scale, describe_unit, no_currency, written_unit
from guanzi.record.evidence.view import Named, SheetFile, View
from guanzi.record.evidence.vocabulary import (
    UNITS_BY_NAME,
    UNITS_MADE,
    label_of,
    looks_ahead,
    meaning_of,
    name_of_label,
    unit_fits,
)
from guanzi.record.evidence.watched import WATCHED, facts_after_signing, watched_case

__all__ = [
    "ACCOUNTS",
    "ANSWERS",
    "CASH",
    "CASH_HELD",
    "CASH_TO_SALES",
    "CLOSE",
    "EFFECTS",
    "ENDS",
    "ENTITIES",
    "FLOWS",
    "FUNDS",
    "INDEX",
    "LABEL_FILE",
    "LEAST_FACTS",
    "LEAST_SOURCES",
    "MARGINS",
    "MOST_EXPERTS",
    "NOTES",
    "ORIGIN",
    "OWN_SUBJECTS",
    "PRECEDENTS",
    "PRIOR",
    "UNCOUNTED",
    "UNITS_BY_NAME",
    "UNITS_MADE",
    "UNLABELLED_FILE",
    "WATCHED",
    "Added",
    "AnnualFigure",
    "AnswerEntry",
    "Article",
    "ArticleClaim",
    "Box",
    "Case",
    "CaseFormat",
    "CaseHead",
    "CaseSource",
    "City",
    "ClaimVerdict",
    "ConvertedView",
    "DataRoomEntry",
    "DatedEntity",
    "DefinedSources",
    "EffectsFormat",
    "Elicitation",
    "ElicitationFormat",
    "Ended",
    "Entity",
    "Excerpt",
    "ExpertEntry",
    "Fact",
    "FactName",
    "FigureComparison",
    "Grade",
    "GrowthClass",
    "IndustryRow",
    "LabelFormat",
    "LocalisedText",
    "Named",
    "Number",
    "OnRecord",
    "Outcome",
    "PageHit",
    "PlacedLine",
    "PlacedPage",
    "PlacedWord",
    "Precedent",
    "Prior",
    "QuestionEntry",
    "Reading",
    "Resolution",
    "RoundEntry",
    "SeedEntry",
    "SheetFile",
    "Slug",
    "Source",
    "SourceEntry",
    "Territory",
    "TerritoryPart",
    "Track",
    "Verified",
    "View",
    "Words",
    "WrittenUnit",
    "add_documents",
    "annual",
    "annual_before",
    "answer_problem",
    "article_names",
    "asked_of",
    "at",
    "awaited_by",
    "awaited_of",
    "bare_scale",
    "best_year",
    "bound_problem",
    "builtin_cases",
    "builtin_precedents",
    "burn",
    "cache_of_pages",
    "calendar",
    "called",
    "case_title",
    "check_outcome",
    "cited_sources",
    "city_called",
    "city_names",
    "collect_facts",
    "collect_sources",
    "compare_facts",
    "converted_to",
    "counts",
    "describe_unit",
    "digits_of",
    "end_of",
    "ends_of",
    "enough_to_replay",
    "enter_added",
    "entered_as",
    "facts_after_signing",
    "facts_file",
    "facts_of",
    "files_in",
    "find_case",
    "find_territory",
    "flag",
    "flow_of",
    "funds_raised",
    "held_rate",
    "holds_figure",
    "in_cells",
    "industry_hint",
    "is_expected",
    "is_stale",
    "json_schemas",
    "kind_of",
    "kind_of_tie",
    "known_industries",
    "label_of",
    "label_schema",
    "lacking",
    "last_place",
    "last_year_out",
    "latest",
    "liquid",
    "liquid_at",
    "load_article",
    "load_case",
    "load_city",
    "load_track",
    "looks_ahead",
    "made_a_year",
    "making_case",
    "margin_over",
    "margins",
    "margins_of",
    "meaning_of",
    "means_absence",
    "months_between",
    "months_of",
    "name_of_label",
    "names_of",
    "net_assets",
    "new_case",
    "new_file",
    "newest_margin",
    "no_currency",
    "open_case",
    "open_index",
    "origin_text",
    "other_currency",
    "over",
    "own_period",
    "parse_elicitation",
    "parts_beyond",
    "period_of",
    "picture_of_page",
    "precedents_in",
    "prices",
    "prior_of",
    "priors",
    "priors_on",
    "priors_sha256",
    "product_unit",
    "quote_stands",
    "rate_name",
    "read_elicitation",
    "read_entities",
    "read_fact_document",
    "read_index",
    "read_outcome",
    "read_placed",
    "read_source_entry",
    "recalled",
    "recalling",
    "refuse_existing",
    "replayed_cases",
    "rivals",
    "rounds",
    "rows_of",
    "says_nothing",
    "schema_problems",
    "score_horizon",
    "series",
    "shared_months",
    "sign_of",
    "silent_since",
    "spoken",
    "stale_periods",
    "stated_year_ends",
    "stays_in",
    "there",
    "together",
    "total_known",
    "track_names",
    "track_of",
    "unit_fits",
    "unknown_industry",
    "unnamed_industry",
    "validate",
    "verify_data_room",
    "watched_case",
    "watched_facts",
    "words",
    "written_unit",
    "year_awaited",
    "year_ends",
    "year_to",
]
