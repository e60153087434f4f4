"""What is shipped is what was published: hashes, balances, totals, and every bill on every table."""

import hashlib
from importlib.resources import files

import numpy as np
import pytest

from guanzi.base.core import Bilingual
from guanzi.intake.inputoutput import find_bill, find_province, find_table, table_cards, table_names, unpacked
from guanzi.intake.inputoutput.shipped import provinces
from guanzi.study.chains.multipliers import study

BILLS = sorted(p.name.removesuffix(".yaml") for p in files("guanzi.library").joinpath("inputoutput", "bills").iterdir())
NAMES = table_names()
FILES = [*(f"tables/{name}" for name in NAMES), "regions/provinces-2017", "regions/together-2017"]


def text_of(path):
    with unpacked(*path.split("/")) as found:
        return found.read_text("utf-8")


@pytest.mark.parametrize("path", FILES)
def test_each_file_is_the_one_on_its_card(path):
    cards = table_cards()
    wholes = {f"regions/{card.file}": card for card in (cards.regions, cards.together)}
    stated = wholes.get(path) or cards.tables[path.partition("/")[2]]
    assert hashlib.sha256(text_of(path).encode()).hexdigest() == stated.sha256
    assert isinstance(stated.publisher, Bilingual)
    assert stated.publisher.zh
    assert stated.basis.zh


def test_the_files_are_made_of_the_published_ones(shared_data):
    from scripts.io_tables import made

    for path, text in made(shared_data).items():
        assert text_of(path) == text, path


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_columns_add_up_to_a_thousandth_of_the_sector(name):
    table = find_table(name)
    zero = np.zeros(len(table.codes))
    costs = [table.primary[k] for k in ("product_taxes", "imports", "other") if k in table.primary]
    columns = table.flows.sum(axis=0) + sum(costs, zero) + table.value_added
    uses = table.flows.sum(axis=1) + sum(table.final.values(), zero) - table.imports
    assert columns == pytest.approx(table.output, rel=1e-3, abs=1e-6 * table.output.sum())
    if name != "us-2017":  # there sectors also make products of others: rows add up to products, columns to sectors
        assert uses == pytest.approx(table.output, rel=1e-3, abs=1e-6 * table.output.sum())
    assert all(label and label.localised("zh") for label in table.labels)
    assert table.invented is (name == "invented")


@pytest.mark.parametrize(
    ("name", "added", "published"),
    [
        ("china-2020", 1e4, 101.642e12),  # value added of the table, yuan
        ("china-2020-42", 1e4, 101.642e12),
        ("us-2017", 1e6, 19.612e12),  # gross domestic product of 2017, dollars
    ],
)
def test_value_added_is_the_published_total(name, added, published):
    assert find_table(name).value_added.sum() * added == pytest.approx(published, rel=5e-4)


def test_the_fine_table_adds_up_to_the_coarse_one_of_the_same_year():
    fine, coarse, groups = find_table("china-2020"), find_table("china-2020-42"), table_cards().groups
    of = {code: sum(float(o) for c, o in zip(fine.codes, fine.output, strict=True) if groups[c[:2]] == code)
          for code in coarse.codes}  # fmt: skip
    assert list(of.values()) == pytest.approx(coarse.output.tolist(), rel=1e-6)


def test_the_sectors_of_a_province_are_those_of_its_own_table():
    anhui, nation = find_table("anhui-2017"), find_table("china-2020-42")
    assert list(provinces()[Bilingual("Anhui")].values()) == pytest.approx(anhui.output.tolist(), rel=1e-6)
    sizes = find_province("安徽", nation)
    everywhere = np.array([sum(p[code] for p in provinces().values()) for code in nation.codes])
    assert list(sizes.region.values()) == pytest.approx((anhui.output / everywhere * nation.output).tolist(), rel=1e-6)
    assert (sizes.city, find_province("changshu", nation).city) == ("", "changshu")
    assert find_province("Anhui", find_table("us-2017")) is None
    assert find_province("Anhui", anhui) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bill", BILLS)
def test_every_bill_runs_on_every_table(bill, name):
    table, read = find_table(name), find_bill(bill)
    fitted = read.fitted(table)
    assert {c.sector for c in fitted.components} <= set(table.codes)
    found = study(table, fitted.sector, read)
    output = found.answer("output")
    assert 1.0 <= output.bill.low <= output.bill.high < 5.0
    added, outside = found.answer("value_added").bill, found.answer("imports").bill
    assert 0.0 <= added.low <= added.high <= 1.0
    assert 0.0 <= outside.low <= outside.high <= 1.0
