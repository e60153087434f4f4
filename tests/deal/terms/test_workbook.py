"""Term sheets as a workbook: every clause comes back, and a wrong one is named by its cell."""

import re
import shutil
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from tests.deal.terms.sheets import DEAL
from tests.sampling import examples
from tests.strategies import document_of, sheet_data, without_places

from guanzi.base.core import InvalidInput, format_problem, localised
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.rows import sheet_documents, sheet_rows
from guanzi.deal.terms import parse_sheet, read_sheet
from guanzi.intake.workbook import case_draft, case_rows, layouts, read_book, write_book, write_case
from guanzi.record.evidence import SheetFile, builtin_cases, find_case, load_case

OTHER = """\
deal: odd
currency: CNY
known_on: 2020-01-01
signed: 2020-01-02
parties:
  company: {role: issuer}
  city:   # pays
    role: public
    limits: {total: 3000}
  fund: {role: public}
instruments:
  stake: {type: equity, issuer: company, share: 18%, tranches: [{id: t1, amount: "1_000", due: 2020-02-01}]}
  bridge:
    type: loan        # not among the columns
    lender: city
  second: {type: equity, issuer: company, share: 0.18, tranches: []}
tiers:
  - {id: a, when: hq_local}
  - id: b
    when: plant_local
    leaving_costs: {low: 1, high: 2, source: judgement, note: with a note}
  - {id: c, when: rnd_local}
unknown_clauses:
  bare: only words
  exit: {text: how to leave, source: judgement}
promises: {road: {party: city, what: a road, due: 2021-01-01, probability: 90%}}
"""


def sheet_file(text, name="a"):
    document = parse_yaml(TextFile(f"{name}.yaml", text, tuple(text.split("\n"))))
    return SheetFile(name, date(2020, 1, 1), document)


def rows_of(*files):
    return {sheet.layout.key: sheet.rows for sheet in sheet_rows(files)}


def through(path, *files):
    """Term sheets after a way through a workbook."""
    path.unlink(missing_ok=True)
    write_book(path, sheet_rows(files))
    book = read_book(path, layouts("terms"))
    documents, problems = sheet_documents(book)
    assert book.in_order(problems) == []
    return documents


def exact(data):
    if isinstance(data, dict):
        return [(key, exact(value)) for key, value in data.items()]
    return [exact(item) for item in data] if isinstance(data, list) else (type(data), repr(data))


def sorted_keys(data):
    if isinstance(data, dict):
        return {key: sorted_keys(data[key]) for key in sorted(data)}
    return [sorted_keys(item) for item in data] if isinstance(data, list) else data


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("books") / "b.xlsx"


# -- nothing is lost -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", builtin_cases())
def test_a_shipped_case_comes_back_whole(tmp_path, name):
    before = load_case(find_case(name))
    write_book(tmp_path / "b.xlsx", [*case_rows(before), *sheet_rows(before.sheets)])
    book = read_book(tmp_path / "b.xlsx", (*layouts("case"), *layouts("terms")))
    draft = case_draft(book, tmp_path)
    documents, problems = sheet_documents(book)
    assert [p for p in book.in_order([*draft.problems, *problems]) if p.severity == "error"] == []
    data = {sheet: document.data for sheet, document in documents.items()}
    again = write_case(tmp_path / "again", draft, data)
    ties = find_case(name) / "entities.ftm.json"
    if ties.is_file():  # not part of a workbook: whoever exports is told to keep the file
        shutil.copy(ties, again)
    after = load_case(again)
    days = {fact.known_on for fact in before.facts} | {sheet.known_on for sheet in before.sheets}
    for day in days | {before.decision_date}:
        assert after.view(day).sha256 == before.view(day).sha256
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert without_places(parse_sheet(new.document)) == without_places(parse_sheet(old.document))


def test_the_common_clauses_of_the_first_case_need_no_yaml():
    sheets = load_case(find_case("nio-hefei-2020")).sheets
    assert rows_of(*sheets)["other"] == ()


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheet_data())
def test_any_term_sheet_comes_back_with_the_same_meaning(path, data):
    document = document_of(data)
    back = through(path, SheetFile("a", date(2020, 1, 1), document))["a"]
    assert exact(sorted_keys(back.data)) == exact(sorted_keys(document.data))
    assert without_places(parse_sheet(back)) == without_places(parse_sheet(document))


def test_what_no_column_holds_travels_as_yaml_as_it_stands(path):
    file = sheet_file(OTHER)
    other = {(row["section"], row.get("id")): row for row in rows_of(file)["other"]}
    assert {key for key in other if key[0] not in {"promises", "instruments"}} == {
        ("parties", "city"),
        ("tiers", "b"),
        ("unknown_clauses", "bare"),
    }
    assert "type: loan        # not among the columns" in other["instruments", "bridge"]["yaml"]
    assert "limits: {total: 3000}" in other["parties", "city"]["yaml"]
    back = through(path, file)["a"].data
    assert exact(sorted_keys(back)) == exact(sorted_keys(file.document.data))
    assert list(back["parties"]) == ["company", "city", "fund"]
    assert [tier["id"] for tier in back["tiers"]] == ["a", "b", "c"]
    assert list(back["unknown_clauses"]) == ["bare", "exit"]


