"""A statement that is printed and read back gives its facts, and no other."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.reading.printed import WRITERS, read, to_pdf
from tests.intake.reading.statements import statements
from tests.sampling import examples

from guanzi.record.evidence import PlacedPage


def facts(reading):
    return {(f.fact, f.unit, str(f.period)): f.value for f in reading.found}


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(statement=statements())
def test_what_is_printed_is_read_back_and_nothing_else(form, statement):
    with TemporaryDirectory() as folder:
        reading = read(WRITERS[form](Path(folder) / f"a.{form}", [statement.sheet]))
    assert facts(reading) == statement.facts


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(pages=st.lists(statements(), min_size=2, max_size=4), seed=st.randoms())
def test_the_order_of_pages_does_not_matter_and_each_fact_has_its_page(pages, seed):
    shuffled = list(pages)
    seed.shuffle(shuffled)
    with TemporaryDirectory() as folder:
        reading = read(to_pdf(Path(folder) / "a.pdf", [page.sheet for page in shuffled]))
    for number, page in enumerate(shuffled, start=1):
        assert {(f.fact, f.unit, str(f.period)): f.value for f in reading.found if f.spot.page == number} == page.facts


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(statement=statements())
def test_the_box_of_a_proposal_holds_its_figure(statement):
    import pdfplumber

    with TemporaryDirectory() as folder:
        path = to_pdf(Path(folder) / "a.pdf", [statement.sheet])
        reading = read(path)
        with pdfplumber.open(path) as document:
            for found in reading.found:
                assert found.spot.box is not None
                left, top, right, bottom = found.spot.box
                held = document.pages[found.spot.page - 1].crop((left - 1, top - 1, right + 1, bottom + 1))
                assert digits(found.figure) in digits(held.extract_text())


def digits(text):
    return "".join(c for c in text if c.isdecimal())


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(statement=statements())
def test_a_figure_of_a_table_is_proposed_or_listed(statement):
    """Figures of notes and their marks apart, nothing of a table goes silently."""
    with TemporaryDirectory() as folder:
        reading = read(to_pdf(Path(folder) / "a.pdf", [statement.sheet]))
    told = {digits(one.figure) for one in reading.found} | {digits(one.figure) for one in reading.unread}
    for row in statement.sheet.rows:
        for cell in row[1 + statement.sheet.narrow :]:
            is_figure = not any(c.isalpha() for c in cell.text) and any(c in cell.text for c in ",，．.%")
            assert digits(cell.text) in told or not is_figure


def test_a_page_survives_its_way_through_the_cache(tmp_path):
    from guanzi.record.evidence.dataroom.worker import placed

    path = to_pdf(tmp_path / "a.pdf", [])
    for content in placed({"kind": "pdf", "path": str(path), "name": "a", "first": 1}):
        assert PlacedPage.from_content(content).content() == content
