"""Searches for better deals on the screen: one deal after another, each as it would be alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.shared.show import print_message, show_found, show_json, show_warnings
from guanzi.jobs.structuring import structuring


def list_addresses(drafts: Sequence[str], page: Path | None, lang: str, *, as_json: bool) -> None:
    """Print every figure of a term sheet that can be freed.

    Raises:
        InvalidInput: There are several term sheets, or there is no such one.
    """
    _refuse_several(drafts, "--list")
    listed = structuring.list_addresses(drafts[0])
    show_found(listed, structuring.address_data, structuring.addresses_of, lang, as_json, page)


def run_structure(
    request: structuring.Request, drafts: Sequence[str], page: Path | None, lang: str, *, as_json: bool
) -> None:
    """Search drafts for better deals and print them; what is written is said.

    Args:
        request: What is asked of each; with several drafts its file is a folder.
        drafts: Which drafts.
        page: A file for the only one as a document; None: none.
        lang: Language.
        as_json: As JSON: a list where there are several.

    Raises:
        InvalidInput: As for the search itself; or a page of several is asked for.
    """
    if page is not None:
        _refuse_several(drafts, "--page")
    files = _files(drafts, request.out)
    results = structuring.find_structures(request, files)
    for result in results:
        show_warnings(result.drafted.warnings, lang)
    if as_json and len(drafts) > 1:
        show_json(structuring.data_of_all(results))
        return
    for n, (result, (_, file)) in enumerate(zip(results, files, strict=True)):
        if n:
            print()
        show_found(result, structuring.data, structuring.document_of, lang, as_json, page)
        if file is not None and not as_json:
            written = result.found.suggestion is not None
            print_message("cli.structure.written" if written else "cli.structure.not_written", lang, file=str(file))


def _files(drafts: Sequence[str], out: Path | None) -> list[tuple[str, Path | None]]:
    """The drafts, each with where its suggestion goes: in a folder no two go to one file."""
    if out is None or len(drafts) == 1:
        return [(draft, out) for draft in drafts]
    files: dict[Path, str] = {}
    for draft in drafts:
        file = out / f"{Path(draft).name.removesuffix('.yaml')}-better.yaml"
        if file in files:
            fix = Message.of("cli.structure.same_file.mend")
            raise InvalidInput(Problem(Message.of("cli.structure.same_file", file=str(file)), Place("--out"), fix))
        files[file] = draft
    return [(draft, file) for file, draft in files.items()]


def _refuse_several(drafts: Sequence[str], option: str) -> None:
    if len(drafts) > 1:
        cause = Message.of("cli.structure.one", option=option, n=len(drafts))
        raise InvalidInput(Problem(cause, Place(option), Message.of("cli.structure.one.mend")))