def test_a_deal_with_every_kind_of_common_clause_comes_back(path):
    file = sheet_file(DEAL)
    back = through(path, file)["a"]
    assert without_places(parse_sheet(back)) == without_places(parse_sheet(file.document))
    assert {row["section"] for row in rows_of(file)["other"]} <= {"parties"}


IN_BOTH = """\
deal: both
title: {en: A deal, zh: 一笔交易}
currency: CNY
known_on: 2020-01-01
signed: 2020-01-02
parties:
  company: {role: issuer, name: {en: Example, zh: 样例公司}}
  city: {role: public, name: {zh: 样例市}, note: {en: pays, zh: 出资}}
instruments:
  stake:
    type: equity
    name: {en: stake, zh: 股权}
    issuer: company
    share: 18%
    tranches: [{id: t1, name: {en: first, zh: 首期}, amount: 100, due: 2020-02-01}]
    contribution: {company: {assets: {value: 5, basis: {en: book value, zh: 账面值}}}}
covenants:
  hq: {require: hq_local, text: {en: It stays., zh: 总部不迁。}}
events:
  permit: {name: {en: permit is given, zh: 取得许可}, due: 2020-06-30, probability: 90%}
tiers:
  - id: a
    name: {en: headquarters, zh: 总部}
    when: hq_local
    proof: {en: licence, zh: 营业执照}
    leaving_costs: {low: 1, high: 2, source: {en: "judgement: rent", zh: 判断：租金}}
unknown_clauses:
  exit: {text: {en: how to leave, zh: 退出方式}}
"""


def test_words_in_both_languages_have_columns_and_come_back(path):
    file = sheet_file(IN_BOTH)
    assert rows_of(file)["other"] == ()
    documents = through(path, file)
    assert sorted_keys(documents["a"].data) == sorted_keys(file.document.data)
    sheet = parse_sheet(documents["a"])
    told = (sheet.title, sheet.tiers[0].name, sheet.covenants[0].text, sheet.events[0].name, sheet.unknown[0].text)
    assert [localised(words, "zh") for words in told] == ["一笔交易", "总部", "总部不迁。", "取得许可", "退出方式"]
    assert (localised(sheet.tiers[0].leaving_costs.source, "zh"), sheet.parties[1].name) == ("判断：租金", "样例市")


REBATES = """\
deal: jobs
currency: EUR
known_on: 2024-01-01
signed: 2024-01-02
parties:
  company: {role: issuer}
  state: {role: public}
incentives:
  rebate:
    type: rebate
    name: {en: tax rebate, zh: 税收返还}
    from: state
    amount: 17.21 per year
    years: 10
    start: 2024-12-31
    if: headcount >= 500
    clawback: {when: headcount < 300, recover: 100%, enforced: {unknown: {low: 40%, high: 80%, note: judgement}}}
    note: for jobs
  settling: {type: grant, from: state, amount: 40}
  land: {type: land, from: state, hectares: 10, value: 100, discount: 20%}
  credits: {type: rebate, from: state, amount: {unknown: {low: 5 per year, high: 7.5 per year}}, years: 5}
  unseen: {type: grant, from: state, amount: unknown}
"""


def test_grants_and_rebates_are_rows_and_come_back(path):
    file = sheet_file(REBATES)
    rows = rows_of(file)
    assert [(row["id"], row["amount"], row.get("per")) for row in rows["support"]] == [
        ("rebate", 17.21, "year"),
        ("settling", 40, None),
        ("credits", "unknown", "year"),
        ("unseen", "unknown", None),
    ]
    assert [row["id"] for row in rows["other"]] == ["land"]
    assert sorted_keys(through(path, file)["a"].data) == sorted_keys(file.document.data)
    assert list(through(path, file)["a"].data["incentives"]) == list(file.document.data["incentives"])


def test_a_wrong_cell_of_a_rebate_is_named(path):
    path.unlink(missing_ok=True)
    write_book(path, sheet_rows([sheet_file(REBATES)]))
    book = openpyxl.load_workbook(path)
    sheet = book["Grants and rebates"]
    heads = {str(cell.value).partition(" /")[0]: cell.column_letter for cell in sheet[1]}
    sheet[f"{heads['From']}2"] = "nobody"
    sheet[f"{heads['Condition']}2"] = "headcounts >= 5"
    sheet[f"{heads['Part given back']}2"] = "all"
    book.save(path)
    read = read_book(path, layouts("terms"))
    documents, problems = sheet_documents(read)
    found = read.in_order([*problems, *read_sheet(documents["a"]).problems])
    errors = [p.place.file.rpartition("!")[2] for p in found if p.severity == "error"]
    assert errors == [f"{heads[head]}2" for head in ("From", "Condition", "Part given back")]


