"""Conditions of a decision, kind by kind, as changes of the term sheet; nothing else of it changes."""

import pytest
import yaml

from guanzi.base.core import Bilingual
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import Unknown, parse_sheet
from guanzi.jobs.structuring.conditions import (
    SHOWN_FIRST,
    SHOWN_LATER,
    WantedCondition,
    with_conditions,
    written_conditions,
)
from guanzi.record.playbooks import load_playbook, playbook_names

TERMS = """\
deal: steps
title: {en: A stake in steps, zh: "分步入股"}
status: definitive
currency: CNY
unit: 1e6
known_on: 2026-06-30
signed: 2026-06-30
horizon: 6 years
step: quarter
source: release
parties:
  company: {role: issuer, name: The company}
  city: {role: public, name: The city}
instruments:
  stake:
    type: equity
    issuer: company
    share: 24%
    tranches:
      - {id: t1, amount: 400, due: 2026-07-31, if: "solvent or listed"}
      - id: t2
        amount: 600
        due: 2026-09-30
      - {id: t3, amount: 100, due: 2027-09-30, if: 'units >= 100'}
covenants:
  volume: {require: units >= 5_000}
  cash: {require: cash > 100 or listed}
  secret: {require: unknown}
"""
EVENTS = """\
events:
  # of the parties
  closing: {name: the closing, due: 2026-07-31, by: company, probability: 0.9}
"""
WORDS = Bilingual('Show it: "in full".', "请出示：“全部”。")
KINDS = sorted(SHOWN_FIRST | SHOWN_LATER | {"early-warning"})
SHEETS = {"no events": TERMS, "events": TERMS + EVENTS, "events first": EVENTS + TERMS}


def document(text):
    return parse_yaml(TextFile("terms/a.yaml", text, tuple(text.split("\n"))))


def written(text, id):
    """The text with a condition, and the changes."""
    held = document(text)
    changes = written_conditions(held, parse_sheet(held), [WantedCondition(id, WORDS)]).get(id, ())
    return with_conditions(held, changes), changes


def conditions(text):
    return {one["id"]: one.get("if", "") for one in yaml.safe_load(text)["instruments"]["stake"]["tranches"]}


def freed(text):
    """A sheet as data, without what its instalments wait for and without its events."""
    data = yaml.safe_load(text)
    data.pop("events", None)
    for one in data["instruments"]["stake"]["tranches"]:
        one.pop("if", None)
    return data


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_condition_makes_instalments_wait_and_changes_nothing_else(kind, sheet):
    text, changes = written(SHEETS[sheet], kind)
    assert changes
    assert freed(text) == freed(SHEETS[sheet])
    before, after = conditions(SHEETS[sheet]), conditions(text)
    waiting = [id for id in after if after[id] != before[id]]
    assert waiting == (["t1", "t2", "t3"] if kind in SHOWN_FIRST else ["t2", "t3"])
    for id in waiting:
        held = before[id]
        assert after[id].startswith(f"({held}) and " if " or " in held else f"{held} and " if held else "")


@pytest.mark.parametrize("kind", sorted(SHOWN_FIRST))
def test_what_is_shown_first_is_an_event_whose_chance_nobody_has_invented(kind):
    text, _ = written(TERMS + EVENTS, kind)
    (event,) = [one for one in parse_sheet(document(text)).events if one.id == kind]
    assert isinstance(event.name, Bilingual)
    assert (str(event.name), event.name.localised("zh")) == (str(WORDS), WORDS.localised("zh"))
    assert (event.by, str(event.due)) == ("company", "2026-07-31")
    assert isinstance(event.probability, Unknown)
    assert (event.probability.low, event.probability.high) == (0.0, 1.0)
    assert all(f"event('{kind}')" in held for held in conditions(text).values())


def test_each_later_instalment_waits_for_a_decision_of_its_own():
    text, _ = written(TERMS + EVENTS, "stage-money")
    assert [one.id for one in parse_sheet(document(text)).events] == ["stage-money-2", "stage-money-3", "closing"]
    held = conditions(text)
    assert ("event('stage-money-2')" in held["t2"], "event('stage-money-3')" in held["t3"]) == (True, True)


def test_later_instalments_wait_for_what_the_covenants_require_as_far_as_it_was_seen():
    text, _ = written(TERMS, "early-warning")
    assert conditions(text)["t2"] == "units >= 5_000 and (cash > 100 or listed)"


def test_a_condition_is_written_once_and_one_after_another():
    text = TERMS
    for kind in KINDS:
        text, changes = written(text, kind)
        assert changes, kind
        if kind != "early-warning":
            assert written(text, kind)[1] == ()
    assert len(parse_sheet(document(text)).events) == len(SHOWN_FIRST) + 2 * len(SHOWN_LATER)


def test_nothing_is_written_where_the_sheet_does_not_say_what_waits():
    held = TERMS.replace("currency: CNY", "events: {closing: {due: 2026-07-31, probability: 0.9}}\ncurrency: CNY")
    assert written(held, "close-gaps")[1] == ()
    once = TERMS[: TERMS.index("      - id: t2")] + TERMS[TERMS.index("covenants:") :]
    assert written(once, "stage-money")[1] == ()
    assert written(TERMS, "cap-exposure")[1] == ()


def test_every_kind_is_a_demand_of_a_playbook():
    known = {one.id for name in playbook_names() for one in load_playbook(name).demands}
    assert SHOWN_FIRST | SHOWN_LATER | {"early-warning", "tie-instalments", "name-remedy"} <= known
