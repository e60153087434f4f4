"""Cases as folders in the database: files by their content, versions of the whole, and an index of the facts.

A case of the office is the same folder that the command line reads. A version says which file has which content, as a
commit does; nothing that a version names is ever changed. So a case goes out as it came in, two versions can be laid
side by side, and an appraisal, an approval or a vote can name exactly what it rests on.
"""

from __future__ import annotations

from django.db import models

from guanzi.office.models.people import Organisation, Person


class Blob(models.Model):
    """The content of a file, by its hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    size = models.BigIntegerField()


class OfficeCase(models.Model):
    """A case.

    Attributes:
        slug: Id of the case (``case.yaml``).
        stage: Id of the stage of the workflow at which it is.
        playbook, playbook_sha256: Playbook and its hash when the case was opened.
        due: Day on which the decision is due by the clock of the workflow.
        state: ``open``, ``signed``, ``declined`` or ``closed``.
        head: Its newest version.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    slug = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    title_zh = models.CharField(max_length=300, blank=True)
    company = models.CharField(max_length=200)
    company_zh = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200)
    region_zh = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3)
    decision_date = models.DateField()
    stage = models.CharField(max_length=40)
    state = models.CharField(max_length=20, default="open")
    playbook = models.CharField(max_length=100)
    playbook_sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    due = models.DateField()
    head = models.ForeignKey("CaseVersion", models.PROTECT, null=True, related_name="+")

    class Meta:
        """Ids are unique within an organisation; lists go by day."""

        constraints = (models.UniqueConstraint(fields=("organisation", "slug"), name="case_slug_once"),)
        indexes = (models.Index(fields=("organisation", "state", "due")),)


class CaseVersion(models.Model):
    """A whole state of the folder.

    Attributes:
        number: From 1.
        tree: Path within the folder -> SHA-256 of the content, in the order of paths.
        sha256: Hash of the tree.
        changed: Paths that differ from the version before.
    """

    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    tree = models.JSONField()
    sha256 = models.CharField(max_length=64)
    changed = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        """Numbers of a case are unique: two writers at once cannot both make the next version."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="version_number_once"),)


class IndexedFact(models.Model):
    """A fact of the newest version, for lists and search; the file is the truth.

    Attributes:
        fact: Its id.
        topic: Work-stream to which it belongs; empty: none.
        value: As text.
        known_on: Day from which it is known.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="facts")
    fact = models.CharField(max_length=200)
    subject = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    topic = models.CharField(max_length=40, blank=True)
    value = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=60, blank=True)
    known_on = models.DateField(null=True)
    grade = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=300)
    words = models.TextField(blank=True)

    class Meta:
        """Looked up by case and name."""

        indexes = (models.Index(fields=("case", "name")), models.Index(fields=("case", "known_on")))
        constraints = (models.UniqueConstraint(fields=("case", "fact"), name="fact_row_once"),)
