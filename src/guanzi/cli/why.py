"""Following a figure to its facts, sources, model and seed, as a tree."""

from __future__ import annotations

from datetime import date

from guanzi.advice.appraisal import Appraisal, appraise, from_json, method_sha256, why
from guanzi.base.core import InvalidInput, Message, Progress, dump_json, read_input
from guanzi.cli.appraise import default_folder
from guanzi.cli.files import belongs
from guanzi.cli.whytree import on_one_screen, tree_lines
from guanzi.record.evidence import Case, find_case, load_case
from guanzi.record.playbooks import Playbook, load_playbook

WIDTH = 110
PATHS, SEED = 20_000, 1


def show_why(
    text: str,
    figure: str,
    as_of: date | None,
    playbook: str,
    paths: int | None,
    seed: int | None,
    threads: int | None,
    lang: str,
    as_json: bool,
    whole: bool = False,
) -> None:
    """Print where a figure comes from; an appraisal that lies in the default folder and still holds is not repeated.

    Without ``whole`` it is what fits one screen: the steps next to the figure, and what else it rests on by number.
    """
    case, method = load_case(find_case(text)), load_playbook(playbook)
    appraisal = _written(case, as_of, method, paths, seed)
    if appraisal is None:
        total = paths or PATHS
        with Progress(Message.of("cli.progress.paths"), total, lang=lang) as progress:
            appraisal = appraise(case, as_of, method, total, SEED if seed is None else seed, threads, progress.advance)
    tree = why(appraisal, figure)
    if as_json:
        print(dump_json(tree.as_dict()), end="")
        return
    if whole:
        lines = list(tree_lines(tree, lang, WIDTH))
    else:
        command = f"guanzi why {text} {figure}"
        lines = on_one_screen(tree, command, lang)
    print("\n".join(lines))


def _written(case: Case, as_of: date | None, method: Playbook, paths: int | None, seed: int | None) -> Appraisal | None:
    """The appraisal in the default folder, if it is that of this view and method."""
    view = case.view(as_of or case.decision_date)
    file = default_folder(case.id, view.as_of) / "appraisal.json"
    if not belongs(file.parent, file.name):
        return None
    try:
        found = from_json(read_input(file).decode("utf-8"), str(file))
    except (UnicodeDecodeError, InvalidInput):
        return None
    v = found.versions
    same = v.view_sha256 == view.sha256 and v.method_sha256 == method_sha256(method)
    wanted = paths in (None, v.paths) and seed in (None, v.seed)
    return found if same and wanted else None
