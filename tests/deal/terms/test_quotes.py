"""A clause can quote the contract on which it rests; wrong quotes are refused, and nothing else changes."""

import pytest

from guanzi.base.core import InvalidInput
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import explain, parse_sheet

HEAD = """\
deal: d
currency: CNY
known_on: 2024-01-10
signed: 2024-01-15
parties:
  company: {role: issuer}
  city: {role: public}
"""
COVENANT = """\
covenants:
  jobs:
    require: "jobs_local >= 2_000"
    remedy: unknown
    source: SOURCE
"""


def parse(text):
    return parse_sheet(parse_yaml(TextFile("sheet.yaml", text, tuple(text.split("\n")))))


def with_source(source):
    return HEAD + COVENANT.replace("SOURCE", source)


QUOTE = '{document: a.docx, page: 4, clause: "7.2", quote: "shall employ at least 2,000 people"}'


def test_a_quote_is_held_with_its_clause_and_place():
    sheet = parse(with_source(QUOTE))
    [quote] = sheet.quotes
    assert (quote.of, quote.document, quote.page, quote.clause) == ("covenants.jobs", "a.docx", 4, "7.2")
    assert quote.place.line == 12
    assert sheet.covenants[0].source == "a.docx"


def test_a_clause_may_quote_several_places():
    sheet = parse(with_source(f"[{QUOTE}, {QUOTE.replace('4', '5')}]"))
    assert [quote.page for quote in sheet.quotes] == [4, 5]


def test_a_quote_changes_nothing_of_what_is_agreed():
    plain, quoted = parse(with_source("a.docx")), parse(with_source(QUOTE))
    assert [clause.message for clause in explain(plain)] == [clause.message for clause in explain(quoted)]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (QUOTE.replace("2,000 people", "2,000 people " + "and more " * 6), "long_quote"),
        (QUOTE.replace("page: 4", "page: 0"), "bad_page"),
        (QUOTE.replace("page: 4, ", ""), "missing"),
        (QUOTE.replace("clause:", "claus:"), "unknown_key"),
    ],
    ids=["too long", "no such page", "without page", "misspelt"],
)
def test_a_wrong_quote_is_refused_at_its_line(wrong, told):
    with pytest.raises(InvalidInput) as refused:
        parse(with_source(wrong))
    assert any(told in problem.cause.id and problem.place.line == 12 for problem in refused.value.problems)
