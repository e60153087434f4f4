"""Everything that is said of some sixty cases is held to the facts by a second path."""

from collections import Counter, defaultdict

import pytest
from tests.sampling import PARTS, members_of, rank
from tests.truth.denials import denying, entry_of, unregistered
from tests.truth.known import is_known
from tests.truth.nouns import catalogue_numbers, catalogue_shares, untranslated
from tests.truth.properties import PROPERTIES, faults_of, few, read_all

MOST_SHOWN = 12
ONE_IN = 16
"""Of so many cases `make test` reads one whole."""
NARROW = "narrow"
MOST_NARROW = 10
"""So many more are read narrowly."""


@pytest.fixture(scope="module", params=(*PARTS, NARROW))
def found(request, tmp_path_factory):
    """Faults of some cases by property, with the case of each: of a part, and of the rest whole in the proofs.

    Of most of the rest dossier, brief, memorandum, minutes and money are read in every run.
    """
    faults = defaultdict(list)
    cases = {data.label: data for data in few()}
    narrow = request.param == NARROW
    labels = members_of("rest" if narrow else request.param, cases, ONE_IN)
    chosen = (cases[label] for label in (sorted(labels, key=rank)[:MOST_NARROW] if narrow else labels))
    for reading in read_all(chosen, tmp_path_factory.mktemp("cases"), whole=not narrow):
        for fault in faults_of(reading):
            faults[fault.property].append((reading.data.label, fault))
    return faults


@pytest.mark.parametrize("property", PROPERTIES)
def test_nothing_that_is_said_is_contradicted_by_the_facts(found, property):
    new = [(label, fault) for label, fault in found[property] if not is_known(property, fault.id)]
    kinds = Counter(fault.id for _, fault in new)
    shown = {fault.id: f"{label}: {fault}" for label, fault in reversed(new)}
    assert not new, "\n".join(f"{n} × {shown[id]}" for id, n in kinds.most_common(MOST_SHOWN))


def test_a_message_that_denies_says_what_would_answer_it():
    assert not unregistered()


def test_the_messages_that_deny_are_found_by_their_words():
    ids = set(denying())
    assert {"diligence.runway.unknown", "diligence.plan-funding.no-money", "reports.monitor.unseen.none"} <= ids
    assert entry_of("diligence.invented.unknown") is None


def test_both_languages_carry_the_same_parameters():
    assert not list(catalogue_numbers())


def test_a_per_cent_of_one_language_is_a_figure_in_the_other():
    assert not list(catalogue_shares())


def test_every_chinese_sentence_is_chinese():
    assert not list(untranslated())
