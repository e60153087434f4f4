"""A case whose draft tells one sum in all forms and no payment: EHang's, without the bracket for its gift."""

import shutil
from pathlib import Path

import yaml

from guanzi.record.evidence import Case, find_case, load_case


def announced_only(scratch: Path) -> Case:
    """Reads EHang's case from a copy under `scratch` whose terms have no gift: only the announced sum is left."""
    folder = scratch / "ehang-hefei-2023"
    shutil.copytree(find_case("ehang-hefei-2023"), folder)
    (file,) = (folder / "terms").glob("*.yaml")
    terms = yaml.safe_load(file.read_text("utf-8"))
    del terms["incentives"]
    file.write_text(yaml.safe_dump(terms, allow_unicode=True, sort_keys=False), "utf-8")
    return load_case(folder)
