"""The tables of the office in one step; an office that began before keeps its own steps, which this one stands for."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import guanzi.office.models.numbers


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("office", "0001_first"),
        ("office", "0002_log"),
        ("office", "0003_evidence"),
        ("office", "0004_desk"),
        ("office", "0005_watch"),
        ("office", "0006_panels"),
        ("office", "0007_second"),
        ("office", "0008_numbers"),
        ("office", "0009_log_indexes"),
        ("office", "0010_newest_first"),
        ("office", "0011_watched_facts"),
        ("office", "0012_verified"),
        ("office", "0013_corrections"),
        ("office", "0014_changes"),
        ("office", "0015_secrets"),
        ("office", "0017_uncounted"),
        ("office", "0018_held_contents"),
        ("office", "0019_rows"),
        ("office", "0020_waivers"),
        ("office", "0021_notices"),
        ("office", "0022_discussions"),
        ("office", "0023_company_seats"),
        ("office", "0024_refused_proposals"),
        ("office", "0025_outcomes"),
        ("office", "0026_dropped_leads"),
        ("office", "0027_identities"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(default="en", max_length=8)),
                ("must_change", models.BooleanField(default=False)),
                ("sessions_ended", models.PositiveIntegerField(default=0)),
                ("human", models.BigIntegerField(db_index=True, null=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
                ("size", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="GuessCount",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", models.PositiveIntegerField()),
                ("ends", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, max_length=200)),
                ("playbook", models.CharField(default="hefei", max_length=100)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WatchRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("cases", models.IntegerField(default=0)),
                ("failed", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feed",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="office.apitoken",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("tree", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("changed", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=500)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("subject", models.JSONField()),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DiscussionRemark",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="office.discussion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NoticeChannel",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("address", models.CharField(max_length=500)),
                ("daily", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("digest_on", models.DateField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("next_try", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OfficeCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("title_zh", models.CharField(blank=True, max_length=300)),
                ("company", models.CharField(max_length=200)),
                ("company_zh", models.CharField(blank=True, max_length=200)),
                ("region", models.CharField(max_length=200)),
                ("region_zh", models.CharField(blank=True, max_length=200)),
                ("industry", models.CharField(blank=True, max_length=200)),
                ("currency", models.CharField(max_length=3)),
                ("decision_date", models.DateField()),
                ("stage", models.CharField(max_length=40)),
                ("state", models.CharField(default="open", max_length=20)),
                ("playbook", models.CharField(max_length=100)),
                ("playbook_sha256", models.CharField(max_length=64)),
                ("opened_at", models.DateTimeField()),
                ("due", models.DateField()),
                (
                    "head",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.caseversion",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="office.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FigureCorrection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("quarter", models.CharField(max_length=20)),
                ("figures", models.JSONField()),
                ("why", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True)),
                ("corrected", models.JSONField(default=dict)),
                ("report", models.CharField(blank=True, max_length=200)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExpertJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=100)),
                ("round", models.IntegerField()),
                ("low", models.FloatField()),
                ("mode", models.FloatField()),
                ("high", models.FloatField()),
                ("unit", models.CharField(max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="discussion",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="discussions", to="office.officecase"
            ),
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("has_interest", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DealStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("data", models.JSONField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standing", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompanySeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("invited_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="company_seat",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="company_seats",
                        to="office.officecase",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClosedPanel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("panel", models.CharField(max_length=40)),
                ("path", models.CharField(max_length=300)),
                ("sha256", models.CharField(max_length=64)),
                ("experts", models.IntegerField()),
                ("closed_at", models.DateTimeField()),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="panels", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="caseversion",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="office.officecase"
            ),
        ),
        migrations.CreateModel(
            name="CaseOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=10)),
                ("precedent", models.JSONField(default=dict)),
                ("answers", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "judged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="office.officecase"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AppraisalRun",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField(default=0, editable=False)),
                ("as_of", models.DateField()),
                ("playbook", models.CharField(max_length=100)),
                ("paths", models.IntegerField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="queued", max_length=20)),
                ("progress", models.FloatField(default=0.0)),
                ("cancel", models.BooleanField(default=False)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("advice", models.CharField(blank=True, max_length=40)),
                ("headline", models.JSONField(default=dict)),
                ("files", models.JSONField(default=dict)),
                ("problem", models.JSONField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.caseversion"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appraisals", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_contents",
                        to="office.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DroppedLead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=100)),
                ("firm", models.CharField(max_length=100)),
                ("city", models.CharField(max_length=100)),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dropped_leads",
                        to="office.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ActionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("action", models.CharField(max_length=60)),
                ("asked", models.CharField(max_length=64)),
                ("answer", models.JSONField()),
                ("entry", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="office.officecase",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="organisation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="people", to="office.organisation"
            ),
        ),
        migrations.CreateModel(
            name="OutgoingNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("due", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outgoing", to="office.noticechannel"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonChange",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.drawn, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("roles", models.JSONField(default=list)),
                ("hash", models.CharField(blank=True, max_length=200)),
                ("half", models.CharField(blank=True, max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="office.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RefusedProposal",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("fact", models.CharField(max_length=100)),
                ("period", models.CharField(max_length=60)),
                ("page", models.PositiveIntegerField()),
                ("box", models.CharField(blank=True, max_length=80)),
                ("figure", models.CharField(max_length=200)),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused_proposals",
                        to="office.officecase",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="held", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RowDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.BigIntegerField()),
                ("table", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=100)),
                ("before", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["entry"], name="office_rowd_entry_295f0b_idx")],
                "constraints": [models.UniqueConstraint(fields=("table", "key", "entry"), name="row_accounted_once")],
            },
        ),
        migrations.CreateModel(
            name="Scene",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("title_zh", models.CharField(blank=True, max_length=300)),
                ("owner", models.CharField(max_length=200)),
                ("place", models.CharField(max_length=200)),
                ("need", models.TextField()),
                ("conditions", models.TextField(blank=True)),
                ("opens", models.DateField()),
                ("closes", models.DateField(null=True)),
                ("state", models.CharField(default="offered", max_length=20)),
                ("offered_at", models.DateTimeField()),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scenes", to="office.organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PilotRun",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("begun_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("safety_case", models.TextField(blank=True)),
                ("result", models.TextField(blank=True)),
                ("measured_by", models.CharField(blank=True, max_length=20)),
                ("fact", models.CharField(blank=True, max_length=200)),
                ("ordered", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pilots", to="office.officecase"
                    ),
                ),
                (
                    "scene",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pilots", to="office.scene"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=20)),
                ("weight", models.FloatField(default=1.0)),
                ("given_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="office.officecase"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SheetApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=300)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="office.officecase"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SheetRun",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("tree", models.JSONField()),
                ("path", models.CharField(max_length=300)),
                ("tranche", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="queued", max_length=20)),
                ("progress", models.FloatField(default=0.0)),
                ("cancel", models.BooleanField(default=False)),
                ("result", models.JSONField(null=True)),
                ("problem", models.JSONField(default=list)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheet_runs", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField(default=0, editable=False)),
                ("purpose", models.CharField(default="decide", max_length=20)),
                ("question", models.TextField(blank=True)),
                ("amount", models.FloatField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=20)),
                ("result", models.CharField(blank=True, max_length=40)),
                ("tally", models.JSONField(default=dict)),
                ("closed_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True)),
                ("dissent", models.TextField(blank=True)),
                ("void_because", models.JSONField(default=list)),
                ("changes", models.JSONField(default=dict)),
                ("evidence_since", models.JSONField(default=list)),
                ("told_entries", models.JSONField(default=list)),
                (
                    "appraisal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sittings", to="office.appraisalrun"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="office.officecase"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "upheld",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.caseversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=300)),
                ("sha256", models.CharField(max_length=64)),
                ("signed_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signing", to="office.officecase"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.sitting"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConditionWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("condition", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waivers", to="office.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vote", models.CharField(max_length=30)),
                ("reason", models.TextField()),
                ("weight", models.FloatField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="office.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrancheRelease",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tranche", models.CharField(max_length=200)),
                ("amount", models.FloatField()),
                ("proof", models.CharField(max_length=64)),
                ("test", models.JSONField()),
                ("rests_on", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True)),
                ("fell_because", models.CharField(blank=True, max_length=60)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fact", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("document", models.CharField(max_length=200)),
                ("proof", models.CharField(max_length=64)),
                ("page", models.IntegerField(null=True)),
                ("quote", models.TextField(blank=True)),
                ("path", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("fell_at", models.DateTimeField(null=True)),
                ("fell_because", models.CharField(blank=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="office.officecase",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MilestoneReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("milestone", models.CharField(max_length=200)),
                ("fact", models.CharField(blank=True, max_length=200)),
                ("reported_on", models.DateField()),
                ("words", models.TextField(blank=True)),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="office.officecase"
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.verification",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WarningSeen",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("rule", models.CharField(max_length=200)),
                ("state", models.CharField(blank=True, default="", max_length=20)),
                ("as_of", models.DateField()),
                ("text", models.JSONField()),
                ("found_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="warnings", to="office.officecase"
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn",
                        to="office.figurecorrection",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WatchedFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=200)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("topic", models.CharField(blank=True, max_length=40)),
                ("value", models.TextField(blank=True)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("period", models.CharField(blank=True, max_length=60)),
                ("known_on", models.DateField(null=True)),
                ("grade", models.CharField(blank=True, max_length=2)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("path", models.CharField(max_length=300)),
                ("superseded_by", models.CharField(blank=True, max_length=200)),
                ("content", models.JSONField(default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("words", models.TextField(blank=True)),
                ("origin", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watched", to="office.officecase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Workstream",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.CharField(max_length=40)),
                ("due", models.DateField()),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("opinion", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("basis", models.JSONField(default=dict)),
                ("void_because", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="streams", to="office.officecase"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="streams",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.caseversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("issuer", models.CharField(max_length=300)),
                ("subject", models.CharField(max_length=255)),
                ("mark", models.CharField(db_index=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "subject"), name="identity_opens_one_account")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="office.discussionremark",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "done_at"], name="office_ment_person__fb8634_idx")],
                "constraints": [models.UniqueConstraint(fields=("remark", "person"), name="mentioned_once")],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("reason", models.JSONField()),
                ("path", models.JSONField(default=list)),
                ("found_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(null=True)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interests", to="office.officecase"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "case", "cleared_at"], name="office_inte_person__375020_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexedSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=200)),
                ("publisher", models.TextField()),
                ("publisher_zh", models.TextField(blank=True)),
                ("title", models.TextField()),
                ("title_zh", models.TextField(blank=True)),
                ("published", models.DateField(null=True)),
                ("grade", models.CharField(max_length=2)),
                ("link", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="office.officecase"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "source"), name="source_row_once")],
            },
        ),
        migrations.CreateModel(
            name="IndexedPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("document", models.CharField(max_length=200)),
                ("title", models.TextField()),
                ("page", models.IntegerField()),
                ("words", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="office.officecase"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "sha256", "page"), name="page_row_once")],
            },
        ),
        migrations.CreateModel(
            name="IndexedFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=200)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("topic", models.CharField(blank=True, max_length=40)),
                ("value", models.TextField(blank=True)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("period", models.CharField(blank=True, max_length=60)),
                ("known_on", models.DateField(null=True)),
                ("grade", models.CharField(blank=True, max_length=2)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("path", models.CharField(max_length=300)),
                ("superseded_by", models.CharField(blank=True, max_length=200)),
                ("content", models.JSONField(default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("words", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="office.officecase"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "name"], name="office_inde_case_id_23b6a1_idx"),
                    models.Index(fields=["case", "known_on"], name="office_inde_case_id_c82785_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "fact"), name="fact_row_once")],
            },
        ),
        migrations.CreateModel(
            name="HandedIn",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("quarter", models.CharField(blank=True, max_length=20)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("value", models.JSONField(null=True)),
                ("milestone", models.CharField(blank=True, max_length=200)),
                ("filename", models.CharField(blank=True, max_length=200)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.BigIntegerField(default=0)),
                ("state", models.CharField(default="reported", max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True)),
                ("became", models.CharField(blank=True, max_length=200)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handed_in", to="office.officecase"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "figure"), ("state", "reported")),
                        fields=("case", "quarter", "name"),
                        name="handed_in_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureOwed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("period", models.CharField(max_length=60)),
                ("tranches", models.JSONField(default=list)),
                ("writers", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures_owed", to="office.officecase"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "fact"), name="figure_owed_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="figurecorrection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("case", "quarter"), name="correction_waits_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="expertjudgement",
            constraint=models.UniqueConstraint(fields=("case", "person", "question", "round"), name="judgement_once"),
        ),
        migrations.AddIndex(
            model_name="discussion",
            index=models.Index(fields=["case", "kind", "about"], name="office_disc_case_id_741522_idx"),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(fields=["person", "case", "id"], name="office_decl_person__97bc50_idx"),
        ),
        migrations.AddConstraint(
            model_name="closedpanel",
            constraint=models.UniqueConstraint(fields=("case", "panel"), name="panel_closed_once"),
        ),
        migrations.AddConstraint(
            model_name="caseversion",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="appraisalrun",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="appraisal_number_once"),
        ),
        migrations.AddIndex(
            model_name="officecase",
            index=models.Index(fields=["organisation", "state", "due"], name="office_offi_organis_2368b8_idx"),
        ),
        migrations.AddConstraint(
            model_name="officecase",
            constraint=models.UniqueConstraint(fields=("organisation", "slug"), name="case_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="heldcontent",
            constraint=models.UniqueConstraint(fields=("organisation", "sha256"), name="held_content_once"),
        ),
        migrations.AddConstraint(
            model_name="droppedlead",
            constraint=models.UniqueConstraint(
                fields=("organisation", "chain", "firm", "city"), name="lead_dropped_once"
            ),
        ),
        migrations.AddIndex(
            model_name="actionrun",
            index=models.Index(fields=["case", "entry"], name="office_acti_case_id_eccfba_idx"),
        ),
        migrations.AddIndex(
            model_name="actionrun",
            index=models.Index(fields=["organisation", "entry"], name="office_acti_organis_646075_idx"),
        ),
        migrations.AddIndex(
            model_name="actionrun",
            index=models.Index(fields=["organisation", "action", "entry"], name="office_acti_organis_7e3c82_idx"),
        ),
        migrations.AddIndex(
            model_name="actionrun",
            index=models.Index(fields=["person", "entry"], name="office_acti_person__a84b3a_idx"),
        ),
        migrations.AddIndex(
            model_name="actionrun",
            index=models.Index(
                condition=models.Q(("case", None)), fields=["organisation", "entry"], name="runs_of_no_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="actionrun",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="key_once"),
        ),
        migrations.AddConstraint(
            model_name="outgoingnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gone_at", None)), fields=("channel", "mark"), name="notice_told_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="personchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("person", "kind"), name="change_waits_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedproposal",
            constraint=models.UniqueConstraint(
                fields=("case", "sha256", "fact", "period", "page", "box", "figure"), name="refused_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="roleheld",
            constraint=models.UniqueConstraint(fields=("person", "role"), name="role_held_once"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("case", "person"), name="seat_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetapproval",
            constraint=models.UniqueConstraint(fields=("case", "sha256", "person"), name="approval_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetrun",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="sheet_run_once"),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="sitting_number_once"),
        ),
        migrations.AddConstraint(
            model_name="conditionwaiver",
            constraint=models.UniqueConstraint(fields=("sitting", "condition"), name="condition_waived_once"),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("sitting", "person"), name="ballot_once"),
        ),
        migrations.AddConstraint(
            model_name="trancherelease",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("asked", "released"))),
                fields=("case", "tranche"),
                name="released_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fell_at", None)), fields=("case", "fact", "digest"), name="verified_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="milestonereport",
            constraint=models.UniqueConstraint(fields=("case", "milestone"), name="milestone_once"),
        ),
        migrations.AddConstraint(
            model_name="warningseen",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gone_at", None)),
                fields=("case", "kind", "rule", "state", "as_of"),
                name="warning_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="watchedfact",
            constraint=models.UniqueConstraint(fields=("case", "fact"), name="watched_row_once"),
        ),
        migrations.AddConstraint(
            model_name="workstream",
            constraint=models.UniqueConstraint(fields=("case", "stream"), name="stream_once"),
        ),
    ]
