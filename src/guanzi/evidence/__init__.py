"""Evidence: sources, facts and documents of a case, and the views that analyses see. All input lives here."""

from guanzi.evidence.case import Case, check_outcome, cited_sources, load_case
from guanzi.evidence.catalogue import builtin_cases, find_case
from guanzi.evidence.documents import YamlDocument, parse_yaml, read_yaml
from guanzi.evidence.facts import Fact
from guanzi.evidence.formats import json_schemas
from guanzi.evidence.new import new_case
from guanzi.evidence.resolution import Resolution
from guanzi.evidence.sources import Source
from guanzi.evidence.textfile import TextFile
from guanzi.evidence.view import Document, Named, SheetFile, View
from guanzi.evidence.vocabulary import UNITS_BY_NAME

__all__ = [
    "UNITS_BY_NAME",
    "Case",
    "Document",
    "Fact",
    "Named",
    "Resolution",
    "SheetFile",
    "Source",
    "TextFile",
    "View",
    "YamlDocument",
    "builtin_cases",
    "check_outcome",
    "cited_sources",
    "find_case",
    "json_schemas",
    "load_case",
    "new_case",
    "parse_yaml",
    "read_yaml",
]
