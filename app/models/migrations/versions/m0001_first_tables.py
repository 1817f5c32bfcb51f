"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and index of the first release."""
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("is_active", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("countersignature", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("stream", "site", name=op.f("pk_acknowledgement")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_acknowledgement_seq_at_least_0")),
        sa.ForeignKeyConstraint(
            ["stream"],
            ["stream.id"],
            name=op.f("fk_acknowledgement_stream"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "adjustment",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("line_key", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("from_fen", sa.Integer(), nullable=False),
        sa.Column("to_fen", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("adjusted_by", sa.String(), nullable=False),
        sa.Column("adjusted_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
    )
    op.create_index("ix_adjustment_month", "adjustment", ["month"], unique=False)
    op.create_table(
        "change_entry",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_change_entry")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_change_entry_seq_at_least_1")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_change_entry_version_at_least_1")),
        sa.ForeignKeyConstraint(
            ["stream"],
            ["stream.id"],
            name=op.f("fk_change_entry_stream"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "ix_change_entry_long",
        "change_entry",
        ["stream", "seq"],
        unique=False,
        sqlite_where=sa.text("length(body) > 2000000"),
    )
    op.create_index("ix_change_entry_row", "change_entry", ["row_id", "tbl"], unique=False)
    op.create_table(
        "change_personal",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("vals", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_change_personal")),
        sa.ForeignKeyConstraint(
            ["stream", "seq"],
            ["change_entry.stream", "change_entry.seq"],
            name=op.f("fk_change_personal_stream"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "ix_change_personal_long",
        "change_personal",
        ["stream", "seq"],
        unique=False,
        sqlite_where=sa.text("length(vals) > 2000000"),
    )
    op.create_table(
        "complaint",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("consultation_number", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index("ix_complaint_site_on", "complaint", ["site", "on"], unique=False)
    op.create_index("ix_complaint_consultation_number", "complaint", ["consultation_number"], unique=False)
    op.create_index("ix_complaint_consultation_id", "complaint", ["consultation_id"], unique=False)
    op.create_index("ix_complaint_on", "complaint", ["on"], unique=False)
    op.create_table(
        "consultation",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("client_name", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("id_kind", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("is_id_refused", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("groups", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("handling", sa.String(), nullable=False),
        sa.Column("is_aid_mentioned", sa.Integer(), nullable=False),
        sa.Column("is_told_once", sa.Integer(), nullable=False),
        sa.Column("is_home_visit_needed", sa.Integer(), nullable=False),
        sa.Column("is_green", sa.Integer(), nullable=False),
        sa.Column("missing", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("revision_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_client_name", "consultation", ["client_name"], unique=False)
    op.create_index(
        "ix_consultation_counted",
        "consultation",
        ["site", "on", "missing", "topics", "id", "writer"],
        unique=False,
    )
    op.create_index("ix_consultation_id_number", "consultation", ["id_number"], unique=False)
    op.create_index("ix_consultation_on_at", "consultation", ["on", "at", "id"], unique=False)
    op.create_index(
        "ix_consultation_home_visit", "consultation", ["is_home_visit_needed", "on"], unique=False
    )
    op.create_index("ix_consultation_person_on", "consultation", ["person_id", "on"], unique=False)
    op.create_index("ix_consultation_phone", "consultation", ["phone"], unique=False)
    op.create_index("ix_consultation_site_number", "consultation", ["site", "number"], unique=False)
    op.create_index("ix_consultation_site_on_at", "consultation", ["site", "on", "at", "id"], unique=False)
    op.create_index("ix_consultation_site_serial", "consultation", ["site", "serial"], unique=False)
    op.create_table(
        "consultation_audit",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("audited_by", sa.String(), nullable=False),
        sa.Column("audited_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_audit")),
    )
    op.create_index(
        "ix_consultation_audit_consultation_id", "consultation_audit", ["consultation_id"], unique=False
    )
    op.create_table(
        "consultation_rating",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("rating", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("rated_by", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_rating")),
    )
    op.create_index(
        "ix_consultation_rating_consultation_id", "consultation_rating", ["consultation_id"], unique=False
    )
    op.create_table(
        "correction",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("punch_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_site_on", "correction", ["site", "on"], unique=False)
    op.create_index("ix_correction_punch_id", "correction", ["punch_id"], unique=False)
    op.create_index("ix_correction_on", "correction", ["on"], unique=False)
    op.create_table(
        "decision",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("is_approved", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_subject_id", "decision", ["subject_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("values", sa.String(), nullable=False),
        sa.Column("saved_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("account", "form", name=op.f("pk_draft")),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_draft_account"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_table(
        "duty",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("ranges", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_person_on", "duty", ["person_id", "on"], unique=False)
    op.create_index("ix_duty_on", "duty", ["on"], unique=False)
    op.create_index("ix_duty_site_on", "duty", ["site", "on"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("erased_by", sa.String(), nullable=False),
        sa.Column("erased_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index("ix_erasure_row_id", "erasure", ["row_id"], unique=False)
    op.create_table(
        "found_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("found", sa.String(), nullable=True),
        sa.Column("is_kept", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.String(27), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_row")),
        sa.CheckConstraint(
            "kind IN ('altered', 'deleted', 'added', 'same', 'unsure')",
            name=op.f("ck_found_row_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["security_event.id"],
            name=op.f("fk_found_row_event_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_found_row_event_id", "found_row", ["event_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("rights", sa.String(), nullable=False),
        sa.Column("undone_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.CheckConstraint("accepted >= 0", name=op.f("ck_import_batch_accepted_at_least_0")),
        sa.CheckConstraint("refused >= 0", name=op.f("ck_import_batch_refused_at_least_0")),
        sa.CheckConstraint("unchanged >= 0", name=op.f("ck_import_batch_unchanged_at_least_0")),
    )
    op.create_index("ix_import_batch_at", "import_batch", ["at", "id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("batch", "tbl", "row_id", name=op.f("pk_import_row")),
        sa.ForeignKeyConstraint(
            ["batch"],
            ["import_batch.id"],
            name=op.f("fk_import_row_batch"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("mono", sa.Integer(), nullable=False),
        sa.Column("boot", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("subjects", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("tables", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_table(
        "kiosk_credential",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_kiosk_credential")),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_kiosk_credential_failures_at_least_0")),
    )
    op.create_table(
        "late_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("noticed_at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_change")),
        sa.CheckConstraint(
            "state IN ('waiting', 'accepted', 'refused', 'reported')",
            name=op.f("ck_late_change_state_is_known"),
        ),
    )
    op.create_index("ix_late_change_month", "late_change", ["month", "site"], unique=False)
    op.create_index("ix_late_change_row_id", "late_change", ["row_id"], unique=False)
    op.create_table(
        "late_entry",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.String(), nullable=False),
        sa.Column("months", sa.String(), nullable=False),
        sa.Column("is_waiting", sa.Integer(), nullable=False),
        sa.Column("is_taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_late_entry")),
    )
    op.create_index("ix_late_entry_change_id", "late_entry", ["change_id"], unique=False)
    op.create_table(
        "leave",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.String(19), nullable=False),
        sa.Column("ends_at", sa.String(19), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("is_cancelled", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index("ix_leave_person", "leave", ["person_id"], unique=False)
    op.create_index("ix_leave_ends_at", "leave", ["ends_at"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("contract", sa.Integer(), nullable=False),
        sa.Column("escrow", sa.String(), nullable=False),
        sa.Column("machine", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.CheckConstraint("contract >= 1", name=op.f("ck_office_contract_at_least_1")),
        sa.CheckConstraint("epoch >= 1", name=op.f("ck_office_epoch_at_least_1")),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_is_the_only_one")),
        sa.CheckConstraint("level IN ('市', '县', '站')", name=op.f("ck_office_level_is_known")),
    )
    op.create_table(
        "own_epoch",
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("sign_key", sa.String(), nullable=False),
        sa.Column("restore_id", sa.String(), nullable=False),
        sa.Column("is_renewal", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_own_epoch")),
        sa.CheckConstraint("epoch >= 1", name=op.f("ck_own_epoch_epoch_at_least_1")),
    )
    op.create_table(
        "pack_reading",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_reading")),
    )
    op.create_table(
        "pay_line",
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base_fen", sa.Integer(), nullable=False),
        sa.Column("deductions", sa.String(), nullable=False),
        sa.Column("net_fen", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("adjusts", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_line")),
    )
    op.create_index("ix_pay_line_adjusts", "pay_line", ["adjusts"], unique=False)
    op.create_index(
        "ix_pay_line_sums", "pay_line", ["person_id", "month", "settlement_id", "net_fen"], unique=False
    )
    op.create_index("ix_pay_line_month", "pay_line", ["month"], unique=False)
    op.create_index("ix_pay_line_on", "pay_line", ["on"], unique=False)
    op.create_index("ix_pay_line_source", "pay_line", ["source"], unique=False)
    op.create_table(
        "payee_change",
        sa.Column("private_id", sa.String(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(27), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_change")),
    )
    op.create_index("ix_payee_change_private_id", "payee_change", ["private_id"], unique=False)
    op.create_table(
        "payee_confirmation",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("private_id", sa.String(), nullable=False),
        sa.Column("change_id", sa.String(), nullable=False),
        sa.Column("bank_name", sa.String(), nullable=True),
        sa.Column("bank_account", sa.String(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_confirmation")),
    )
    op.create_index("ix_payee_confirmation_person_id", "payee_confirmation", ["person_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.String(10), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("confirmation", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("reverses", sa.String(), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index("ix_payment_month", "payment", ["month"], unique=False)
    op.create_index("ix_payment_vouchers", "payment", ["paid_on", "voucher", "fen"], unique=False)
    op.create_index("ix_payment_sums", "payment", ["person_id", "month", "fen"], unique=False)
    op.create_table(
        "payment_notice",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("paid_on", sa.String(10), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_notice")),
    )
    op.create_index("ix_payment_notice_month", "payment_notice", ["month"], unique=False)
    op.create_table(
        "peer_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("sign_key", sa.String(), nullable=False),
        sa.Column("age_recipient", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("to_seq", sa.Integer(), nullable=True),
        sa.Column("announced", sa.String(), nullable=False),
        sa.Column("knows_epoch", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_key")),
        sa.CheckConstraint("epoch >= 1", name=op.f("ck_peer_key_epoch_at_least_1")),
        sa.CheckConstraint("from_seq >= 1", name=op.f("ck_peer_key_from_seq_at_least_1")),
        sa.CheckConstraint("relation IN ('parent', 'child')", name=op.f("ck_peer_key_relation_is_known")),
        sa.CheckConstraint(
            "state IN ('invited', 'admitted', 'announced', 'former', 'stopped', 'revoked')",
            name=op.f("ck_peer_key_state_is_known"),
        ),
    )
    op.create_table(
        "pending",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "row_id", name=op.f("pk_pending")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_public_servant", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("qualification", sa.String(), nullable=False),
        sa.Column("years_of_service", sa.Integer(), nullable=True),
        sa.Column("specialties", sa.String(), nullable=False),
        sa.Column("practice_since", sa.Integer(), nullable=True),
        sa.Column("relaxed_approval", sa.String(), nullable=False),
        sa.Column("badge_code", sa.String(), nullable=False),
        sa.Column("is_active", sa.Integer(), nullable=False),
        sa.Column("inactive_reason", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "person_link",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link")),
    )
    op.create_table(
        "person_private",
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("bank_name", sa.String(), nullable=True),
        sa.Column("bank_account", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_private")),
    )
    op.create_table(
        "punch",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("pair_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("mono", sa.Integer(), nullable=False),
        sa.Column("boot", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("grade_reason", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_punch")),
    )
    op.create_index("ix_punch_person_on", "punch", ["person_id", "on"], unique=False)
    op.create_index("ix_punch_pair_id", "punch", ["pair_id"], unique=False)
    op.create_index("ix_punch_on", "punch", ["on"], unique=False)
    op.create_index("ix_punch_site_on", "punch", ["site", "on"], unique=False)
    op.create_table(
        "received_bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bundle_id", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("is_discarded", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_bundle")),
        sa.CheckConstraint("applied >= 0", name=op.f("ck_received_bundle_applied_at_least_0")),
        sa.CheckConstraint(
            "outcome IN ('APPLIED', 'NOOP', 'PARKED', 'REFUSED', 'ALARM')",
            name=op.f("ck_received_bundle_outcome_is_known"),
        ),
    )
    op.create_index("ix_received_bundle_outcome", "received_bundle", ["outcome"], unique=False)
    op.create_index("ix_received_bundle_sender", "received_bundle", ["sender", "id"], unique=False)
    op.create_table(
        "received_entry",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_received_entry")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_received_entry_seq_at_least_1")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_received_entry_version_at_least_1")),
        sa.ForeignKeyConstraint(
            ["stream"],
            ["received_stream.id"],
            name=op.f("fk_received_entry_stream"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_received_entry_row", "received_entry", ["row_id"], unique=False)
    op.create_table(
        "received_personal",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("vals", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_received_personal")),
        sa.ForeignKeyConstraint(
            ["stream", "seq"],
            ["received_entry.stream", "received_entry.seq"],
            name=op.f("fk_received_personal_stream"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "received_stream",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("heard_at", sa.String(27), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("counted_to", sa.Integer(), nullable=True),
        sa.Column("writer_holds", sa.Integer(), nullable=False),
        sa.Column("bundle_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_stream")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_received_stream_seq_at_least_0")),
    )
    op.create_table(
        "returned_entry",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("returned_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_entry")),
    )
    op.create_index("ix_returned_entry_row", "returned_entry", ["row_id"], unique=False)
    op.create_table(
        "review",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.Column("is_approved", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_submission_id", "review", ["submission_id"], unique=False)
    op.create_table(
        "roster_change",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("duty_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("new_duty_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_change")),
    )
    op.create_index("ix_roster_change_duty", "roster_change", ["duty_id"], unique=False)
    op.create_table(
        "roster_version",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.String(27), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("is_late", sa.Integer(), nullable=False),
        sa.Column("is_backfilled", sa.Integer(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("duty_ids", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_version")),
    )
    op.create_index("ix_roster_version_site_month", "roster_version", ["site", "month"], unique=False)
    op.create_index("ix_roster_version_month", "roster_version", ["month"], unique=False)
    op.create_table(
        "search_place",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_place")),
        sa.UniqueConstraint("row_id", name=op.f("uq_search_place_row_id")),
    )
    op.create_table(
        "security_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("is_alarm", sa.Integer(), nullable=False),
        sa.Column("dismissed_at", sa.String(27), nullable=True),
        sa.Column("dismissed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_event")),
    )
    op.create_index("ix_security_event_open", "security_event", ["is_alarm", "dismissed_at"], unique=False)
    op.create_table(
        "sent_bundle",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("slices", sa.String(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("receipted_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_bundle")),
    )
    op.create_index("ix_sent_bundle_receipted_at", "sent_bundle", ["receipted_at"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "settlement",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("final_at", sa.String(27), nullable=False),
        sa.Column("final_by", sa.String(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("public_servants", sa.String(), nullable=False),
        sa.Column("unapproved", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("month", name=op.f("uq_settlement_month")),
    )
    op.create_table(
        "site",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("is_active", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "site_figure",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("duties", sa.Integer(), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=False),
        sa.Column("rostered_minutes", sa.Integer(), nullable=False),
        sa.Column("consultations", sa.Integer(), nullable=False),
        sa.Column("topics", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("fairly_satisfied", sa.Integer(), nullable=False),
        sa.Column("dissatisfied", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("cases_approved", sa.Integer(), nullable=False),
        sa.Column("cases_closed", sa.Integer(), nullable=False),
        sa.Column("cases_counted", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("drafted", sa.Integer(), nullable=False),
        sa.Column("pay_fen", sa.Integer(), nullable=False),
        sa.Column("is_final", sa.Integer(), nullable=False),
        sa.Column("is_incomplete", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_figure")),
    )
    op.create_index("ix_site_figure_gaps", "site_figure", ["is_incomplete", "name"], unique=False)
    op.create_index("ix_site_figure_month", "site_figure", ["month"], unique=False)
    op.create_table(
        "site_frequency",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("times_a_month", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_frequency")),
    )
    op.create_table(
        "spot_check",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("is_justified", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("inspector", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
    )
    op.create_index("ix_spot_check_site_on", "spot_check", ["site", "on"], unique=False)
    op.create_index("ix_spot_check_on", "spot_check", ["on"], unique=False)
    op.create_table(
        "stream",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_stream_seq_at_least_0")),
    )
    op.create_table(
        "submission",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_nil", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.String(27), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("answers", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index("ix_submission_site_month", "submission", ["site", "month"], unique=False)
    op.create_index("ix_submission_site_submitted_at", "submission", ["site", "submitted_at"], unique=False)
    op.create_index("ix_submission_month", "submission", ["month"], unique=False)
    op.create_table(
        "unindexed",
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("is_erased", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_unindexed")),
    )
    op.create_table(
        "unknown_word",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("col", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "row_id", "col", name=op.f("pk_unknown_word")),
    )
    op.create_table(
        "voided",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False),
        sa.Column("voided_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voided")),
    )
    op.create_index("ix_voided_row_id", "voided", ["row_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE consultation_words USING fts5("
        "client, initials, numbers, topics, content, site, content='', contentless_delete=1, tokenize='ascii')"
    )
