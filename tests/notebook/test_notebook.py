"""What people who program see: a case, its appraisal, tables as data frames, errors as sentences."""

import subprocess
import sys

import narwhals as nw
import pytest

import guanzi
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.shared.run import Run
from guanzi.notebook import NamedRows, Refusal


@pytest.fixture(scope="module")
def found():
    return guanzi.load("nio-hefei-2020").appraise(paths=500)


def test_an_appraisal_is_the_one_of_the_service(found):
    asked = appraising.appraise(appraising.Request("nio-hefei-2020", run=Run(paths=500)))
    assert found.appraisal == asked.appraisal
    assert found.advice == asked.appraisal.advice


@pytest.mark.parametrize("backend", ["pandas", "pyarrow"])
def test_figures_are_a_data_frame_of_the_library_that_is_asked_for(found, backend):
    frame = nw.from_native(found.figures.to_frame(backend), eager_only=True)
    assert frame.implementation.value == backend
    assert frame.columns == list(found.figures.columns)
    held = found.appraisal.figures
    assert dict(zip(frame["id"].to_list(), frame["unit"].to_list(), strict=True)) == {
        f.id: f.unit for f in held.values()
    }
    assert found.figures["fund.npv"]["value"] == held["fund.npv"].value


def test_findings_are_sentences_with_the_facts_they_rest_on(found):
    facts = {fact.id for fact in found.appraisal.facts}
    for row in found.findings:
        assert row["text"][0].isupper() or not row["text"][0].isalpha()
        assert set(row["facts"].split()) <= facts


def test_cases_and_facts_are_found_by_id_and_place():
    shipped = guanzi.cases()
    assert shipped["nio-hefei-2020"] == next(row for row in shipped if row["id"] == "nio-hefei-2020")
    assert len(shipped[:2]) == 2
    facts = guanzi.load("nio-hefei-2020").facts()
    assert facts[-1]["id"] == max(row["id"] for row in facts)
    with pytest.raises(KeyError):
        shipped["no-such-case"]


def test_rows_and_appraisals_show_themselves(found):
    assert found.figures._repr_html_().count("<tr>") == 61
    assert "<td>a &lt; b</td>" in NamedRows({"id": ("x",), "text": ("a < b",)})._repr_html_()
    assert found._repr_html_().startswith("<iframe srcdoc=")
    assert found.plot("cash")._repr_svg_().startswith("<svg")


def test_a_terminal_shows_the_first_rows_and_how_many_are_left():
    rows = NamedRows({"id": tuple(f"case-{n}" for n in range(20)), "title": ("a" * 200,) * 20, "day": (None,) * 20})
    head, *shown, left = repr(rows).splitlines()
    assert head == "NamedRows(20 × id, title, day)"
    assert [line.split()[0] for line in shown] == [f"case-{n}" for n in range(8)]
    assert max(map(len, shown)) < 80
    assert left.split() == ["…", "12"]
    assert repr(NamedRows({"id": ("x",)})).splitlines()[1:] == ["  x"]


def test_a_notebook_offers_what_the_package_has_and_nothing_else():
    public = [name for name in dir(guanzi) if not name.startswith("_")]
    assert public == ["cases", "load"]
    assert all(callable(getattr(guanzi, name)) for name in public)


def test_errors_read_as_sentences(found):
    with pytest.raises(Refusal, match="did you mean nio-hefei-2020") as raised:
        guanzi.load("nio-hefei-202")
    assert "no case named" in str(raised.value)
    with pytest.raises(Refusal, match="No simulated quantity is named"):
        found.plot("csh")
    with pytest.raises(Refusal, match="Cannot make data frames with “dask” here"):
        found.figures.to_frame("dask")


def test_the_door_costs_nothing_until_it_is_opened():
    told = "import sys, guanzi; print(any(name.startswith('guanzi.') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        getattr(guanzi, "lo" + "de")
