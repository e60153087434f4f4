"""The data behind a chart, as a table."""

from tests.jobs.sample import STEPS, exposure, sample

from guanzi.jobs.appraisal.documents.chart_tables import (
    cash_table,
    exposure_table,
    fan_table,
    payment_table,
    tier_table,
)
from guanzi.render.localised import localise_table

APPRAISAL = sample()
EXPOSURE = exposure()


def test_a_fan_has_a_row_for_every_day_and_a_column_for_every_quantile():
    table = fan_table(APPRAISAL.fans["cash"], "cash")
    assert len(table.rows) == len(STEPS)
    assert {len(row.cells) for row in table.rows} == {5}
    assert localise_table(table, "en").caption.endswith("(bn yuan)")


def test_cells_are_rounded_and_keep_full_precision_for_hover():
    cell = localise_table(fan_table(APPRAISAL.fans["cash"], "cash"), "en").rows[0][2][2]
    assert (cell.text, cell.exact) == ("3.00", "3,000 m yuan")


def test_losses_stand_side_by_side_and_are_not_added():
    heads = localise_table(exposure_table(EXPOSURE), "en").heads
    assert sum("Loss on failure" in head for head in heads) == 3
    assert sum("Loss if it leaves or gives up" in head for head in heads) == 3
    assert len(heads) == 7


def test_the_last_payment_adds_up_to_what_was_promised():
    assert localise_table(payment_table(EXPOSURE), "en").rows[-1][2][1].text == "7.0"


def test_tiers_are_shares_of_paths():
    assert localise_table(tier_table(EXPOSURE), "en").caption.endswith("(percent)")


def test_a_year_without_a_budget_has_no_evidence_for_its_share():
    shown = localise_table(cash_table(APPRAISAL.accounts.years, "CNY m", "Cash"), "en")
    rows = {head.text: cells for _, head, cells in shown.rows}
    assert rows["2022"][-1].text == "no evidence"
    assert shown.heads[-1].endswith("(percent)")
    assert (rows["2020"][-1].text, rows["2020"][-1].exact.replace("\xa0", " ")) == ("8.0", "8 %")
