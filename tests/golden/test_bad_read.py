"""The bad documents are read as their lines say: in time and memory, with a place and what mends it, and no guess."""

import pytest
from benchmarks.bad_documents import SHORT, handle
from tests.golden.bad import BAD


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_a_bad_document_is_handled_as_its_line_says(bad, tmp_path):
    found = handle(bad, tmp_path)
    assert found.outcome in ("refused", "part", "read")
    assert (len(found.faults) == 1) if bad.name in SHORT else (found.faults == ())
