"""Official data: each provider's table is read as it comes, and what cannot be fetched is said in a sentence."""

import gzip
import hashlib
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guanzi.base.core import InvalidInput, format_problems
from guanzi.intake.industries import official

SAMPLES = Path(__file__).parent / "samples"
CONTENT = bytes(range(256)) * 4000


def test_counties_by_industry_and_what_is_not_disclosed_is_unknown(tmp_path):
    packed = tmp_path / "2019.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SAMPLES / "qcew_2019_annual.csv", "2019.annual.singlefile.csv")
    for path in (SAMPLES / "qcew_2019_annual.csv", packed):
        panel = official.read_qcew([path])
        assert (panel.regions, panel.industries, panel.years) == (("01001", "01003"), ("3361", "3363"), (2019,))
        assert panel.matrix(2019).tolist() == [[1200, 0], [40, 310]]
        assert panel.unknown(2019).tolist() == [[False, True], [False, False]]
        assert panel.matrix(2019, "annual_avg_estabs")[0, 1] == 2
    assert official.read_qcew([packed], digits=6).industries == ("336111",)


def test_regions_of_europe_with_flags_and_confidential_cells(tmp_path):
    packed = tmp_path / "sbs.tsv.gz"
    packed.write_bytes(gzip.compress((SAMPLES / "eurostat_sbs.tsv").read_bytes()))
    for path in (SAMPLES / "eurostat_sbs.tsv", packed):
        panel = official.read_eurostat(path, where={"indic_sbs": "EMP_LOC_NR"})
        assert (panel.regions, panel.industries, panel.years) == (("DE11", "DE12"), ("C29", "C30"), (2018, 2019, 2020))
        assert panel.matrix(2019).tolist() == [[209876, 0], [40312, 0]]
        assert panel.unknown(2018).tolist() == [[False, False], [True, False]]
        assert panel.unknown(2019).tolist() == [[False, True], [False, False]]
    assert official.read_eurostat(packed, where={"indic_sbs": "EMP_LOC_NR"}, digits=3).regions == ("DE1",)
    with pytest.raises(InvalidInput):
        official.read_eurostat(packed, industry="nace")


def test_indicators_of_europe_are_not_mixed_and_a_code_that_is_not_there_is_answered_with_those_that_are():
    path = SAMPLES / "eurostat_sbs.tsv"
    for where, words in (({}, "indic_sbs has 2 codes"), ({"indic_sbs": "NOPE"}, "No row has NOPE")):
        with pytest.raises(InvalidInput) as refused:
            official.read_eurostat(path, where=where)
        told = format_problems(refused.value.problems)
        assert words in told
        assert "EMP_LOC_NR" in told
        assert "--sum-rows" not in told


def test_countries_of_the_world_bank_without_groups_of_countries():
    files = [SAMPLES / "worldbank_agriculture.json", SAMPLES / "worldbank_manufacturing.json"]
    panel = official.read_world_bank(files, SAMPLES / "worldbank_countries.json")
    assert panel.regions == ("CHN", "MEX")
    assert panel.matrix(2019).tolist() == [[1.0e12, 3.8e12], [4.0e10, 2.1e11]]
    assert panel.unknown(2020).tolist() == [[False, False], [False, True]]
    with pytest.raises(InvalidInput):
        official.read_world_bank([SAMPLES / "harvard_hs92.csv"], SAMPLES / "worldbank_countries.json")


def test_trade_is_summed_over_who_buys_and_keeps_leading_noughts(tmp_path):
    archive = tmp_path / "BACI_HS92_V202501.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("BACI_HS92_Y2019_V202501.csv", "country_codes_V202501.csv"):
            packed.write(SAMPLES / name, name)
    for panel in (
        official.read_baci(archive, [2019]),
        official.read_baci(SAMPLES / "BACI_HS92_Y2019_V202501.csv", countries=SAMPLES / "country_codes_V202501.csv"),
    ):
        assert panel.regions == ("CHN", "MEX")
        assert panel.industries == ("0101", "8507", "8703")
        np.testing.assert_allclose(panel.matrix(2019), [[0, 2000.5, 55.25], [3.5, 0, 9000]])
    assert official.read_baci(archive, digits=6).industries[0] == "010121"
    assert official.read_baci(SAMPLES / "BACI_HS92_Y2019_V202501.csv").regions == ("156", "484")
    with pytest.raises(InvalidInput):
        official.read_baci(archive, [1999])


