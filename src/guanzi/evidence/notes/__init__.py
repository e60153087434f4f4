"""Research notes: from one YAML file of findings to a case folder that its analyst edits."""

from guanzi.evidence.notes.draft import Imported, import_notes
from guanzi.evidence.notes.remarks import Remark
from guanzi.evidence.notes.settle import Doubtful, Proposal, accept_names, confirm_facts, doubtful_facts, proposals

__all__ = [
    "Doubtful",
    "Imported",
    "Proposal",
    "Remark",
    "accept_names",
    "confirm_facts",
    "doubtful_facts",
    "import_notes",
    "proposals",
]
