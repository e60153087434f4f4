"""Panels of industries come in as files, frames and queries, and all ways give the same panel."""

import importlib.util
import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from tests.study.tracks.economies import economy, rows_of

from guanzi.base.core import InvalidInput, format_problems
from guanzi.intake.industries import Roles, industries_of_frame, industries_of_query, read_industries
from guanzi.intake.industries import rows_of as rows_in

CUBE = economy(6, 8, 3)
FRAME = pd.DataFrame(rows_of(CUBE))
ROLES = Roles("region", "industry", "year", ("value",))


def same(panel):
    """Whether a panel holds the economy."""
    for t, year in enumerate(panel.years):
        np.testing.assert_array_equal(panel.matrix(year), CUBE[t])
    return panel.years == (2000, 2001, 2002) and panel.regions[0] == "r000" and panel.industries[-1] == "i007"


def test_parquet_csv_frame_arrow_and_query_give_the_same_panel(tmp_path):
    shuffled = FRAME.sample(frac=1, random_state=1)
    shuffled.to_parquet(tmp_path / "panel.parquet")
    shuffled.to_csv(tmp_path / "panel.csv", index=False)
    shuffled.to_csv(tmp_path / "panel.tsv", index=False, sep="\t")
    assert same(read_industries(tmp_path / "panel.parquet", ROLES))
    assert same(read_industries(tmp_path / "panel.csv", ROLES))
    assert same(read_industries(tmp_path / "panel.tsv", ROLES))
    assert same(industries_of_frame(shuffled, ROLES))
    assert same(industries_of_frame(pa.Table.from_pandas(shuffled), ROLES))
    with sqlite3.connect(":memory:") as connection:
        shuffled.to_sql("panel", connection, index=False)
        assert same(industries_of_query(connection, "SELECT region, industry, year, value FROM panel", ROLES))
    assert rows_in(tmp_path / "panel.parquet") == len(FRAME)


@pytest.mark.skipif(importlib.util.find_spec("polars") is None, reason="Polars is not installed")
def test_a_frame_of_polars_gives_the_same_panel():
    import polars

    frame = polars.from_pandas(FRAME)
    assert same(industries_of_frame(frame, ROLES))
    assert same(industries_of_frame(frame.lazy(), ROLES))


@pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="the extra 'panels' (DuckDB) is not installed")
def test_a_duckdb_database_gives_the_same_panel(tmp_path):
    import duckdb

    with duckdb.connect(str(tmp_path / "panel.duckdb")) as connection:
        connection.register("given", pa.Table.from_pandas(FRAME))
        connection.execute("CREATE TABLE panel AS SELECT * FROM given")
        assert same(industries_of_query(connection, "SELECT * FROM panel", ROLES))
        assert same(industries_of_frame(connection.table("panel"), ROLES))
    assert same(read_industries(tmp_path / "panel.duckdb", ROLES))
    with pytest.raises(InvalidInput) as refused:
        read_industries(tmp_path / "panel.duckdb", ROLES, table="pannel")
    assert dict(refused.value.problems[0].fix.params)["near"] == "panel"


def test_a_sqlite_database_is_known_by_its_first_bytes_and_gives_the_same_panel(tmp_path):
    for name in ("panel.db", "panel.sqlite", "panel"):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            FRAME.to_sql("panel", connection, index=False)
        assert same(read_industries(tmp_path / name, ROLES))
        assert rows_in(tmp_path / name) == len(FRAME)
    with closing(sqlite3.connect(tmp_path / "two.db")) as connection:
        FRAME.to_sql("jobs", connection, index=False)
        FRAME.to_sql("firms", connection, index=False)
    with pytest.raises(InvalidInput) as refused:
        read_industries(tmp_path / "two.db", ROLES)
    assert "firms" in format_problems(refused.value.problems)
    assert same(read_industries(tmp_path / "two.db", ROLES, table="jobs"))
    with pytest.raises(InvalidInput):
        read_industries(tmp_path / "two.db", Roles("region", "industry", "yaer", ("value",)), table="jobs")


def test_rows_of_a_table_of_text_are_estimated_for_progress(tmp_path):
    lines = [f"place-{k % 50:02d},{k % 9},{2000 + k % 5},{k * k}" for k in range(200_000)]
    (tmp_path / "long.csv").write_text("region,industry,year,value\n" + "\n".join(lines), "utf-8")
    assert rows_in(tmp_path / "long.csv") == pytest.approx(len(lines), rel=0.05)
    (tmp_path / "short.csv").write_text("region,industry,year,value\na,b,2000,1\n", "utf-8")
    assert rows_in(tmp_path / "short.csv") == 1
    assert rows_in(tmp_path / "none.csv") == 0