def test_tables_of_the_growth_lab():
    panel = official.read_harvard(SAMPLES / "harvard_hs92.csv")
    assert panel.matrix(2019).tolist() == [[13000000000, 0], [900000000, 49000000000]]
    with pytest.raises(InvalidInput) as refused:
        official.read_harvard(SAMPLES / "BACI_HS92_Y2019_V202501.csv")
    assert "t, i, j, k, v, q" in format_problems(refused.value.problems)


@pytest.fixture
def server():
    """A server of one file that breaks the first line in the middle, if it is told to."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            state["asked"].append(self.headers.get("Range"))
            if self.path != "/file":
                self.send_error(404)
                return
            start = int((self.headers.get("Range") or "bytes=0-")[6:-1]) if state["ranges"] else 0
            self.send_response(206 if start else 200)
            self.send_header("ETag", '"one"')
            self.send_header("Content-Length", str(len(CONTENT) - start))
            self.end_headers()
            breaks = state.pop("breaks", False)
            self.wfile.write(CONTENT[start : len(CONTENT) // 2 if breaks else None])

        def log_message(self, *_):
            pass

    state: dict[str, Any] = {"asked": [], "ranges": True}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", state
    server.shutdown()
    server.server_close()


def test_a_file_is_fetched_once_and_known_by_its_hash(server, tmp_path):
    address, state = server
    seen = []
    first = official.fetch(
        f"{address}/file", tmp_path, "data.bin", advance=lambda came, total: seen.append((came, total))
    )
    again = official.fetch(f"{address}/file", tmp_path, "data.bin", hashlib.sha256(CONTENT).hexdigest())
    assert first.path.read_bytes() == CONTENT
    assert not first.cached
    assert again.cached
    assert len(state["asked"]) == 1
    assert sum(came for came, _ in seen) == len(CONTENT) == seen[0][1]
    (tmp_path / "data.bin").write_bytes(b"damaged")
    assert not official.fetch(f"{address}/file", tmp_path, "data.bin").cached
    assert (tmp_path / "data.bin").read_bytes() == CONTENT


@pytest.mark.parametrize("ranges", [True, False])
def test_a_broken_download_is_taken_up_where_it_stopped_or_from_the_start(server, tmp_path, ranges):
    address, state = server
    state.update(breaks=True, ranges=ranges)
    with pytest.raises(InvalidInput) as refused:
        official.fetch(f"{address}/file", tmp_path, "data.bin")
    assert refused.value.problems[0].cause.id == "panels.fetch.broken"
    assert not (tmp_path / "data.bin").exists()
    assert official.fetch(f"{address}/file", tmp_path, "data.bin").path.read_bytes() == CONTENT
    assert state["asked"][1].startswith("bytes=")
    assert not list(tmp_path.glob("*.part*"))


def test_what_cannot_be_fetched_is_said_in_a_sentence(server, tmp_path):
    address, _ = server

    def said(*words):
        with pytest.raises(InvalidInput) as refused:
            official.fetch(*words)
        return format_problems(refused.value.problems), format_problems(refused.value.problems, "zh")

    english, chinese = said("http://127.0.0.1:9/nothing", tmp_path, "a")
    assert "cannot be reached" in english
    assert "网络" in chinese
    assert "404" in said(f"{address}/other", tmp_path, "a")[0]
    english, _ = said(f"{address}/file", tmp_path, "a", "0" * 64)
    assert "does not have the stated hash" in english
    assert (tmp_path / "a.part.rejected").exists()
    (tmp_path / "file").write_text("")
    assert "cannot be stored" in said(f"{address}/file", tmp_path / "file", "a")[0]


def test_addresses_are_those_of_the_providers():
    assert official.qcew.address(2019).endswith("/2019/csv/2019_annual_singlefile.zip")
    assert "format=TSV" in official.eurostat.address("sbs_r_nuts2021")
    assert "NV.IND.MANF.CD" in official.worldbank.address("NV.IND.MANF.CD")
    assert official.baci_address("202501").endswith("BACI_HS92_V202501.zip")
    assert official.harvard_address(1234).endswith("/1234")
