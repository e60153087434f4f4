"""Papers of the committee on the command line: which were written, and on which appraisal."""

from __future__ import annotations

from guanzi.console import say
from guanzi.jobs.decisions import papers
from guanzi.jobs.shared.show import print_message, show_json


def show_papers(request: papers.Request, *, as_json: bool) -> None:
    """Write the papers and say where they lie."""
    written = papers.write(request)
    if as_json:
        show_json(papers.data(written))
        return
    if written.computed:
        print_message("cli.papers.computed", request.lang, folder=str(written.folder))
    for name in written.files:
        print(written.folder / name)
    print(say("cli.papers.rests_on", request.lang, hash=written.appraisal_sha256))