def test_words_in_another_language_are_refused(path):
    reading = read_sheet(document_of({"title": {"en": "A deal", "de": "Geschäft"}, "deal": "d"}))
    assert "terms.sheet.not_text" in [p.cause.id for p in reading.problems]


def test_versions_of_a_term_sheet_stay_apart(path):
    first, second = sheet_file(DEAL, "first"), sheet_file(DEAL.replace("18%", "20%"), "second")
    back = through(path, first, second)
    assert [back[name].data["instruments"]["stake"]["share"] for name in ("first", "second")] == ["18%", "20%"]


# -- wrong cells -----------------------------------------------------------------------------------------------


def book_with(path, cells, text=DEAL):
    path.unlink(missing_ok=True)
    write_book(path, sheet_rows([sheet_file(text)]))
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        sheet, cell = name.split("!")
        header, row = cell.rstrip("0123456789"), int(re.sub(r"\D", "", cell))
        column = next(c.column_letter for c in book[sheet][1] if str(c.value).split(" / ")[0] == header)
        book[sheet][f"{column}{row}"] = value
    book.save(path)
    return path


def errors_of(path):
    book = read_book(path, layouts("terms"), "b.xlsx")
    documents, problems = sheet_documents(book)
    for document in documents.values():
        problems += read_sheet(document).problems
    errors = [p for p in book.in_order(problems) if p.severity == "error"]
    for problem in errors:
        format_problem(problem)
    return [(p.place.file.partition(":")[2], p.cause.id) for p in errors]


WRONG = {
    "lapsed before due": (
        {"Instalments!Expires2": date(2019, 9, 30)},
        "Instalments!",
        "terms.sheet.expires_before_due",
    ),
    "share over 100 %": ({"Stakes!Share2": 1.8}, "Stakes!", "terms.sheet.not_fraction"),
    "negative amount": ({"Instalments!Amount2": -5}, "Instalments!", "terms.sheet.negative_amount"),
    "unknown name": ({"Rights!Trigger2": "profitt > 3"}, "Rights!", None),
    "unknown party": ({"Holders!Party2": "nobody"}, "Holders!", "terms.sheet.no_such_holder"),
    "formula": ({"Instalments!Amount3": "=500*2"}, "Instalments!", "evidence.workbook.formula"),
    "text for an amount": ({"Instalments!Amount3": "one billion"}, "Instalments!", "evidence.workbook.not_number"),
    "duplicate covenant": ({"Covenants!Id3": "headquarters"}, "Covenants!", "terms.workbook.duplicate"),
    "duplicate tier": ({"Tiers!Id3": "office"}, "Tiers!", "terms.workbook.duplicate"),
    "other term sheet": ({"Events!Term sheet2": "b"}, "Events!", "terms.workbook.sheet_unknown"),
    "other stake": ({"Holders!Stake2": "steak"}, "Holders!", "terms.workbook.stake_unknown"),
    "no id": ({"Covenants!Id2": None}, "Covenants!", "terms.workbook.no_id"),
    "currency": ({"Terms!Currency2": "RMB"}, "Terms!", None),
    "role": ({"Parties!Role2": "boss"}, "Parties!", "evidence.workbook.not_choice"),
    "value and bracket": ({"Stakes!Share low2": 0.1}, "Stakes!", "terms.workbook.value_and_bracket"),
    "path as name": ({"Terms!Term sheet2": "../a"}, "Terms!", "core.id.invalid"),
}


def test_an_instalment_that_was_paid_before_the_signing_is_taken_from_its_row(path):
    assert errors_of(book_with(path, {"Instalments!Due2": date(2019, 9, 30)})) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_clause_is_named_by_its_cell(path, name):
    cells, sheet, cause = WRONG[name]
    found = errors_of(book_with(path, cells))
    assert any(place.startswith(sheet) and cause in (c, None) for place, c in found), found


def test_all_wrong_clauses_are_named_at_once(path):
    cells = {"Instalments!Amount2": -5, "Rights!Trigger2": "profitt > 3", "Stakes!Share2": 1.8}
    sheets = {place.partition("!")[0] for place, _ in errors_of(book_with(path, cells))}
    assert sheets == {"Instalments", "Rights", "Stakes"}


def test_broken_yaml_is_named_by_its_cell(path):
    cells = {"Other clauses!Section9": "promises", "Other clauses!YAML9": "{road: ["}
    assert ("Other clauses!E9", "reading.yaml.syntax") in errors_of(book_with(path, cells))


def test_the_only_term_sheet_and_stake_need_not_be_named(path):
    cells = {"Events!Term sheet2": None, "Instalments!Stake2": None, "Holders!Stake2": None}
    assert errors_of(book_with(path, cells)) == []


def test_a_broken_workbook_makes_no_sheet(path):
    path.write_bytes(b"no workbook")
    with pytest.raises(InvalidInput):
        read_book(path, layouts("terms"))
