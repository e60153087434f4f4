"""Lies that are planted in the documents of a case are noticed."""

from copy import deepcopy
from dataclasses import replace

import pytest
from tests.truth.generation import library
from tests.truth.grounded import ungrounded
from tests.truth.known import is_known
from tests.truth.lies import KINDS, draw, noticed, planted, substituted
from tests.truth.reading import pieces, read, within

from guanzi.base.core import Message

SEEDS = range(2 * len(KINDS))


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """A case with all its documents; what is followed is not simulated."""
    data = next(one for one in library() if one.label == "nio-hefei-2020")
    return read(data, tmp_path_factory.mktemp("lies"))


def test_what_is_said_of_a_case_stands_in_its_data(reading):
    assert [str(fault) for fault in ungrounded(reading) if not is_known(fault.property, fault.id)] == []


@pytest.mark.prove
def test_planted_lies_are_noticed(reading):
    drawn = {seed: lie for seed in SEEDS if (lie := draw(reading, seed)) is not None}
    assert {lie.kind for lie, _ in drawn.values()} == set(KINDS)
    passed = [(seed, lie) for seed, (lie, lied) in drawn.items() if noticed(reading, lied) is None]
    assert passed == []


def _first(document, stem):
    return next(one for piece in pieces(document) for one in within(piece.words) if one.id.startswith(stem))


RETOLD = {
    "all parts of a condition for one of them": (
        "explain",
        "terms.words.any",
        lambda m: Message("terms.words.all", m.params),
    ),
    "a part of a condition counted off wrongly": (
        "explain",
        "terms.words.entry",
        lambda m: Message.of(m.id, **{**dict(m.params), "number": 6}),
    ),
    "a figure under the name of another": (
        "dossier",
        "appraisal.figure.from.call",
        lambda m: Message("appraisal.figure.from.put", m.params),
    ),
    "no sign to be checked where one was": (
        "monitor@later",
        "reports.monitor.lead.part",
        lambda m: Message("reports.monitor.lead.lacking", m.params),
    ),
}
"""Lies that once passed, by what is wrong: the document, the message, and what it is made."""


@pytest.mark.parametrize("lie", RETOLD)
def test_a_lie_that_once_passed_is_noticed(reading, lie):
    name, stem, retold = RETOLD[lie]
    document = reading.documents[name]
    target = _first(document, stem)
    lied = substituted(document, target, retold(target))
    assert lied != document
    assert noticed(reading, planted(reading, name, lied)) is not None


def _published(document, change):
    """The data of a document changed in the product, so that it says what its data say."""

    def told_otherwise(reading):
        told = deepcopy(reading.published[document])
        change(told)
        return replace(reading, published={**reading.published, document: told})

    return told_otherwise


def _dossier(shown, **changed):
    """The first sentence of a tone in the dossier told or shown otherwise."""

    def told_otherwise(reading):
        document = reading.documents["dossier"]
        sentence = next(one for one in document.sentences() if one.tone == shown and one.rests)
        lied = substituted(document, sentence, replace(sentence, **changed))
        return replace(reading, documents={**reading.documents, "dossier": lied})

    return told_otherwise


def _doubled(entry, key):
    entry[key] = 2 * entry[key] + 1


FAULTS = {
    "what a fund says was paid": _published("fund", lambda told: _doubled(told["deals"][0], "paid")),
    "what a fund says came back": _published("fund", lambda told: _doubled(told["deals"][0], "returned")),
    "what a release says is planned": _published("release:i1", lambda told: told.update(all_instalments=(1.0, 2.0))),
    "what a release says was received": _published("release:i1", lambda told: _doubled(told, "received_by_facts")),
    "a quarter of the calls": _published("fund", lambda told: _doubled(told["calls"][0], "planned")),
    "a commitment in force in the fund alone": _published(
        "fund", lambda told: told["deals"][0]["tiers"][0].update(now=not told["deals"][0]["tiers"][0]["now"])
    ),
    "a risk shown as an asset": _dossier("risk", tone="good"),
    "an English sentence that is no message": _dossier("good", words="nobody has looked at what is written here"),
}
"""Faults of the product in which a document and its data agree, by what is wrong."""


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_faults_are_noticed(reading, fault):
    noticed(reading, reading)
    changed = replace(FAULTS[fault](reading), kept={"faults": reading.kept["faults"]})
    assert noticed(reading, changed) is not None
