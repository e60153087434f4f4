"""What is kept for later runs comes back as it was, or not at all."""

import os

import pytest

from guanzi.base.core import folder_beside, keep_content, kept_content

CONTENT = b"of a deal that is not public " * 20


@pytest.mark.parametrize("mode", [0o644, 0o600])
def test_what_is_kept_comes_back_and_is_read_by_whom_it_may(tmp_path, mode):
    file = tmp_path / "folder" / "one.kind"
    assert kept_content(file) is None
    keep_content(file, CONTENT, 5, mode)
    assert kept_content(file) == CONTENT
    assert file.stat().st_mode & 0o777 == mode
    assert [x.name for x in file.parent.iterdir()] == ["one.kind"]


@pytest.mark.parametrize("harm", [lambda x: x[:-1], lambda x: b"", lambda x: x[:40] + bytes([x[40] ^ 1]) + x[41:]])
def test_a_damaged_file_counts_as_none(tmp_path, harm):
    file = tmp_path / "one.kind"
    keep_content(file, CONTENT, 5)
    file.write_bytes(harm(file.read_bytes()))
    assert kept_content(file) is None


def test_a_file_that_others_could_have_written_counts_as_none(tmp_path):
    file = tmp_path / "one.kind"
    keep_content(file, CONTENT, 5)
    file.chmod(0o666)
    assert kept_content(file) is None


def test_the_oldest_of_a_kind_make_room(tmp_path):
    for n in range(4):
        file = tmp_path / f"{n}.kind"
        keep_content(file, CONTENT, 2)
        os.utime(file, (n, n))
    (tmp_path / "9.other").write_text("")
    assert sorted(x.name for x in tmp_path.iterdir()) == ["2.kind", "3.kind", "9.other"]


def test_a_folder_lies_beside_the_compiled_code_or_nowhere(tmp_path, monkeypatch):
    assert folder_beside(tmp_path / "code.py") == tmp_path / "__pycache__"
    (tmp_path / "__pycache__").chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = folder_beside(tmp_path / "code.py")
    assert found is not None
    assert found.is_relative_to(tmp_path / "cache" / "guanzi")
    (tmp_path / "file").write_text("")
    assert folder_beside(tmp_path / "file" / "code.py") is None
