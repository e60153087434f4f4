"""What is kept for later runs comes back as it was, or not at all, and only to whoever has its secret."""

import os
import zlib

import pytest

from guanzi.base.core import folder_beside, keep_content, kept_content

CONTENT = b"of a deal that is not public " * 20


@pytest.mark.parametrize("secret", [b"", b"what it is made from"])
def test_what_is_kept_comes_back(tmp_path, secret):
    file = tmp_path / "folder" / "one.kind"
    assert kept_content(file, secret) is None
    keep_content(file, CONTENT, 5, secret)
    assert kept_content(file, secret) == CONTENT
    assert [x.name for x in file.parent.iterdir()] == ["one.kind"]


def test_what_is_sealed_cannot_be_read_without_its_secret(tmp_path):
    open_one, sealed = tmp_path / "open.kind", tmp_path / "sealed.kind"
    keep_content(open_one, CONTENT, 5)
    keep_content(sealed, CONTENT, 5, b"secret")
    assert zlib.compress(CONTENT, 1) in open_one.read_bytes()
    assert zlib.compress(CONTENT, 1) not in sealed.read_bytes()
    with pytest.raises(zlib.error):
        kept_content(sealed, b"another")


@pytest.mark.parametrize("harm", [lambda x: x[:-1], lambda x: b"", lambda x: x[:40] + bytes([x[40] ^ 1]) + x[41:]])
def test_a_damaged_file_counts_as_none(tmp_path, harm):
    file = tmp_path / "one.kind"
    keep_content(file, CONTENT, 5, b"secret")
    file.write_bytes(harm(file.read_bytes()))
    assert kept_content(file, b"secret") is None


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
