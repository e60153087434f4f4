"""Codes are split and merged: nobody enters an industry because an office renamed it."""

import numpy as np
import pandas as pd
import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.industries import (
    CodeLink,
    Concordance,
    Roles,
    at_level,
    in_families,
    in_new_codes,
    industries_of_frame,
    read_concordance,
)

ROLES = Roles("region", "industry", "year", ("value",))
LINKS = Concordance(
    "links.csv",
    (
        CodeLink("A", "A", 1.0),
        CodeLink("B", "B1", 0.25),
        CodeLink("B", "B2", 0.75),
        CodeLink("C", "D", 1.0),
        CodeLink("E", "D", 1.0),
    ),
)


def panel(rows):
    return industries_of_frame(pd.DataFrame(rows, columns=["region", "industry", "year", "value"]), ROLES)


OLD_AND_NEW = panel(
    [
        *(("x", "A", 2000, 10.0), ("x", "B", 2000, 8.0), ("x", "C", 2000, 3.0), ("y", "E", 2000, 5.0)),
        *(("x", "A", 2005, 11.0), ("x", "B1", 2005, 2.0), ("x", "B2", 2005, 6.0), ("y", "D", 2005, 9.0)),
    ]
)


def test_families_hold_what_was_split_or_merged_together():
    joined = in_families(OLD_AND_NEW, LINKS, [2000])
    assert joined.industries == ("A", "B1+", "D")
    assert joined.matrix(2000).tolist() == [[10, 8, 3], [0, 0, 5]]
    assert joined.matrix(2005).tolist() == [[11, 8, 0], [0, 0, 9]]


def test_a_split_code_is_no_entry_in_families():
    joined = in_families(OLD_AND_NEW, LINKS, [2000])
    before, after = joined.matrix(2000) > 0, joined.matrix(2005) > 0
    assert not (after & ~before).any()
    raw = (OLD_AND_NEW.matrix(2005) > 0) & ~(OLD_AND_NEW.matrix(2000) > 0)
    assert raw.any()


def test_shares_apportion_old_values_and_keep_their_sum():
    moved = in_new_codes(OLD_AND_NEW, LINKS, [2000])
    assert moved.industries == ("A", "B1", "B2", "D")
    assert moved.matrix(2000).tolist() == [[10, 2, 6, 3], [0, 0, 0, 5]]
    assert moved.matrix(2000).sum() == OLD_AND_NEW.matrix(2000).sum()


def test_what_is_unknown_stays_unknown_in_a_family():
    kept_back = panel([("x", "C", 2000, None), ("x", "E", 2000, 4.0), ("x", "A", 2000, 1.0)])
    joined = in_families(kept_back, LINKS, [2000])
    assert joined.unknown(2000).tolist() == [[False, True]]


def test_codes_without_a_link_and_shares_that_do_not_add_up_are_named():
    odd = panel([("x", "Z", 2000, 1.0), ("x", "A", 2005, 1.0)])
    with pytest.raises(InvalidInput) as refused:
        in_families(odd, LINKS, [2000])
    assert dict(refused.value.problems[0].cause.params)["codes"] == ("Z",)
    with pytest.raises(InvalidInput) as refused:
        in_new_codes(OLD_AND_NEW, Concordance("l", (*LINKS.links, CodeLink("B", "B3", 0.5))), [2000])
    assert dict(refused.value.problems[0].cause.params)["codes"] == ("B",)


def test_levels_are_prefixes_or_a_table_of_parents():
    low = panel([("x", "011", 2000, 1.0), ("x", "012", 2000, 2.0), ("x", "021", 2000, 4.0), ("y", "021", 2000, 8.0)])
    assert at_level(low, 2).industries == ("01", "02")
    np.testing.assert_array_equal(at_level(low, 2).matrix(2000), [[3, 4], [0, 8]])
    by_table = at_level(low, {"011": "food", "012": "food", "021": "wood"})
    np.testing.assert_array_equal(by_table.matrix(2000), at_level(low, 2).matrix(2000))
    with pytest.raises(InvalidInput):
        at_level(low, 4)


def test_a_concordance_is_read_with_all_its_faults_at_once(tmp_path):
    path = tmp_path / "links.csv"
    path.write_text("old,new,share\nA,A,1\nB,B1,0.25\nB,B2,0.75\nC,D,1\nE,D,1\n", "utf-8")
    assert read_concordance(path, "old", "new", "share").links == LINKS.links
    path.write_text("old,new,share\nA,,1\nB,B1,two\n", "utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_concordance(path, "old", "new", "share")
    assert [p.place.line for p in refused.value.problems] == [2, 3]
    with pytest.raises(InvalidInput):
        read_concordance(path, "from", "to")
