"""Research notes: from one YAML file of findings to a case folder that its analyst edits."""

from guanzi.evidence.notes.draft import Imported, import_notes
from guanzi.evidence.notes.remarks import Remark

__all__ = ["Imported", "Remark", "import_notes"]
