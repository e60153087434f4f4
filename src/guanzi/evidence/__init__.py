"""Evidence: sources, facts and documents of a case, and the views that analyses see. All input lives here."""

from guanzi.evidence.absence import means_absence, says_nothing
from guanzi.evidence.case import Case, cited_sources, facts_of, load_case
from guanzi.evidence.catalogue import builtin_cases, cases_in, find_case
from guanzi.evidence.checking import validate
from guanzi.evidence.cities import City, city_names, load_city
from guanzi.evidence.conflicts import Conflict, Reading, find_conflicts, read_readings, readings_of
from guanzi.evidence.documents import YamlDocument, is_no_day, no_such_day, parse_yaml, read_yaml
from guanzi.evidence.elicitation import (
    AnswerEntry,
    Elicitation,
    ElicitationFormat,
    ExpertEntry,
    QuestionEntry,
    RoundEntry,
    SeedEntry,
    parse_elicitation,
    read_elicitation,
)
from guanzi.evidence.entities import Entity, entity_lines, read_entities
from guanzi.evidence.entityfile import ENTITIES, DatedEntity, period_of
from guanzi.evidence.entityschemas import schema_problems
from guanzi.evidence.excalibur import PanelFile, read_excalibur, read_excalibur_folder
from guanzi.evidence.exchange import Rate, Told, held_rate, rate_name, told_in
from guanzi.evidence.facts import Citation, Fact
from guanzi.evidence.fitness import enough_to_replay
from guanzi.evidence.formats import Format, json_schemas
from guanzi.evidence.horizons import ScoreHorizon, score_horizon
from guanzi.evidence.importers import ImportDraft, Terms, read_edgar, read_statements, write_import
from guanzi.evidence.inputfile import InputFile, SourcedInput, read_inputs
from guanzi.evidence.namepairs import NamePair, read_name_pairs
from guanzi.evidence.new import new_case
from guanzi.evidence.notes import (
    Doubtful,
    Imported,
    Proposal,
    Remark,
    accept_names,
    confirm_facts,
    doubtful_facts,
    import_notes,
    proposals,
)
from guanzi.evidence.outcomes import Label, LabelFormat, Outcome, check_outcome, label_schema, read_outcome
from guanzi.evidence.panel import Panel, Where, parse_where, read_panel
from guanzi.evidence.portfolios import PortfolioFile, load_portfolio
from guanzi.evidence.precedents import Precedent, builtin_precedents, parse_precedents
from guanzi.evidence.priors import GrowthClass, Prior, priors, priors_on, priors_sha256
from guanzi.evidence.questionnaire import (
    Filled,
    FormFeedback,
    add_forms,
    elicitation_text,
    panel_of_form,
    read_form,
    store_elicitation,
    write_form,
)
from guanzi.evidence.ranking import RankingFile, read_ranking
from guanzi.evidence.records import Record, Records, read_records
from guanzi.evidence.resolution import Resolution
from guanzi.evidence.rivals import RivalsFile, load_rivals
from guanzi.evidence.room import (
    Excerpt,
    Hit,
    RoomEntry,
    Verified,
    add_documents,
    enter_added,
    files_in,
    open_index,
    read_index,
    verify_room,
)
from guanzi.evidence.sources import Source
from guanzi.evidence.textfile import TextFile, read_text
from guanzi.evidence.tiefacts import ends_of, kind_of_tie
from guanzi.evidence.view import Document, Named, SheetFile, View
from guanzi.evidence.vocabulary import UNITS_BY_NAME, label_of, meaning_of
from guanzi.evidence.workbook import (
    UNKNOWN,
    Book,
    CaseDraft,
    Draft,
    Row,
    SheetLayout,
    SheetRows,
    can_hold,
    case_draft,
    case_rows,
    in_cells,
    layouts,
    origin_text,
    read_book,
    write_book,
    write_case,
    yaml_text,
)
from guanzi.evidence.workbook import Cell as BookCell

__all__ = [
    "ENTITIES",
    "UNITS_BY_NAME",
    "UNKNOWN",
    "AnswerEntry",
    "Book",
    "BookCell",
    "Case",
    "CaseDraft",
    "Citation",
    "City",
    "Conflict",
    "DatedEntity",
    "Document",
    "Doubtful",
    "Draft",
    "Elicitation",
    "ElicitationFormat",
    "Entity",
    "Excerpt",
    "ExpertEntry",
    "Fact",
    "Filled",
    "FormFeedback",
    "Format",
    "GrowthClass",
    "Hit",
    "ImportDraft",
    "Imported",
    "InputFile",
    "Label",
    "LabelFormat",
    "NamePair",
    "Named",
    "Outcome",
    "Panel",
    "PanelFile",
    "PortfolioFile",
    "Precedent",
    "Prior",
    "Proposal",
    "QuestionEntry",
    "RankingFile",
    "Rate",
    "Reading",
    "Record",
    "Records",
    "Remark",
    "Resolution",
    "RivalsFile",
    "RoomEntry",
    "RoundEntry",
    "Row",
    "ScoreHorizon",
    "SeedEntry",
    "SheetFile",
    "SheetLayout",
    "SheetRows",
    "Source",
    "SourcedInput",
    "Terms",
    "TextFile",
    "Told",
    "Verified",
    "View",
    "Where",
    "YamlDocument",
    "accept_names",
    "add_documents",
    "add_forms",
    "builtin_cases",
    "builtin_precedents",
    "can_hold",
    "case_draft",
    "case_rows",
    "cases_in",
    "check_outcome",
    "cited_sources",
    "city_names",
    "confirm_facts",
    "doubtful_facts",
    "elicitation_text",
    "ends_of",
    "enough_to_replay",
    "enter_added",
    "entity_lines",
    "facts_of",
    "files_in",
    "find_case",
    "find_conflicts",
    "held_rate",
    "import_notes",
    "in_cells",
    "is_no_day",
    "json_schemas",
    "kind_of_tie",
    "label_of",
    "label_schema",
    "layouts",
    "load_case",
    "load_city",
    "load_portfolio",
    "load_rivals",
    "meaning_of",
    "means_absence",
    "new_case",
    "no_such_day",
    "open_index",
    "origin_text",
    "panel_of_form",
    "parse_elicitation",
    "parse_precedents",
    "parse_where",
    "parse_yaml",
    "period_of",
    "priors",
    "priors_on",
    "priors_sha256",
    "proposals",
    "rate_name",
    "read_book",
    "read_edgar",
    "read_elicitation",
    "read_entities",
    "read_excalibur",
    "read_excalibur_folder",
    "read_form",
    "read_index",
    "read_inputs",
    "read_name_pairs",
    "read_outcome",
    "read_panel",
    "read_ranking",
    "read_readings",
    "read_records",
    "read_statements",
    "read_text",
    "read_yaml",
    "readings_of",
    "says_nothing",
    "schema_problems",
    "score_horizon",
    "store_elicitation",
    "told_in",
    "validate",
    "verify_room",
    "write_book",
    "write_case",
    "write_form",
    "write_import",
    "yaml_text",
]
