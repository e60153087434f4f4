"""The scorer sees what was planted: each wrong thing lowers the measure that is there for it, and no other."""

import json

import pytest
from tests.golden.score import LARGEST, counted, faults, holds, judge, keys, score, table

EVERY = {key["document"]: (part, key) for part, key in keys()}
REPORT = "lanyue-annual-2023.pdf"


def told(entry, key, **changed):
    """A proposal that says what an entry of a key says, but for what is changed."""
    kept = {
        name: entry[name]
        for name in ("page", "sheet", "cell", "fact", "value", "unit", "period", "box")
        if name in entry
    }
    return {"document": key["document"], "known_on": key["known_on"], **kept, **changed}


def planted(document, change=None, only=None):
    """The count over one document whose facts are all told rightly, those that ``only`` chooses changed."""
    part, key = EVERY[document]
    proposals = [told(e, key, **(change(e) if change and (only is None or only(e)) else {})) for e in key["must"]]
    return counted([judge(part, key, proposals)])


def first(document, fact, kind="must", **given):
    part, key = EVERY[document]
    chosen = (e for e in key[kind] if e["fact"] == fact and all(e[name] == value for name, value in given.items()))
    return part, key, next(chosen)


def verdict(document, fact, /, kind="must", given=None, **changed):
    part, key, entry = first(document, fact, kind, **(given or {}))
    return judge(part, key, [told(entry, key, **changed)]).judged[0]


@pytest.mark.parametrize("document", EVERY)
def test_whoever_tells_the_key_has_all_of_it(document):
    count = planted(document)
    assert (count.recall, count.precision) == (1, 1)
    assert count.share("day") == 1
    assert {count.share("page"), count.share("box")} <= {1, None}
    assert not count.verdicts["forbidden"]


@pytest.mark.parametrize("document", EVERY)
def test_whoever_tells_nothing_has_nothing(document):
    part, key = EVERY[document]
    count = counted([judge(part, key, [])])
    assert (count.recall, count.precision) == (0, None)


@pytest.mark.parametrize("document", EVERY)
def test_whoever_tells_what_must_not_be_told_is_caught(document):
    part, key = EVERY[document]
    reading = judge(part, key, [told(entry, key) for entry in key["not"]])
    assert key["not"]
    assert {one.verdict for one in reading.judged} == {"forbidden"}
    assert (counted([reading]).recall, counted([reading]).precision) == (0, 0)


def test_what_may_be_found_is_right_and_nobody_is_asked_for_it():
    part, key = EVERY["heliad-annual-2023.pdf"]
    count = counted([judge(part, key, [told(entry, key) for entry in key["may"]])])
    assert count.precision == 1
    assert count.recall < 0.1


def test_a_fact_that_is_left_out_lowers_recall_alone():
    part, key = EVERY[REPORT]
    kept = [told(entry, key) for entry in key["must"] if entry["fact"] != "cash"]
    count = counted([judge(part, key, kept)])
    assert count.found == count.wanted - 2
    assert count.precision == 1


def test_a_fact_that_stands_twice_is_one_fact_with_two_places():
    part, key = EVERY["kestrel-annual-2023.pdf"]
    places = [entry for entry in key["must"] if entry["fact"] == "deliveries" and entry["period"] == "2023"]
    assert len(places) == 2
    reading = judge(part, key, [told(places[1], key)])
    assert sum(fact.found for fact in reading.wanted) == 1
    assert reading.judged[0].box


@pytest.mark.parametrize(
    "changed",
    [
        {"value": 4_862_310_000_570},  # in thousands that are units
        {"unit": "USD"},
        {"period": "2022"},
        {"period": "2023-12-31"},
        {"fact": "cost_of_revenue"},
        {"value": None},
        {"value": True},
        {"value": [1, 2]},
    ],
)
def test_wrong_values_units_periods_and_names_are_wrong(changed):
    assert verdict(REPORT, "revenue", given={"period": "2023"}, **changed).verdict == "wrong"


def test_a_thousand_times_too_much_lowers_precision_and_recall():
    count = planted(REPORT, lambda e: {"value": e["value"] * 1000}, lambda e: e["fact"] == "total_assets")
    assert count.recall < 1
    assert count.verdicts["wrong"] == sum(e["fact"] == "total_assets" for e in EVERY[REPORT][1]["must"])


def test_amounts_say_the_same_in_units_and_in_millions():
    _, _, entry = first(REPORT, "revenue", period="2023")
    assert (
        verdict(REPORT, "revenue", given={"period": "2023"}, value=entry["value"] / 1e6, unit="CNY m").verdict
        == "right"
    )
    assert verdict(REPORT, "revenue", given={"period": "2023"}, unit="CNY m").verdict == "wrong"


def test_energy_says_the_same_in_gigawatt_hours_and_in_kilowatt_hours():
    name = "qingchuan-prospectus.pdf"
    assert verdict(name, "capacity", value=6_500_000, unit="kWh/year").verdict == "right"
    assert verdict(name, "capacity", value=6_500_000, unit="kWh").verdict == "wrong"
    assert verdict(name, "capacity", value=6_500, unit="kWh/year").verdict == "wrong"
    assert verdict(name, "plan_capacity", fact="capacity", value=12_000_000, unit="kWh/year").verdict == "forbidden"


def test_a_loss_is_a_negative_profit_and_no_positive_one():
    _, _, entry = first("kestrel-annual-2023.pdf", "net_loss", period="2023")
    assert entry["value"] > 0
    assert verdict("kestrel-annual-2023.pdf", "net_loss", fact="net_profit", value=-entry["value"]).verdict == "right"
    assert verdict("kestrel-annual-2023.pdf", "net_loss", fact="net_profit").verdict == "wrong"
    assert verdict("kestrel-annual-2023.pdf", "net_loss", value=-entry["value"]).verdict == "wrong"


