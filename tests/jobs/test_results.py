"""Results that lie together belong together."""

import json
import os

import pytest

from guanzi.jobs.shared.results import belongs, write_results, write_whole


@pytest.fixture
def out(tmp_path):
    write_results(
        tmp_path / "out", {"appraisal.json": "of March", "dossier.html": "of March", "brief.html": "of March"}
    )
    return tmp_path / "out"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_an_earlier_run_wrote_and_this_one_does_not_is_gone(out):
    write_results(out, {"appraisal.json": "of April", "dossier.html": "of April"})
    assert names(out) == ["appraisal.json", "dossier.html", "manifest.json"]


def test_pages_of_the_same_result_stay(out):
    write_results(out, {"appraisal.json": "of March", "dossier.html": "of March, in Chinese"})
    assert names(out) == ["appraisal.json", "brief.html", "dossier.html", "manifest.json"]
    assert belongs(out, "brief.html")


def test_what_lies_beside_results_is_let_be(out):
    (out / "notes.txt").write_text("mine", "utf-8")
    write_results(out, {"appraisal.json": "of April"})
    assert names(out) == ["appraisal.json", "manifest.json", "notes.txt"]


@pytest.mark.parametrize("steps", range(3))
def test_a_run_that_is_ended_between_two_names_leaves_files_of_one_run(out, monkeypatch, steps):
    moved = []

    def replace(draft, target):
        if len(moved) == steps:
            raise KeyboardInterrupt
        moved.append(target)
        rename(draft, target)

    rename = os.replace
    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_results(out, {"appraisal.json": "of April", "dossier.html": "of April"})
    assert {path.read_text("utf-8") for path in out.iterdir()} <= {"of April"}
    assert not belongs(out, "appraisal.json")


def test_results_that_were_changed_or_that_no_manifest_names_are_not_taken(out):
    assert belongs(out, "appraisal.json")
    (out / "appraisal.json").write_text("of May", "utf-8")
    assert not belongs(out, "appraisal.json")
    assert not belongs(out, "absent.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": {"../other": ""}}', "[" * 100_000])
def test_a_manifest_that_somebody_spoilt_does_no_harm(out, text):
    (out.parent / "other").write_text("mine", "utf-8")
    (out / "manifest.json").write_text(text, "utf-8")
    assert not belongs(out, "appraisal.json")
    write_results(out, {"appraisal.json": "of April"})
    assert belongs(out, "appraisal.json")
    assert (out.parent / "other").read_text("utf-8") == "mine"


def test_a_manifest_names_the_files_with_their_hashes(out):
    written = json.loads((out / "manifest.json").read_text("utf-8"))
    assert sorted(written["files"]) == ["appraisal.json", "brief.html", "dossier.html"]


def test_single_files_are_written_without_a_manifest(tmp_path):
    write_whole(tmp_path, {"table.md": "| a |"})
    assert names(tmp_path) == ["table.md"]
