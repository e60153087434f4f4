"""A sum of a deal of which clauses were not seen says so wherever it is told; a mean outside its band says why."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.advice.appraisal import Year, appraise, outlying
from guanzi.advice.appraisal.deal import known_part
from guanzi.base.core import InvalidInput, Message, catalogue
from guanzi.deal.terms import parse_sheet
from guanzi.jobs.appraisal.documents.brief import _row as brief_row
from guanzi.jobs.appraisal.documents.brief import brief_document
from guanzi.jobs.appraisal.documents.cash_chart import cash_sentence
from guanzi.jobs.appraisal.documents.chart_tables import cash_table
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.decisions.documents.paper import memorandum
from guanzi.jobs.following.documents.monitor import _SIGNED
from guanzi.jobs.tracks.regionscan import is_place
from guanzi.record.evidence import find_case, load_case
from guanzi.render import KeyFigures, localise
from guanzi.study.tracks.places import find_place

MARK = {"en": "as far as amounts are known", "zh": "就已知金额而言"}
APPLE = Path(__file__).parent / "cases" / "apple-waukee-2017"


@pytest.fixture(scope="module")
def appraisal():
    return appraise(load_case(APPLE), paths=64)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_given_is_told_as_known_in_part_in_every_document(appraisal, lang):
    given = {"en": "208 m US dollars", "zh": "2.08亿美元"}[lang]
    seen = 0
    for document in (appraisal_document(appraisal), brief_document(appraisal), memorandum(appraisal)):
        blocks = [block for section in document.sections for block in section.blocks]
        keys = [key for block in blocks if isinstance(block, KeyFigures) for key in block.items]
        for key in (key for key in keys if "figure:public.amount" in key.rests):
            assert MARK[lang] in localise(key.label, lang)
            seen += 1
    headline = localise(Message.from_dict(appraisal.summary.headline.model_dump()), lang)
    assert given in headline
    assert MARK[lang] in headline
    assert seen


def test_the_mark_hangs_on_clauses_that_were_not_seen_and_on_gifts():
    sheet = parse_sheet(load_case(APPLE).sheets[-1].document)
    assert known_part(sheet) is not None
    assert known_part(replace(sheet, unknown=())) is None
    stake = load_case(find_case("nio-hefei-2020"))
    assert known_part(parse_sheet(stake.sheets[-1].document)) is None
    assert known_part(None) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_headline_tells_an_amount_of_all_without_room_for_the_mark(lang):
    told = {id: text for id, text in catalogue("appraisal", lang).items() if id.startswith("appraisal.headline.")}
    amounts = {id: text for id, text in told.items() if "{amount" in text}
    assert amounts
    assert [id for id, text in amounts.items() if "{known}" not in text] == []


AMOUNT = st.floats(0.0, 1e5)


@given(AMOUNT, AMOUNT, AMOUNT)
def test_a_mean_outside_its_band_says_why_wherever_years_are_told(mean, one, other):
    low, high = sorted((one, other))
    year = Year(year=2025, planned=0.0, mean=mean, low=low, high=high, receipts_mean=0.0, share_of_budget=None)
    outside = not low - 1e-9 * max(1, mean) <= mean <= high + 1e-9 * max(1, mean)
    why = outlying(mean, low, high)
    assert (why is not None) == outside
    assert why is None or why.id.endswith("above" if mean > high else "below")
    cells = (cash_table([year], "CNY m", "").rows[0].cells[1], brief_row(year, "CNY m").cells[1])
    assert [bool(cell.notes) for cell in cells] == [outside, outside]
    said = cash_sentence([year], "CNY m")
    assert (said.id == "reports.parts_said") == outside


def test_a_framework_is_not_called_a_signed_deal():
    assert set(_SIGNED) == {"definitive", "framework", "draft"}
    for lang, word in (("en", "signed deal"), ("zh", "投后")):
        heads = catalogue("reports", lang)
        assert word in heads["reports.monitor.kicker"]
        assert word not in heads["reports.monitor.kicker.framework"] + heads["reports.monitor.kicker.draft"]


TYPED = [("wuhn", "Wuhan"), ("Hefie", "Hefei"), ("shenzen", "Shenzhen"), ("Anhiu", "Anhui")]


@pytest.mark.parametrize(("typed", "meant"), TYPED)
def test_a_misspelt_place_is_answered_with_the_nearest_and_not_as_a_file(typed, meant):
    assert is_place(Path(typed))
    with pytest.raises(InvalidInput) as error:
        find_place(typed)
    (problem,) = error.value.problems
    assert problem.fix is not None
    assert meant in [str(one) for one in dict(problem.fix.params)["near"]]


@pytest.mark.parametrize("file", ["panel.csv", "data/wuhan", "panel.parquet", "nz-employment"])
def test_what_can_be_a_file_is_read_as_one(file):
    assert not is_place(Path(file))
