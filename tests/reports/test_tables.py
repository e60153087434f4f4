"""The data behind a chart, as a table."""

from tests.reports.sample import STEPS, exposure, sample

from guanzi.reports.tables import cash_table, exposure_table, fan_table, payment_table, tier_table

APPRAISAL = sample()
EXPOSURE = exposure()


def test_a_fan_has_a_row_for_every_day_and_a_column_for_every_quantile():
    table = fan_table(APPRAISAL.fans["cash"], "en")
    assert len(table.rows) == len(STEPS)
    assert {len(cells) for _, cells in table.rows} == {5}
    assert table.unit == "bn yuan"


def test_cells_are_rounded_and_keep_full_precision_for_hover():
    cell = fan_table(APPRAISAL.fans["cash"], "en").rows[0][1][2]
    assert (cell.text, cell.exact) == ("3.00", "3,000 m yuan")


def test_losses_stand_side_by_side_and_are_not_added():
    table = exposure_table(EXPOSURE, "en")
    assert sum("Loss on failure" in head for head in table.head) == 3
    assert sum("Loss on departure" in head for head in table.head) == 3
    assert len(table.head) == 7


def test_the_last_payment_adds_up_to_what_was_promised():
    assert payment_table(EXPOSURE, "en").rows[-1][1][1].text == "7.0"


def test_tiers_are_shares_of_paths():
    assert tier_table(EXPOSURE, "en").unit == "percent"


def test_a_year_without_a_budget_has_no_evidence_for_its_share():
    rows = dict(cash_table(APPRAISAL.accounts.years, "CNY m", "en").rows)
    assert rows["2022"][-1].text == "no evidence"
    assert rows["2020"][-1].text.replace("\xa0", " ") == "8 %"
