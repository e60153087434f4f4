"""The pages on public rules: complete, and true to what the command says."""

import json
import re

import pytest
from tests.scripts import script
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.deal import compliance

ROW = re.compile(r"^\| `([a-z0-9-]+)` \| (\S+) \| (.+?) \| (\d+) \| (\d+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def generated():
    return script("docs_hooks").GENERATED


def test_the_reference_holds_every_rule_with_its_anchor_and_law(generated):
    page = generated["compliance-rules"]()
    for pack, rule in compliance.shipped_packs().rules:
        assert f"### {rule.id}: {rule.title.en} {{#{rule.id.lower()}}}" in page
        assert f"[{rule.id}](#{rule.id.lower()})" in page
        assert pack.form.sources[rule.source].title.en in page
        assert " ".join(rule.violated.split()) in page


def test_the_reference_holds_every_word(generated):
    page = generated["compliance-quantities"]()
    assert [name for name in compliance.QUANTITIES if f"`{name}`" not in page] == []


def test_the_findings_of_the_four_cases_are_those_of_the_command(repository):
    page = (repository / "docs" / "methods" / "compliance.md").read_text("utf-8")
    told = {m[1]: m.groups()[1:] for m in ROW.finditer(page)}
    assert len(told) == 4
    for case, (signed, broken, kept, waiting) in told.items():
        data = json.loads(CliRunner().invoke(app, ["rules", "judge", case, "--json"]).stdout)
        ids = {s: [v["rule"] for v in data["verdicts"] if v["state"] == s] for s in ("violated", "satisfied", "open")}
        assert data["signed"] == signed
        assert ids["violated"] == re.findall(r"`([A-Z0-9-]+)`", broken)
        assert (len(ids["satisfied"]), len(ids["open"])) == (int(kept), int(waiting)), case
        assert data["today"] == "2026-11-24"
