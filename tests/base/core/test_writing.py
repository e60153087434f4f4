"""Writing: whole or not at all, and one spelling of JSON."""

import json
import math

import pytest

from guanzi.base.core import dump_json, write_file


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("before", "utf-8")
    path.chmod(0o600)
    write_file(path, "after 合肥\n")
    assert path.read_bytes() == "after 合肥\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["f.yaml"]


def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("before", "utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_file(path, "\ud800")
    assert path.read_text("utf-8") == "before"


def test_json_is_read_back_and_holds_no_nan():
    data = {"b": [1.5, None], "a": "合肥"}
    assert json.loads(dump_json(data)) == data
    with pytest.raises(ValueError, match="JSON"):
        dump_json({"x": math.nan})
