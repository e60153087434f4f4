"""The published JSON Schemas say what the loader does."""

import json
from datetime import date

import jsonschema
import pytest
from tests.record.evidence.folders import GOOD_FACT, facts_yaml, write_case

from guanzi.base.reading import read_yaml
from guanzi.record.evidence import builtin_cases, find_case, json_schemas, label_schema


def as_json(data):
    return json.loads(json.dumps(data, default=date.isoformat))


def errors(name, data):
    schema = json_schemas()[name]
    return list(jsonschema.Draft202012Validator(schema).iter_errors(as_json(data)))


@pytest.mark.parametrize("name", ["case", "facts"])
def test_the_schemas_are_valid(name):
    jsonschema.Draft202012Validator.check_schema(json_schemas()[name])


def test_the_schemas_accept_good_files_and_refuse_bad_ones(tmp_path):
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT)})
    case = read_yaml(folder / "case.yaml").data
    facts = read_yaml(folder / "facts" / "a.yaml").data
    assert not errors("case", case)
    assert not errors("facts", facts)
    assert errors("case", {**case, "currency": "yuan"})
    assert errors("case", {key: value for key, value in case.items() if key != "region"})
    assert errors("facts", {**facts, "facts": [{**facts["facts"][0], "unit": "percent"}]})
    assert errors("facts", {**facts, "fact": []})


@pytest.mark.parametrize("name", builtin_cases())
def test_the_shipped_cases_fit_the_schemas(name):
    folder = find_case(name)
    assert not errors("case", read_yaml(folder / "case.yaml").data)
    label = folder / "outcome" / "label.yaml"
    for path in [*folder.glob("facts/*.yaml"), *folder.glob("outcome/*.yaml")]:
        assert path == label or not errors("facts", read_yaml(path).data), path.name
    if label.exists():
        validator = jsonschema.Draft202012Validator(label_schema())
        assert not list(validator.iter_errors(as_json(read_yaml(label).data)))
