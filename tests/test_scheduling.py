"""Files that share what is read once are run by one worker, one after the other."""

import re
from pathlib import Path

from tests.sources import CODE_READERS

TESTS = Path(__file__).parent


def test_every_file_that_reads_the_code_as_trees_is_known_to_do_so():
    reads = re.compile(r"^from tests\.(sources|spoken) import|^from tests import .*spoken", re.M)
    found = {path for path in TESTS.rglob("test_*.py") if reads.search(path.read_text("utf-8"))}
    assert {path.relative_to(TESTS.parent).as_posix() for path in found} - {"tests/test_scheduling.py"} == CODE_READERS
