"""Cases as folders in the database: files by their content, versions of the whole, and an index of the facts.

A case of the office is the same folder that the command line reads. A version says which file has which content, as a
commit does; nothing that a version names is ever changed. So a case goes out as it came in, two versions can be laid
side by side, and an appraisal, an approval or a vote can name exactly what it rests on.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.timezone import localdate

from guanzi.office.models.people import Organisation, Person
from guanzi.office.models.rows import AccountedRow


class Blob(models.Model):
    """The content of a file, by its hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    size = models.BigIntegerField()


class HeldContent(models.Model):
    """A content that counts for an organisation, once however many of its cases and versions refer to it.

    Attributes:
        sha256: Of a file, or of the list of the files of a version.
        size: Bytes.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="held_contents")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        """A content counts once."""

        constraints = (models.UniqueConstraint(fields=("organisation", "sha256"), name="held_content_once"),)


UNDECIDED = ("defer", "no_quorum")
"""Results of a sitting after which the decision is still to come."""


class OfficeCase(AccountedRow):
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

    @property
    def newest(self) -> CaseVersion:
        """Its newest version."""
        if self.head is None:
            raise LookupError("this case has no version yet")
        return self.head

    @property
    def tree(self) -> dict[str, str]:
        """Files of the newest version: path -> SHA-256; none while there is no version."""
        return {} if self.head is None else self.head.tree

    def decided_on(self) -> date | None:
        """The day on which the committee decided on it; None: it has not, or its last decision was to defer."""
        closed = [one for one in self.sittings.all() if (one.purpose, one.state) == ("decide", "closed")]
        newest = max(closed, key=lambda one: one.pk, default=None)
        return None if newest is None or newest.result in UNDECIDED else localdate(newest.closed_at)


class CaseVersion(AccountedRow):
    """A whole state of the folder.

    Attributes:
        number: From 1.
        tree: Path within the folder -> SHA-256 of the content, in the order of paths.
        sha256: Hash of the tree.
        changed: Paths that differ from the version before.
    """

    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    tree: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    sha256 = models.CharField(max_length=64)
    changed = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        """Numbers of a case are unique: two writers at once cannot both make the next version."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="version_number_once"),)


class FactColumns(models.Model):
    """A fact as lists and search hold it; the file is the truth.

    Attributes:
        fact: Its id.
        topic: Work-stream to which it belongs; empty: none.
        value: As text.
        known_on: Day from which it is known.
        grade: Of its source, ``A`` to ``D``.
        superseded_by: Id of the fact that corrects it; empty: it stands.
        content: The whole fact as plain data.
        sha256: Of the content with that of its source: what a sign-off rests on.
        words: What a search looks through, in both languages.
    """

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
    superseded_by = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


class IndexedFact(FactColumns):
    """A fact of the newest version on which the decision rests."""

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="facts")

    class Meta:
        """Looked up by case and name."""

        indexes = (models.Index(fields=("case", "name")), models.Index(fields=("case", "known_on")))
        constraints = (models.UniqueConstraint(fields=("case", "fact"), name="fact_row_once"),)


class WatchedFact(FactColumns):
    """A fact of the newest version that became known after signing; apart, so that no decision rests on it.

    Attributes:
        origin: Its source, as the columns of :class:`IndexedSource`.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="watched")
    origin = models.JSONField(default=dict)

    class Meta:
        """A fact stands once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "fact"), name="watched_row_once"),)


class IndexedSource(models.Model):
    """A source of the newest version, for lists; the file is the truth."""

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="sources")
    source = models.CharField(max_length=200)
    publisher = models.TextField()
    publisher_zh = models.TextField(blank=True)
    title = models.TextField()
    title_zh = models.TextField(blank=True)
    published = models.DateField(null=True)
    grade = models.CharField(max_length=2)
    link = models.TextField(blank=True)

    class Meta:
        """A source stands once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "source"), name="source_row_once"),)


class IndexedPage(models.Model):
    """A page of a document of the newest version, for search; the document is the truth.

    Attributes:
        sha256: Of the document.
        document: Its id in the data room.
        words: Text of the page.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="pages")
    sha256 = models.CharField(max_length=64)
    document = models.CharField(max_length=200)
    title = models.TextField()
    page = models.IntegerField()
    words = models.TextField(blank=True)

    class Meta:
        """A page stands once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "sha256", "page"), name="page_row_once"),)
