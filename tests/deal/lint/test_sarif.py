"""The SARIF log has the form that the standard asks for.

The schema below holds the objects that the linter writes, after SARIF 2.1.0 (OASIS 2020): what is required, what values
can be, and that nothing else may stand there (the standard closes its objects).
"""

import json

import pytest
from jsonschema import Draft7Validator

from guanzi.base.core import catalogue_languages
from guanzi.deal.lint import RULES, Diagnostic, Level, example, lint, located, sarif
from guanzi.deal.terms import parse_sheet


def closed(required, **properties):
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


TEXT = closed(["text"], text={"type": "string"})  # 3.11 message, 3.12 multiformatMessageString
BAG = {"type": "object"}  # 3.8 property bags are open
LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
COUNT = {"type": "integer", "minimum": 1}
DESCRIPTOR = closed(  # 3.49 reportingDescriptor
    ["id"],
    id={"type": "string"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=TEXT,
    defaultConfiguration=closed([], level=LEVEL),
    properties=BAG,
)
DRIVER = closed(  # 3.19 toolComponent
    ["name"],
    name={"type": "string"},
    version={"type": "string"},
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    rules={"type": "array", "uniqueItems": True, "items": DESCRIPTOR},
)
PHYSICAL = closed(  # 3.29 physicalLocation
    ["artifactLocation"],
    artifactLocation=closed(["uri"], uri={"type": "string", "format": "uri-reference"}),
    region=closed(["startLine"], startLine=COUNT, startColumn=COUNT),
)
LOCATION = closed(  # 3.28 location
    [],
    physicalLocation=PHYSICAL,
    logicalLocations={
        "type": "array",
        "items": closed([], fullyQualifiedName={"type": "string"}, kind={"type": "string"}),
    },
)
RESULT = closed(  # 3.27 result
    ["message"],
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    message=TEXT,
    locations={"type": "array", "items": LOCATION},
    properties=BAG,
)
RUN = closed(  # 3.14 run
    ["tool"],
    tool=closed(["driver"], driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": RESULT},
)
LOG = closed(  # 3.13 sarifLog
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"enum": ["2.1.0"]},
    runs={"type": "array", "items": RUN},
)


def diagnostics():
    found = []
    for rule in RULES:
        shown = example(rule.code)
        found += located(lint(parse_sheet(shown.bad_sheet), shown.context), shown.bad_sheet)
    return found


@pytest.mark.parametrize("lang", catalogue_languages())
def test_the_log_of_all_examples_fits_the_standard(lang):
    found = diagnostics()
    log = sarif(found, RULES, version="1.0", lang=lang, stories={found[0]: "2024: the company fails"})
    Draft7Validator.check_schema(LOG)
    assert [error.message for error in Draft7Validator(LOG).iter_errors(log)] == []
    assert len(log["runs"][0]["results"]) == len(found)
    assert json.loads(json.dumps(log, allow_nan=False)) == log


def test_each_result_points_to_its_rule_its_line_and_its_clause():
    found = diagnostics()
    run = sarif(found, RULES, version="1.0")["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for diagnostic, result in zip(found, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == diagnostic.code
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (diagnostic.place.line, diagnostic.place.column)


def test_levels_are_those_of_the_standard():
    found = diagnostics()
    run = sarif(found, RULES, version="1.0")["runs"][0]
    assert {r["level"] for r in run["results"]} <= {"error", "warning", "note"}
    assert {d.level for d in found} == set(Level)


def test_a_code_of_a_compliance_pack_gets_an_entry_of_its_own():
    first = diagnostics()[0]
    other = Diagnostic("eu-1", first.level, first.message, first.place)
    rules = sarif([other], RULES, version="1.0")["runs"][0]["tool"]["driver"]["rules"]
    assert rules[-1] == {"id": "eu-1"}
