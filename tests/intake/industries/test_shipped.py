"""The panels that come with Guanzi: their files hold what their records say, and a scan reads it as it was meant."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest
from tests.scripts import script

import guanzi.library
from guanzi.base.core import InvalidInput
from guanzi.intake.industries import names_of, shipped_panel, shipped_records, shipped_rows
from guanzi.intake.industries import shipped as module

FOLDER = Path(guanzi.library.__path__[0]) / "panels"
IDS = tuple(shipped_records())
MOST_BYTES = 6_000_000


def test_every_file_has_a_record_and_its_hash_and_all_are_small():
    files = {path.stem: path for path in FOLDER.glob("*.parquet")}
    assert set(files) == set(IDS)
    for id, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == shipped_records()[id].sha256
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES


def test_what_came_through_a_vendor_is_not_shipped():
    told = (FOLDER / "panels.yaml").read_text("utf-8").casefold()
    assert not any(word in told for word in ("revenue", "营业收入", "wind", "万得"))


def test_a_file_that_was_altered_is_refused(monkeypatch):
    record = shipped_records()["cn-exports"].model_copy(update={"sha256": "0" * 64})
    monkeypatch.setattr(module, "shipped_records", lambda: {"cn-exports": record})
    with pytest.raises(InvalidInput) as refused:
        shipped_panel("cn-exports")
    assert refused.value.problems[0].cause.id == "panels.shipped.altered"


def test_the_files_are_what_the_script_makes_of_the_research_data(shared_data, tmp_path):
    regional = script("regional_panels")
    regional.write(shared_data, tmp_path)
    for id in IDS:
        assert parquet.read_table(tmp_path / f"{id}.parquet").equals(parquet.read_table(FOLDER / f"{id}.parquet")), id
    assert (tmp_path / "names.csv").read_bytes() == (FOLDER / "names.csv").read_bytes()


@pytest.mark.parametrize("id", IDS)
def test_every_code_has_its_names_and_no_two_share_one(id):
    record, rows = shipped_records()[id], shipped_rows(id)
    for kind, codes in ((record.regions, rows.region), (record.industries, rows.industry)):
        named = names_of(kind)
        assert set(codes) <= set(named)
        assert max(Counter(str(one.name) for one in named.values()).values()) == 1
        if kind != "nz-area":  # small towns have no Chinese name in use
            chinese = Counter(one.name.zh for one in named.values())
            assert all(chinese)
            assert max(chinese.values()) == 1


@pytest.mark.parametrize("id", IDS)
def test_a_cell_of_a_panel_is_the_sum_of_its_rows_unknown_or_none(id):
    record, rows, panel = shipped_records()[id], shipped_rows(id), shipped_panel(id)
    into = {part: whole for whole, parts in record.joined.items() for part in parts}
    held: dict[tuple[int, str, str], float] = {}
    regions, industries = names_of(record.regions), names_of(record.industries)
    cells = zip(rows.year, rows.region, rows.industry, rows.value, rows.flag, strict=True)
    for year, region, code, value, flag in cells:
        if year >= record.since:
            key = int(year), str(regions[region].name), str(industries[into.get(code, code)].name)
            held[key] = held.get(key, 0.0) + (value if value >= 0 and flag not in record.doubtful else np.nan)
    assert len(held) > 100
    years = [panel.matrix(year) for year in panel.years], [panel.unknown(year) for year in panel.years]
    seen = 0
    for (year, region, industry), value in held.items():
        at = panel.years.index(year), panel.region_at(region), panel.industry_at(industry)
        matrix, unknown = years[0][at[0]][at[1:]], years[1][at[0]][at[1:]]
        assert unknown if np.isnan(value) else (matrix == value and not unknown)
        seen += bool(unknown)
    counted = sum(int(unknown.sum()) for unknown in years[1])
    assert counted == seen if record.absent == "none" else counted >= seen


def test_figures_are_read_as_they_were_published():
    employment = shipped_panel("cn-employment")
    cars = employment.series("Anhui", "Manufacture of transport equipment")
    assert (cars[2005], cars[2016]) == (69311, 142115)  # the second is the sum of two codes
    hebei = employment.matrix(2009)[employment.region_at("Hebei")]
    makers = [k for k, code in enumerate(names_of("industry")) if code.startswith("C") and code not in ("C36", "C37")]
    names = [str(one.name) for one in names_of("industry").values()]
    total = sum(hebei[employment.industry_at(names[k])] for k in makers)
    assert total == pytest.approx(1_169_800, rel=0.001)  # tjj.hebei.gov.cn/extra/col20/2010/0204.htm: 116.98 x 10,000
    assert shipped_panel("cn-city-firms").series("Hefei", "Semiconductors")[2025] == 5


@pytest.mark.parametrize(
    ("id", "day", "last"),
    [
        ("cn-employment", date(2016, 12, 30), 2014),
        ("cn-employment", date(2016, 12, 31), 2015),
        ("cn-output", date(2020, 4, 29), 2012),
        ("cn-output", date(2020, 12, 31), 2017),
        ("cn-city-firms", date(2020, 4, 29), 2019),
    ],
)
def test_a_day_bounds_a_panel_by_when_its_figures_came(id, day, last):
    assert shipped_panel(id).known_by(day).years[-1] == last


def test_the_first_year_of_output_without_services_is_shipped_and_not_scanned():
    assert min(shipped_rows("cn-output").year) == 1997
    assert shipped_panel("cn-output").years[0] == 2002
