"""Lines of a terminal: no wider than it, nothing lost, in both scripts."""

from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import width, wrap

CHINESE = "合肥不宜按现有条款向蔚来投入70亿元：支付后，政府方亏损的未来占78.3%；企业五年内倒闭的占75.9%。"


@given(st.text("合肥蔚来投入亿元，。（）70 abc%", min_size=1, max_size=80), st.integers(20, 90))
def test_no_line_is_wider_than_the_terminal_and_no_character_is_lost(text, columns):
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_chinese_character_takes_two_columns():
    assert width("合肥70") == 6
    assert all(width(line) <= 40 for line in wrap(CHINESE, 40))


def test_what_has_no_room_is_marked():
    lines = wrap(CHINESE, 40, most=1)
    assert len(lines) == 1
    assert lines[0].endswith("…")
    assert wrap("word " * 30, 40, most=1)[0].endswith("…")


def test_no_line_begins_with_a_mark_that_closes():
    assert not [line for n in range(20, 60) for line in wrap(CHINESE, n) if line[0] in "，。；：、）"]
