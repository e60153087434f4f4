"""Which tests one worker runs one after the other."""

from tests.sources import reads_code
from xdist.scheduler import LoadFileScheduling

PAGE = "::test_a_page_does_what_it_says["


class ByFileOrPage(LoadFileScheduling):  # type: ignore[misc]
    """A file stays with one worker, which makes its fixtures once; a page of the documentation is a file of its own.

    Those that read the code are one file.
    """

    def _split_scope(self, nodeid: str) -> str:
        if reads_code(nodeid):
            return "code"
        return nodeid if PAGE in nodeid else str(super()._split_scope(nodeid))
