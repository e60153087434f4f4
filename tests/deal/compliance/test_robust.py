"""Random deals and spoilt packs: nothing crashes, and knowing more never turns what was decided."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deal.compliance.test_reading import OWN
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.base.core import InvalidInput, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.compliance.judging import Deal, State, judge
from guanzi.deal.compliance.reading import read_packs, words_of
from guanzi.deal.compliance.shipped import shipped_packs
from guanzi.deal.terms import Type

PACKS = shipped_packs()
ALL = [pack.id for pack in PACKS.packs]
ASKED = {name: term for name, term in words_of(PACKS.questions).items() if name in PACKS.questions}
JUNK = (
    "null",
    "[]",
    "{}",
    "-1",
    "1e400",
    "always",
    "unknown",
    "2024-13-40",
    "not",
    "(((",
    "%",
    "/ 0",
    "：",
    "!!x",
    "&a",
    "*a",
)

answers = st.dictionaries(st.sampled_from(sorted(ASKED)), st.integers(0, 9), max_size=60).map(
    lambda chosen: {
        name: bool(n % 2) if ASKED[name].type is Type.TRUTH else (float(n), float(n)) for name, n in chosen.items()
    }
)


@settings(max_examples=examples(12))
@given(sheets(), answers, answers)
def test_knowing_more_never_turns_what_was_decided(sheet, first, more):
    known = judge(sheet, PACKS, Deal("DE", answers=first), ALL)
    better = judge(sheet, PACKS, Deal("DE", answers=more | first), ALL)
    after = {verdict.rule.id: verdict.state for verdict in better.verdicts}
    for verdict in known.verdicts:
        if verdict.state is State.VIOLATED:
            assert after[verdict.rule.id] is State.VIOLATED
        if verdict.state is State.SATISFIED:
            assert after.get(verdict.rule.id, State.OUTSIDE) in (State.SATISFIED, State.OUTSIDE)


@settings(max_examples=examples(12))
@given(sheets(), answers)
def test_an_open_rule_asks_and_a_decided_one_does_not(sheet, known):
    for verdict in judge(sheet, PACKS, Deal("DE", "cars", known), ALL).verdicts:
        assert bool(verdict.questions) is (verdict.state is State.OPEN)
        assert verdict.severity == "info" or verdict.state is State.VIOLATED


def spoilt(chance: random.Random) -> str:
    """A pack with some passages lost, doubled or overwritten."""
    lines = OWN.split("\n")
    for _ in range(chance.randint(1, 4)):
        line = chance.randrange(len(lines))
        kind = chance.randint(0, 3)
        if kind == 0:
            lines.pop(line)
        elif kind == 1:
            lines.insert(line, chance.choice(lines))
        elif kind == 2 and ": " in lines[line]:
            lines[line] = lines[line].split(": ")[0] + ": " + chance.choice(JUNK)
        else:
            at = chance.randrange(len(lines[line]) + 1)
            lines[line] = lines[line][:at] + chance.choice(JUNK) + lines[line][at + chance.randint(0, 6) :]
    return "\n".join(lines)


def test_a_spoilt_pack_is_read_or_refused_with_a_place():
    chance = random.Random(1)
    refused = 0
    for _ in range(300):
        text = spoilt(chance)
        try:
            read_packs([parse_yaml(TextFile("pack.yaml", text, tuple(text.split("\n"))))], PACKS)
        except InvalidInput as error:
            refused += 1
            for problem in error.problems:
                assert problem.place.file == "pack.yaml"
                assert all(render(problem.cause, lang) for lang in ("en", "zh"))
    assert refused > 200
