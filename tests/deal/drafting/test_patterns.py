"""Patterns of contracts are data with names, and each name is used."""

import re
from pathlib import Path

import guanzi.deal.drafting as drafting
from guanzi.deal.drafting.patterns import one_of, shipped
from guanzi.deal.terms.vocabulary import OBSERVABLES

CODE = [path.read_text("utf-8") for path in Path(drafting.__file__).parent.glob("*.py")]


def test_every_named_pattern_is_used_and_every_used_name_exists():
    used = {name for text in CODE for name in re.findall(r'(?<!def )\bwords\("(\w+)"\)', text)}
    assert used == set(shipped().words)


def test_every_alternative_fits_something_and_none_fits_the_empty_text():
    of = shipped()
    lists = [*of.kinds.values(), *of.roles.values(), *of.words.values(), *(one.words for one in of.metrics)]
    for alternatives in lists:
        assert len(set(alternatives)) == len(alternatives)
        for one in alternatives:
            assert one_of([one]).search("") is None, one


def test_metrics_are_observables_of_the_language():
    assert {one.name for one in shipped().metrics} <= set(OBSERVABLES)
