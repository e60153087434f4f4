"""Which tests one worker runs one after the other."""

from tests.sources import reads_code
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

PAGE = "::test_a_page_does_what_it_says["
LONG = frozenset(
    f"tests/{name}.py"
    for name in (
        "docs/test_notebook_runs",
        "jobs/test_browser",
        "office/test_exchange",
        "office/test_forgeries",
        "office/test_hostile",
        "office/test_money_at_once",
        "office/test_serving",
        "office/test_whole_path",
        "truth/test_properties",
    )
)
"""Files of few tests that take long: they begin first, so that no worker ends alone with one."""


class ByFileOrPage(LoadFileScheduling):  # type: ignore[misc]
    """A file stays with one worker, which makes its fixtures once; a page of the documentation is a file of its own.

    Those that read the code are one file.
    """

    def _assign_work_unit(self, node: WorkerController) -> None:
        first = next((scope for scope in self.workqueue if scope in LONG or PAGE in scope), None)
        if first is not None:
            self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        if reads_code(nodeid):
            return "code"
        return nodeid if PAGE in nodeid else str(super()._split_scope(nodeid))
