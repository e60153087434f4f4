"""The JSON Schema accepts what the reader accepts, as far as a schema can see."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from tests.deal.terms.sheets import EXAMPLE, changed, document
from tests.sampling import examples
from tests.strategies import sheet_data

from guanzi.deal.terms import json_schema
from guanzi.record.evidence import find_case, load_case

VALIDATOR = Draft202012Validator(json_schema())


def plain(data):
    """Data as an editor sees them: dates are text."""
    return json.loads(json.dumps(data, default=date.isoformat))


def errors(data):
    return [error.message for error in VALIDATOR.iter_errors(plain(data))]


def example(old="", new=""):
    return document(changed(old, new, EXAMPLE.read_text("utf-8"))).data


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(json_schema())


@given(sheet_data())
@settings(max_examples=examples(25))
def test_random_term_sheets_fit_the_schema(data):
    assert errors(data) == []


def test_the_shipped_term_sheets_fit_the_schema():
    for sheet in load_case(find_case("nio-hefei-2020")).sheets:
        assert errors(sheet.document.data) == []


def test_the_example_fits_the_schema():
    assert errors(example()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("maturity: 5 years", "maturity: 5 years\n    years: 5"),
        ("rank: secured", "rank: senior"),
        ("    lender: city\n", ""),
        ("amount: 60 per year", "amount: 60 per month"),
        ("      recover: 100%\n", ""),
        ("hectares: 100", "area: 100"),
        ("share: 80%,", ""),
        ("what: serviced land, ", ""),
    ],
)
def test_the_schema_refuses_loans_incentives_and_promises_that_the_reader_refuses(old, new):
    assert errors(example(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("known_on: 2024", "knwon_on: 2024"),
        ("step: quarter", "step: weekly"),
        ("role: issuer, ", ""),
        ("type: call", "type: loan"),
        ("unit: 1e6", "unit: 1e5"),
        ("due: 2024-04-15", "date: 2024-04-15"),
        ("rate: 8.5%", "rate: a lot"),
        ("baseline: true", "baseline: 1"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old, new):
    assert errors(document(changed()).data) == []
    assert errors(document(changed(old, new)).data)
