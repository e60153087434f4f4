"""Trees of the log against published roots, and proofs against trees of every size."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.record.ledger.merkle import (
    EMPTY,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    range_root,
    root_of,
)

# the inputs and roots that implementations of RFC 6962 are tested with (certificate-transparency, merkle_tree_test)
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


class Kept:
    """Whole subtrees of a log, by level and number."""

    def __init__(self, leaves):
        self.levels = [list(leaves)]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    def __call__(self, level, number):
        return self.levels[level][number]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size):
    leaves = [leaf_hash(content) for content in INPUTS[:size]]
    assert root_of(leaves).hex() == ROOTS[size - 1]
    assert range_root(Kept(leaves), 0, size).hex() == ROOTS[size - 1]


def test_the_empty_log_has_the_hash_of_nothing():
    assert root_of([]) == EMPTY == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 34))
def test_every_entry_is_proved_and_no_other_one(size):
    leaves = [leaf_hash(str(n).encode()) for n in range(size)]
    at, root = Kept(leaves), root_of(leaves)
    for n in range(size):
        proof = inclusion_proof(at, n, size)
        assert is_included(leaves[n], n, size, proof, root)
        assert not is_included(leaf_hash(b"other"), n, size, proof, root)
        assert not is_included(leaves[n], (n + 1) % size, size, proof, root) or size == 1
        assert not is_included(leaves[n], n, size, (*proof, root), root)


@pytest.mark.parametrize("new", range(1, 34))
def test_every_larger_log_begins_with_every_smaller_one(new):
    leaves = [leaf_hash(str(n).encode()) for n in range(new)]
    at = Kept(leaves)
    for old in range(1, new + 1):
        proof = consistency_proof(at, old, new)
        before, after = root_of(leaves[:old]), root_of(leaves)
        assert is_consistent(old, new, before, after, proof)
        assert not is_consistent(old, new, leaf_hash(b"x"), after, proof)
        assert not is_consistent(old, new, before, leaf_hash(b"x"), proof)


@given(st.integers(2, 60), st.data())
@settings(max_examples=examples(60))
def test_a_log_that_was_changed_before_its_end_is_inconsistent(size, data):
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    leaves = [leaf_hash(str(n).encode()) for n in range(size)]
    forged = [*leaves[:changed], leaf_hash(b"forged"), *leaves[changed + 1 :]]
    proof = consistency_proof(Kept(forged), old, size)
    assert not is_consistent(old, size, root_of(leaves[:old]), root_of(forged), proof)


def test_what_is_not_there_cannot_be_proved():
    at = Kept([leaf_hash(b"a")])
    with pytest.raises(ValueError, match="no entry"):
        inclusion_proof(at, 1, 1)
    with pytest.raises(ValueError, match="follow"):
        consistency_proof(at, 2, 1)