def test_a_span_that_is_a_quarter_is_the_quarter():
    assert (
        verdict("luopu-investment.pdf", "revenue", given={"period": "2024Q1"}, period="2024-01/2024-03").verdict
        == "right"
    )
    assert verdict("luopu-investment.pdf", "revenue", given={"period": "2024Q1"}, period="2024").verdict == "wrong"


def test_a_figure_of_the_year_so_far_has_two_names():
    name = "ostara-deliveries-2024-10.html"
    given = {"period": "2024-01/2024-10"}
    assert verdict(name, "deliveries", given=given, fact="deliveries_to_date", period="2024-10-31").verdict == "right"
    assert verdict(name, "deliveries", given=given, period="2024").verdict == "wrong"
    assert verdict(name, "deliveries", given={"period": "2024-10"}, fact="deliveries_to_date").verdict == "wrong"


def test_a_balance_has_its_day_and_a_headcount_its_year_as_well():
    assert verdict(REPORT, "cash", given={"period": "2023-12-31"}, period="2023").verdict == "wrong"
    assert verdict(REPORT, "headcount", period="2023").verdict == "right"
    assert verdict(REPORT, "headcount", period="2022").verdict == "wrong"


def test_an_interval_is_told_whole_or_by_an_end_that_may_be_told():
    name = "ostara-2024-q2.pdf"
    part, key, entry = first(name, "delivery_guidance", value={"low": 13500, "high": 14500})
    for value in (entry["value"], [13500, 14500]):
        reading = judge(part, key, [told(entry, key, value=value)])
        assert reading.judged[0].verdict == "right"
        assert sum(fact.found for fact in reading.wanted) == 1
    end = judge(part, key, [told(entry, key, value=13500)])
    assert end.judged[0].verdict == "right"
    assert not any(fact.found for fact in end.wanted)
    assert (
        verdict(name, "delivery_guidance", given={"value": entry["value"]}, fact="deliveries", value=13500).verdict
        == "forbidden"
    )


def test_a_flag_is_yes_or_no():
    assert verdict("corvid-report-2023.pdf", "going_concern_doubt").verdict == "right"
    assert verdict("corvid-report-2023.pdf", "going_concern_doubt", value=False).verdict == "wrong"


def test_words_are_counted_and_not_judged():
    one = verdict(REPORT, "revenue", fact="funding_text", value="funded", unit="text")
    assert one.verdict == "words"
    part, key = EVERY[REPORT]
    assert counted([judge(part, key, [one.proposal])]).precision is None


def test_a_wrong_page_box_or_day_is_seen_by_its_own_measure():
    for changed, of in (
        ({"page": 1}, {"page", "box"}),
        ({"box": [0, 0, 20, 20]}, {"box"}),
        ({"box": None}, {"box"}),
        ({"known_on": "2024-03-30"}, {"day"}),
    ):
        count = planted(REPORT, lambda e, changed=changed: changed, lambda e: e["fact"] == "headcount")
        assert (count.recall, count.precision) == (1, 1)
        assert {name for name in count.held if count.share(name) < 1} == of


def test_a_cell_of_a_workbook_stands_for_page_and_box():
    name = "tamarack-model.xlsx"
    right, other, elsewhere = (
        verdict(name, "revenue", **changed) for changed in ({}, {"cell": "A1"}, {"sheet": "Drivers"})
    )
    assert (right.page, right.box) == (True, True)
    assert (other.page, other.box) == (True, False)
    assert (elsewhere.page, elsewhere.box) == (False, False)


def test_a_box_holds_a_figure_that_lies_in_it():
    figure = [100, 100, 140, 110]
    assert holds(figure, figure)
    assert holds([60, 98, 500, 112], figure), "a row holds its figure"
    assert holds([102, 101, 138, 109], figure), "a box a little too small"
    assert not holds([100, 120, 140, 130], figure), "the row below"
    assert holds([100, 100, 124, 110], figure), "two thirds of the figure"
    assert not holds([100, 100, 118, 110], figure), "half of the figure"
    assert holds([0, 80, 595, 79 + LARGEST / 595], figure), "a few lines hold their figures"
    assert not holds([0, 80, 595, 81 + LARGEST / 595], figure), "a box that holds much points at nothing"


def test_digital_and_scanned_pages_are_counted_apart():
    part, key = EVERY["corvid-report-2023.pdf"]
    reading = judge(part, key, [told(entry, key) for entry in key["must"] if entry["page"] not in key["scanned"]])
    digital, scanned = counted([reading], False), counted([reading], True)
    assert (digital.pages, scanned.pages) == (1, 2)
    assert digital.recall == 1
    assert 0 < digital.wanted < counted([reading]).wanted
    assert scanned.found == 0


def test_of_locked_documents_faults_are_counted_and_not_told():
    readings = score([])
    missed = faults(readings)
    assert any(REPORT in line and "missed revenue 2023" in line for line in missed)
    locked = [document for document, (part, _) in EVERY.items() if part == "locked"]
    assert not [line for line in missed if any(document in line for document in locked)]
    assert "| locked, digital | 6 | 15 |" in table(readings)


def test_a_document_without_a_key_is_no_result():
    with pytest.raises(ValueError, match=r"other\.pdf"):
        score([{"document": "other.pdf", "fact": "revenue"}])


def test_documents_are_known_by_the_name_of_their_file():
    _, key, entry = first(REPORT, "revenue")
    readings = score(json.loads(json.dumps([told(entry, key, document=f"/somewhere/{REPORT}")])))
    assert sum(len(reading.judged) for reading in readings) == 1
