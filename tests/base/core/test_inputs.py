"""The door for files: regular files of a bounded size."""

import os
import shutil
import threading

import pytest

from guanzi.base.core import InvalidInput, check_input, read_input, reason_of, render


def refused(path, **options):
    with pytest.raises(InvalidInput) as caught:
        read_input(path, **options)
    (problem,) = caught.value.problems
    return problem


def test_a_pipe_is_refused_without_waiting_for_somebody_to_write_into_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    found = []
    thread = threading.Thread(target=lambda: found.append(refused(tmp_path / "pipe")), daemon=True)
    thread.start()
    thread.join(10)
    assert [dict(p.cause.params)["reason"].id for p in found] == ["core.file.reason.special"]


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_no_file(device):
    assert "device" in render(refused(device).cause)


def test_a_file_beyond_the_size_of_its_kind_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(50_000_000_000)
    problem = refused(tmp_path / "large", name="the file", most=1_000_000)
    assert (problem.place.file, problem.cause.id) == ("the file", "core.file.too_large")
    with pytest.raises(InvalidInput):
        check_input(tmp_path / "large")


def test_folders_absent_files_and_circles_are_named_as_what_they_are(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    reasons = {name: render(refused(tmp_path / name).cause) for name in (".", "absent", "loop")}
    assert [reasons[name].split(": ", 1)[1] for name in (".", "absent", "loop")] == [
        "Is a directory",
        "No such file or directory",
        "Too many levels of symbolic links",
    ]


def test_of_a_folder_of_which_many_files_cannot_be_copied_one_reason_is_said():
    error = shutil.Error([("a", "b", "[Errno 28] No space left on device"), ("c", "d", "the same")])
    assert reason_of(error) == "[Errno 28] No space left on device"
