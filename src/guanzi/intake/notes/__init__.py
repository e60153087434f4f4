"""Research notes: from one YAML file of findings to a case folder that its analyst edits."""

from guanzi.intake.notes.draft import ImportedNotes, import_notes
from guanzi.intake.notes.mapping import model_of
from guanzi.intake.notes.settle import Doubtful, NameProposal, accept_names, confirm_facts, doubtful_facts, proposals

__all__ = [
    "Doubtful",
    "ImportedNotes",
    "NameProposal",
    "accept_names",
    "confirm_facts",
    "doubtful_facts",
    "import_notes",
    "model_of",
    "proposals",
]