@pytest.mark.parametrize("kind", ["csv", "parquet", "sqlite", "duckdb"])
def test_every_kind_of_file_tells_its_rows_as_they_come(tmp_path, kind):
    path, seen = tmp_path / f"panel.{kind}", []
    if kind == "csv":
        FRAME.to_csv(path, index=False)
    elif kind == "parquet":
        FRAME.to_parquet(path)
    elif kind == "sqlite":
        with closing(sqlite3.connect(path)) as connection:
            FRAME.to_sql("panel", connection, index=False)
    else:
        duckdb = pytest.importorskip("duckdb", reason="the extra 'panels' (DuckDB) is not installed")
        with duckdb.connect(str(path)) as connection:
            connection.register("given", pa.Table.from_pandas(FRAME))
            connection.execute("CREATE TABLE panel AS SELECT * FROM given")
    assert same(read_industries(path, ROLES, advance=seen.append))
    assert sum(seen) == len(FRAME)
    assert rows_in(path) == pytest.approx(len(FRAME), abs=1)


@pytest.mark.skipif(importlib.util.find_spec("duckdb") is not None, reason="DuckDB is installed")
def test_without_duckdb_a_database_is_refused_with_what_to_install(tmp_path):
    (tmp_path / "panel.duckdb").write_bytes(b"x")
    with pytest.raises(InvalidInput) as refused:
        read_industries(tmp_path / "panel.duckdb", ROLES)
    assert refused.value.problems[0].cause.id == "panels.no_duckdb"


def test_several_measures_stand_side_by_side(tmp_path):
    frame = FRAME.assign(firms=1)
    frame.to_parquet(tmp_path / "panel.parquet")
    panel = read_industries(tmp_path / "panel.parquet", Roles("region", "industry", "year", ("value", "firms")))
    assert panel.matrix(2000, "firms").sum() == (CUBE[0] > 0).sum()
    assert panel.measure == "value"
    with pytest.raises(InvalidInput):
        panel.matrix(2000, "frims")


def test_a_register_of_firms_is_added_up_and_counted_in_batches(tmp_path, monkeypatch):
    from guanzi.intake.industries import gathering

    monkeypatch.setattr(gathering, "_COMPACT", 100)  # so that it is added up several times on the way
    firms = pd.concat([FRAME.assign(value=FRAME.value / 4)] * 4).sample(frac=1, random_state=2)
    parquet.write_table(pa.Table.from_pandas(firms), tmp_path / "firms.parquet", row_group_size=60)
    seen = []
    roles = Roles("region", "industry", "year", ("value",), count="firms", sum_rows=True)
    panel = read_industries(tmp_path / "firms.parquet", roles, advance=seen.append)
    np.testing.assert_allclose(panel.matrix(2001), CUBE[1])
    np.testing.assert_array_equal(panel.matrix(2001, "firms"), 4 * (CUBE[1] > 0))
    assert sum(seen) == len(firms)


def test_codes_keep_leading_noughts_and_numbers_become_codes(tmp_path):
    (tmp_path / "a.csv").write_text("region,industry,year,value\n01,0111,2000,3\n02,0111,2000,4\n", "utf-8")
    assert read_industries(tmp_path / "a.csv", ROLES).industries == ("0111",)
    frame = pd.DataFrame({"region": [1.0, 2.0], "industry": [11, 12], "year": [2000.0, 2000.0], "value": [1, 2]})
    panel = industries_of_frame(frame, ROLES)
    assert (panel.regions, panel.industries) == (("1", "2"), ("11", "12"))


def test_what_a_source_keeps_back_is_unknown_and_not_nought(tmp_path):
    text = "region,industry,year,value\na,x,2000,(D)\na,y,2000,5\nb,x,2000,:\nb,y,2000,\nc,x,2000,7\nc,y,2000,0\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    panel = read_industries(tmp_path / "a.csv", ROLES)
    assert panel.unknown(2000).tolist() == [[True, False], [True, True], [False, False]]
    assert panel.matrix(2000).tolist() == [[0, 5], [0, 0], [7, 0]]
    told = next(p for p in panel.findings if p.cause.id == "panels.remark.kept_back")
    assert dict(told.cause.params)["cells"] == 3
    assert np.isnan(panel.series("a", "x")[2000])


def test_a_panel_until_a_year_knows_nothing_later():
    panel = industries_of_frame(FRAME, ROLES)
    early = panel.until(2001)
    assert early.years == (2000, 2001)
    np.testing.assert_array_equal(early.matrix(2001), CUBE[1])
    assert early.regions == panel.regions
    assert panel.of_years([2000, 2002]).years == (2000, 2002)
    with pytest.raises(InvalidInput):
        early.matrix(2002)
    with pytest.raises(InvalidInput):
        panel.series("r00", "i000")
