"""A case goes out of the office as it came in: every file byte by byte, whatever its name and content."""

import base64
import io
import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.commands import Commands
from tests.office.evidence_of import FILES, open_small, text_file
from tests.sampling import examples

from guanzi.base.core import InvalidInput, hidden_in_name
from guanzi.office.actions import perform
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.contents import is_left_out, read_folder
from guanzi.office.cases.exchange import MOST_FILES, folder_files, pack_folder, packed, unpacked, write_out
from guanzi.record.evidence import builtin_cases, find_case

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\\\0", exclude_categories=("Cs", "Cc")), min_size=1)
NAMES = NAMES.filter(lambda name: not hidden_in_name(name))  # those are refused: tests/office/test_hidden_text.py


@pytest.mark.parametrize("name", sorted(builtin_cases()))
def test_a_built_in_case_comes_out_of_a_zip_file_as_it_lies_on_the_disk(name):
    folder = find_case(name)
    assert unpacked(pack_folder(folder)) == read_folder(folder)


def test_a_case_comes_out_as_it_came_in_and_opens_again_as_the_same(office, client, tmp_path):
    case = open_small(office)
    asked = {"case": "small", "file": text_file("a letter"), "filename": "信.txt", "known_on": "2026-05-01"}
    perform(office.analyst, "evidence.upload", asked, "doc")
    case.refresh_from_db()
    client.force_login(office.analyst)
    out = client.get("/cases/small/folder.zip").content
    assert out == packed(case.head)
    files = unpacked(out)
    assert {name: content_of(sha256) for name, sha256 in case.head.tree.items()} == files
    assert unpacked(client.get("/cases/small/folder.zip?version=1").content) == FILES
    assert client.get("/cases/small/folder.zip?version=9").status_code == 404
    write_out(case.head, tmp_path / "out" / "small")
    assert read_folder(tmp_path / "out" / "small") == files
    archive = base64.b64encode(pack_folder(tmp_path / "out" / "small")).decode()
    with pytest.raises(InvalidInput) as caught:
        perform(office.lead, "evidence.replace_folder", {"case": "small", "archive": archive, "why": "same"}, "r")
    assert [problem.cause.id for problem in caught.value.problems] == ["office.refused.nothing_changed"]
    with pytest.raises(InvalidInput):
        write_out(case.head, tmp_path / "out" / "small")


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=5))
def test_files_of_any_name_and_content_go_through_a_zip_file(extra):
    files = FILES | {name: content for name, content in extra.items() if name not in (".DS_Store", "Thumbs.db")}
    files = {name: content for name, content in files.items() if not is_left_out(name)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, content in files.items():
            box.writestr(f"small/{name}", content)
    assert unpacked(out.getvalue()) == files


@settings(max_examples=examples(100), deadline=None)
@given(st.binary(max_size=300), st.integers(0, 250), st.integers(0, 255))
def test_what_is_no_zip_file_or_a_damaged_one_is_refused_and_nothing_else(noise, place, value):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("case.yaml", FILES["case.yaml"])
    damaged = bytearray(out.getvalue())
    damaged[place % len(damaged)] = value
    for archive in (noise, bytes(damaged)):
        try:
            unpacked(archive)
        except InvalidInput:
            continue


def test_an_archive_of_too_many_files_or_with_a_name_twice_is_refused():
    many, twice = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(many, "w") as box:
        for number in range(MOST_FILES + 1):
            box.writestr(f"facts/{number}.yaml", b"")
    with zipfile.ZipFile(twice, "w") as box:
        box.writestr("case.yaml", b"a")
        with pytest.warns(UserWarning, match="Duplicate"):
            box.writestr("case.yaml", b"b")
    for archive, id in ((many, "archive_large"), (twice, "name_twice")):
        with pytest.raises(InvalidInput) as caught:
            unpacked(archive.getvalue())
        assert caught.value.problems[0].cause.id == f"office.refused.{id}"


def test_links_outcome_and_stray_files_of_a_folder_stay_outside(tmp_path):
    folder = tmp_path / "small"
    for name in ("case.yaml", "facts/a.yaml", "outcome/facts.yaml", ".DS_Store"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    (folder / "secret").symlink_to("/etc/hostname")
    assert set(folder_files(folder)) == {"case.yaml", "facts/a.yaml"}


def test_a_case_goes_out_and_in_by_the_command_line(tmp_path, tables):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    env.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*words):
        return subprocess.run([tmp_path / "guanzi", *map(str, words)], capture_output=True, text=True, env=env)

    first, second = tables.into(tmp_path / "first"), tmp_path / "second"
    made = (
        "import sys; from pathlib import Path; from guanzi import office; office.choose(Path(sys.argv[1])); "
        "office.prepare(); from tests.office.conftest import Office; Office.make('city')"
    )
    subprocess.run([sys.executable, "-c", made, str(first)], check=True)
    shutil.copytree(first, second)
    source = tmp_path / "small"
    for name, content in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    with closing(Commands(tmp_path, env, apart=False)):
        assert run("office", "import", source, "--as", "city-lead", "--data", first).returncode == 0
        out = run(
            "office", "export", "small", "--out", tmp_path / "out" / "small", "--as", "city-lead", "--data", first
        )
        assert out.returncode == 0, out.stderr
        assert read_folder(tmp_path / "out" / "small") == FILES
        assert (
            run("office", "import", tmp_path / "out" / "small", "--as", "city-lead", "--data", second).returncode == 0
        )
        refused = run("office", "export", "small", "--out", tmp_path / "o", "--as", "city-analyst", "--data", first)
        assert refused.returncode == 2
        assert not (tmp_path / "o").exists()
