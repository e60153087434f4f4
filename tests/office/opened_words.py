"""What the log opens of an entry: names and words behind its commitments."""

from guanzi.office.auditlog.log import office_log


def told_words(entry):
    """Label -> name or words; what was forgotten is left out."""
    log = office_log()
    return {name: pair[1] for name, hash in entry.commitments() if (pair := log.opened(hash)) is not None}
