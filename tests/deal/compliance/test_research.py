"""The packs against the research beside the repository: every rule is there, and no text is copied."""

import re

import pytest
import yaml

from guanzi.deal.compliance.shipped import shipped_packs

RENAMED = {"OECD-TAX-GUIDE": "GP-OECD-TAX-GUIDE"}
RUN = 10


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text):
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


@pytest.fixture(scope="module")
def researched(shared_data):
    rules = yaml.safe_load((shared_data / "policy" / "rules.yaml").read_text("utf-8"))["rules"]
    practices = yaml.safe_load((shared_data / "policy" / "good_practice.yaml").read_text("utf-8"))["practices"]
    return [(r["id"], r["rule"]) for r in rules] + [(p["id"], p["ask"]) for p in practices]


def test_every_researched_rule_is_in_a_pack(researched):
    ids = {rule.id for _, rule in shipped_packs().rules}
    assert [id for id, _ in researched if RENAMED.get(id, id) not in ids] == []


def test_no_text_is_copied(researched):
    theirs = {run for _, text in researched for run in runs(text)}
    copied = {
        rule.id: " ".join(sorted(runs(rule.text.en) & theirs)[0])
        for _, rule in shipped_packs().rules
        if runs(rule.text.en) & theirs
    }
    assert copied == {}


def test_a_rule_that_was_only_to_be_watched_is_no_error(shared_data):
    rules = yaml.safe_load((shared_data / "policy" / "rules.yaml").read_text("utf-8"))["rules"]
    watched = {r["id"] for r in rules if r["effect"] == "watch"}
    assert {rule.severity for _, rule in shipped_packs().rules if rule.id in watched} <= {"info"}


def test_what_was_read_second_hand_is_shown_as_second_hand(shared_data):
    rules = yaml.safe_load((shared_data / "policy" / "rules.yaml").read_text("utf-8"))["rules"]
    second_hand = {r["id"] for r in rules if r["evidence"] in ("secondary", "enforcement_case")}
    first_hand = [
        rule.id
        for pack, rule in shipped_packs().rules
        if rule.id in second_hand and (rule.read or pack.form.sources[rule.source].read) in ("text", "official")
    ]
    assert first_hand == []
