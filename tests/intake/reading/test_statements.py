"""A statement that is printed and read back gives its facts, and no other."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.reading.printed import to_docx, to_html, to_pdf, to_xlsx
from tests.intake.reading.statements import statements

from guanzi.intake.reading import read_document
from guanzi.record.evidence.room.worker import _placed
from guanzi.record.evidence.room.kinds import kind_of

WRITERS = {"pdf": to_pdf, "docx": to_docx, "html": to_html, "xlsx": to_xlsx}


def read(path: Path):
    return read_document(_placed(kind_of(path, path.name), path, path.name, 1))


def facts(reading):
    return {(f.fact, f.unit, str(f.period)): f.value for f in reading.found}


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(statement=statements())
def test_what_is_printed_is_read_back_and_nothing_else(form, statement):
    with TemporaryDirectory() as folder:
        reading = read(WRITERS[form](Path(folder) / f"a.{form}", [statement.sheet]))
    assert facts(reading) == statement.facts
