"""Documents of 5.2: drafted, signed, sent, received."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident
from reporting.models.deliveries import Delivery


class DocumentKind(models.TextChoices):
    """The written forms of a report under 5.1(8) and what goes on with it."""

    PHONE = "phone", _("电话记录")
    FIRST = "first", _("初报")
    FOLLOW_UP = "follow_up", _("续报")
    FINAL = "final", _("终报")


class Urgency(models.TextChoices):
    """The urgency mark of an official document (GB/T 9704)."""

    EXTRA = "extra", _("特急")
    URGENT = "urgent", _("加急")
    PLAIN = "plain", _("平件")


class Secrecy(models.TextChoices):
    """The secrecy mark of an official document (GB/T 9704); most bear none."""

    NONE = "", _("不标注")
    SECRET = "secret", _("秘密")
    CONFIDENTIAL = "confidential", _("机密")
    TOP = "top", _("绝密")


class SignedAlone(models.TextChoices):
    """What the roster said when who wrote a report signed it too (architecture: at 2 a.m.)."""

    NOBODY_ELSE = "nobody_else", _("值班表上没有其他人")
    UNREACHED = "unreached", _("值班的其他人员联系不上")


class DocumentState(models.TextChoices):
    """How far a document has come; what was sent and received is read from its dispatches."""

    DRAFT = "draft", _("起草")
    CHECKED = "checked", _("已核稿")
    SIGNED = "signed", _("已签发")


class Document(models.Model):
    """A report of a bearer being written: what people typed, until it is signed and frozen (5.1(8), 5.2).

    `text` and `unknown` hold by field what is said, and why it can't be. A phone record has one recipient and the receipt
    it is the record of. A change to a signed document is a new document that names it in `replaces`.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="documents")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    serial = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey(
        "SignedDocument", models.PROTECT, null=True, blank=True, related_name="replacements"
    )
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.EXTRA)
    secrecy = models.CharField(max_length=12, choices=Secrecy, default=Secrecy.NONE, blank=True)
    # How long it stays secret, e.g. 1年 or 长期.
    secret_for = models.CharField(max_length=10, blank=True)
    copies = models.CharField(max_length=200, blank=True)
    text = models.JSONField(default=dict)
    unknown = models.JSONField(default=dict)
    state = FSMField(choices=DocumentState, default=DocumentState.DRAFT, protected=True)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    edited_by = models.CharField(max_length=80)
    edited_at = models.DateTimeField()
    checked_by = models.CharField(max_length=80, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "bearer", "kind", "serial", "version"], name="reporting_document_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by="", checked_at__isnull=True)
                | ~Q(checked_by="") & Q(checked_at__isnull=False),
                name="reporting_document_checked_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | ~Q(checked_by=""), name="reporting_checked_document_says_who"
            ),
            models.CheckConstraint(
                condition=Q(kind="phone", recipient__isnull=False, delivery__isnull=False)
                | ~Q(kind="phone") & Q(recipient__isnull=True, delivery__isnull=True),
                name="reporting_phone_record_is_of_a_call",
            ),
            models.CheckConstraint(
                condition=~Q(secrecy="") | Q(secret_for=""), name="reporting_only_what_is_secret_has_a_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.serial}.{self.version}"

    @transition(field=state, source=[DocumentState.DRAFT, DocumentState.CHECKED], target=DocumentState.DRAFT)
    def edit(self) -> None:
        """The text changed: what was checked before is to be checked anew."""

    @transition(field=state, source=DocumentState.DRAFT, target=DocumentState.CHECKED)
    def check_text(self) -> None:
        """A second person has read it (核稿)."""

    @transition(field=state, source=[DocumentState.DRAFT, DocumentState.CHECKED], target=DocumentState.SIGNED)
    def sign(self) -> None:
        """It was signed and is frozen."""


class SignedDocument(Sealed):
    """A signed report, frozen with the facts it was made from; append-only (5.1(8)).

    `content` is all that is printed, `sha256` the hash of its canonical JSON, printed on every page. `alone_reason` is
    why the person who wrote it signed it too, `alone_roster` what the roster said of that.
    """

    added_later = ("alone_roster",)

    document = models.OneToOneField(Document, models.PROTECT, related_name="signed")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="signed_documents")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, db_index=True)
    fact_ids = ArrayField(models.BigIntegerField())
    alone_reason = models.CharField(max_length=300, blank=True)
    alone_roster = models.CharField(max_length=12, choices=SignedAlone, blank=True)
    signed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id} {self.sha256[:12]}"


class FileFormat(models.TextChoices):
    """The forms in which a signed document leaves the house."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"


class KeptFile(Sealed):
    """A paper as a file, byte for byte as it was signed or drawn up; append-only."""

    file_format = models.CharField(max_length=4, choices=FileFormat)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        abstract = True


class DocumentFile(KeptFile):
    """A signed document as a file."""

    signed = models.ForeignKey(SignedDocument, models.PROTECT, related_name="files")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signed", "file_format"], name="reporting_one_file_per_format")
        ]

    def __str__(self) -> str:
        return f"{self.signed_id}.{self.file_format}"


class Countersignature(Sealed):
    """A second person's later signature under a report that was signed alone; append-only."""

    signed = models.OneToOneField(SignedDocument, models.PROTECT, related_name="countersignature")
    signed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.signed_id} {self.signed_by}"


class SendChannel(models.TextChoices):
    """How a signed report goes to its recipient."""

    SYSTEM = "system", _("本系统")
    EXCHANGE = "exchange", _("公文交换")
    FAX = "fax", _("传真")
    PAPER = "paper", _("专人送达")
    OTHER = "other", _("其他方式")


class DocumentDispatch(Sealed):
    """A signed report was sent to one recipient; append-only.

    What goes through this system has reached its recipient with the sending, so it names that receipt (A18).
    """

    signed = models.ForeignKey(SignedDocument, models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=SendChannel)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    sent_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "document dispatches"
        constraints = [
            models.UniqueConstraint(fields=["signed", "recipient", "channel"], name="reporting_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.signed_id}->{self.recipient_id}"


class DocumentReceipt(Sealed):
    """The recipient has it: confirmed by itself, or by phone to the sender; append-only (A18)."""

    withheld = ("receiver",)

    dispatch = models.OneToOneField(DocumentDispatch, models.PROTECT, related_name="receipt")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    receiver = models.CharField(max_length=60)
    confirmed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.confirmed_at:%H:%M}"
