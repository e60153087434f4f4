"""Reading: the one door by which text, YAML, tables and workbooks come in, with the place of everything."""

from guanzi.base.reading.tables import Cell, Table, read_table
from guanzi.base.reading.text import TextFile, read_text
from guanzi.base.reading.workbook import damaged, open_workbook
from guanzi.base.reading.yaml import (
    MOST_YAML_BYTES,
    DataPath,
    YamlDocument,
    field_name,
    is_no_day,
    no_such_day,
    parse_yaml,
    read_yaml,
    scalar_value,
    scan_yaml,
)
from guanzi.base.reading.yamltext import yaml_text

__all__ = [
    "MOST_YAML_BYTES",
    "Cell",
    "DataPath",
    "Table",
    "TextFile",
    "YamlDocument",
    "damaged",
    "field_name",
    "is_no_day",
    "no_such_day",
    "open_workbook",
    "parse_yaml",
    "read_table",
    "read_text",
    "read_yaml",
    "scalar_value",
    "scan_yaml",
    "yaml_text",
]
