"""The words of a list that agree with one asked for: those that the matcher finds among all, no more and no less."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.study.screening.alignment import agreement, distance, letter_set, members
from guanzi.study.screening.index import build_index
from guanzi.study.screening.matching import prepared, word_arrays
from guanzi.study.screening.postings import Postings
from guanzi.study.screening.vocabulary import Vocabulary, _where, least_distance

words = st.text(alphabet="abckhsz", min_size=1, max_size=9)


def coded(word: str) -> np.ndarray:
    return np.frombuffer(word.encode("utf-32-le"), np.uint32)


@settings(max_examples=examples(300), deadline=None)
@given(words, words)
def test_the_distance_by_bits_is_the_distance_by_table(a, b):
    first, second = coded(a), coded(b)
    table = np.zeros((12, 12), np.int32)
    by_bits = least_distance(_where(first, 0, len(a)), len(a), second, 0, len(b))
    apart = distance(first, 0, len(a), second, 0, len(b), table)
    assert by_bits == apart
    assert members(letter_set(first, 0, len(a)) ^ letter_set(second, 0, len(b))) <= 2 * apart


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(words, min_size=1, max_size=30), words | st.sampled_from(["william", "bill", "Иван"]))
def test_near_words_are_those_that_agree(listed, asked):
    listed = [*listed, "bill", "william", "иван", "ivan", "q"]
    numbers = np.concatenate([prepared.__wrapped__(word, False) for word in listed])
    word = int(prepared.__wrapped__(asked, False)[0])
    arrays = word_arrays(False)
    vocabulary = Vocabulary.of(np.unique(numbers), arrays)
    letters, start, length, sounds, sound_start, sound_length, kind, groups, _, family = arrays
    table = np.zeros((82, 82), np.int32)
    agrees = {
        int(n): close
        for n in set(numbers.tolist())
        for close, _ in [
            agreement(
                word,
                n,
                letters,
                start,
                length,
                sounds,
                sound_start,
                sound_length,
                kind,
                groups,
                family,
                table,
            )
        ]
        if close > 0
    }
    places, close = vocabulary.near(word, arrays)
    found = dict(zip(vocabulary.words[places].tolist(), close.tolist(), strict=True))
    assert found == pytest.approx(agrees, rel=1e-6)


def test_rare_keys_come_first_and_the_first_always():
    postings = Postings.of(np.array([7, 7, 7, 9, 9, 5]), np.array([0, 1, 2, 3, 4, 5], np.int32))
    assert [entries.tolist() for entries in postings.rarest_first({7, 9, 5, 1}, 3)] == [[5], [3, 4]]
    assert [entries.tolist() for entries in postings.rarest_first({7}, 1)] == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Hsi Chin-ping", "Xi Jinping"),
        ("Xi Jinping", "Hsi Chin-p'ing"),
        ("习近平", "Xi Jinping"),
        ("Kim Jongun", "Kim Jong Un"),
        ("Wang X M", "王小明"),
        ("王小明", "X. M. Wang"),
        ("Li Xiang Robert", "李想"),
        ("李想", "Robert Xiang Li"),
    ],
)
def test_ways_of_writing_that_share_no_word_are_found(asked, listed):
    others = [f"Nobody{i} Anywhere" for i in range(20)]
    index = build_index([*others, listed], ["Person"] * 21)
    assert index.search(asked, "Person")[0].entry == 20


def test_what_may_be_either_is_sought_among_people_and_companies():
    index = build_index(["Siemens AG", "Anna Siemens", "Otto Berg"], ["Company", "Person", "Person"])
    assert {hit.entry for hit in index.search("Siemens")} == {0, 1}
    assert {hit.entry for hit in index.search("Siemens", "Company")} == {0}
