"""A newcomer leads the workbook that is shipped from an empty office to a counted vote, and needs few forms."""

import os
from pathlib import Path

import pytest
from tests.office.browsing import CHROMIUM, running
from tests.office.counted import AT_WORK, Counted, Counts, appraised, judge, seat, sign_streams, vote
from typer.testing import CliRunner

from guanzi.cli import app

playwright = pytest.importorskip("playwright.sync_api")
MOST = 25
"""Forms, logging in among them."""


@pytest.mark.prove
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
def test_one_workbook_comes_to_a_counted_vote_in_25_forms(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(app, ["case", "new", "our-case", "--xlsx"])
    assert made.exit_code == 0, made.output
    with running(tmp_path / "office", cases=False) as (base, told), playwright.sync_playwright() as pw:
        browser = pw.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        counts = Counts()
        counts.stage = "log-in"
        people = {name: Counted(browser, base, "en", counts).enter(name, told[name]) for name in ("lin", *AT_WORK)}
        counts.stage = "to the vote"
        lead = people["lin"]
        lead.go("/cases/").ask("case.open", "[name=archive]", archive=str(tmp_path / "our-case.xlsx"))
        case = lead.page.url.removeprefix(base)
        seat(lead, case)
        judge(people, case)
        sign_streams(people, case)
        appraised(lead, case)
        vote(people, case, "decline", "The evidence does not carry it.", "More evidence is needed.")
        assert people["zhou"].page.locator("article .state.closed, article .state.done").count()
        assert "our-case" in case
        browser.close()
    told = {stage: counts.upto(stage) for stage in counts.forms}
    if out := os.environ.get("GUANZI_COUNTS"):
        Path(out).write_text("".join(f"{stage} {held}\n" for stage, held in told.items()))
    assert sum(forms for forms, _, _ in told.values()) <= MOST, told
