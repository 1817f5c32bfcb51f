"""Legal-aid cases, their events and papers, the money behind them, and what the duty side took up later."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables beside those of the first revision."""
    op.create_table(
        "case_standing",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_open", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("received_on", sa.String(10), nullable=False),
        sa.Column("approved_on", sa.String(10), nullable=True),
        sa.Column("assigned_on", sa.String(10), nullable=True),
        sa.Column("closed_on", sa.String(10), nullable=True),
        sa.Column("archived_on", sa.String(10), nullable=True),
        sa.Column("is_terminated", sa.Integer(), nullable=False),
        sa.Column("is_sealed", sa.Integer(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("firm", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("handler_kind", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("entered_number", sa.String(), nullable=False),
        sa.Column("entered_on", sa.String(10), nullable=True),
        sa.Column("due_on", sa.String(10), nullable=True),
        sa.Column("due_clock", sa.String(), nullable=False),
        sa.Column("is_lost", sa.Integer(), nullable=False),
        sa.Column("misfits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_standing")),
    )
    op.create_index("ix_case_standing_approved_on", "case_standing", ["approved_on"], unique=False)
    op.create_index("ix_case_standing_archived_on", "case_standing", ["archived_on"], unique=False)
    op.create_index("ix_case_standing_assigned_on", "case_standing", ["assigned_on", "handler"], unique=False)
    op.create_index("ix_case_standing_closed_on", "case_standing", ["closed_on"], unique=False)
    op.create_index("ix_case_standing_due_on", "case_standing", ["due_on"], unique=False)
    op.create_index("ix_case_standing_lost", "case_standing", ["is_lost"], unique=False)
    op.create_index("ix_case_standing_misfits", "case_standing", ["misfits"], unique=False)
    op.create_index("ix_case_standing_number", "case_standing", ["number"], unique=False)
    op.create_index("ix_case_standing_open", "case_standing", ["is_open", "due_on"], unique=False)
    op.create_index("ix_case_standing_received_on", "case_standing", ["received_on", "case_id"], unique=False)
    op.create_index("ix_case_standing_state", "case_standing", ["state", "received_on"], unique=False)
    op.create_table(
        "case_stale",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_stale")),
    )
    op.create_table(
        "pay_batch",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_batch")),
        sa.UniqueConstraint("writer", "month", "number", name=op.f("uq_pay_batch_writer_month_number")),
    )
    op.create_index("ix_pay_batch_month", "pay_batch", ["month"], unique=False)
    op.create_table(
        "pay_batch_item",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("taken_fen", sa.Integer(), nullable=False),
        sa.Column("is_cash", sa.Integer(), nullable=False),
        sa.Column("cash_reason", sa.String(), nullable=True),
        sa.Column("payee_name", sa.String(), nullable=True),
        sa.Column("bank_name", sa.String(), nullable=True),
        sa.Column("bank_account", sa.String(), nullable=True),
        sa.Column("confirmation", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_batch_item")),
    )
    op.create_index("ix_pay_batch_item_batch_id", "pay_batch_item", ["batch_id"], unique=False)
    op.create_table(
        "pay_batch_step",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("paid_on", sa.String(10), nullable=True),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_batch_step")),
    )
    op.create_index("ix_pay_batch_step_batch_id", "pay_batch_step", ["batch_id"], unique=False)
    op.create_table(
        "case_form_issue",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.String(10), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_form_issue")),
        sa.UniqueConstraint(
            "writer",
            "case_id",
            "form",
            "occasion",
            name=op.f("uq_case_form_issue_writer_case_id_form_occasion"),
        ),
    )
    op.create_index("ix_case_form_issue_case_id", "case_form_issue", ["case_id"], unique=False)
    op.create_index("ix_case_form_issue_run", "case_form_issue", ["writer", "year", "mark"], unique=False)
    op.create_table(
        "case_file_order",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("papers", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file_order")),
    )
    op.create_index("ix_case_file_order_case_id", "case_file_order", ["case_id"], unique=False)
    op.create_table(
        "means_figure",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_means_figure")),
        sa.UniqueConstraint(
            "writer", "kind", "valid_from", name=op.f("uq_means_figure_writer_kind_valid_from")
        ),
    )
    op.create_table(
        "handler_mark",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handler_mark")),
    )
    op.create_table(
        "case_note",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
    )
    op.create_index("ix_case_note_case_id", "case_note", ["case_id"], unique=False)
    op.create_index("ix_case_note_kind_on", "case_note", ["kind", "on"], unique=False)
    op.create_index("ix_case_note_on", "case_note", ["on", "id"], unique=False)
    op.create_table(
        "case_review_sheet",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("reviewer_id", sa.String(), nullable=False),
        sa.Column("scores", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_sheet")),
        sa.UniqueConstraint(
            "writer", "case_id", "kind", name=op.f("uq_case_review_sheet_writer_case_id_kind")
        ),
    )
    op.create_index("ix_case_review_sheet_case_id", "case_review_sheet", ["case_id"], unique=False)
    op.create_index("ix_case_review_sheet_on", "case_review_sheet", ["on", "id"], unique=False)
    op.create_table(
        "quality_draw",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_draw")),
        sa.UniqueConstraint("writer", "period", "step", name=op.f("uq_quality_draw_writer_period_step")),
    )
    op.create_table(
        "focus_person",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_person")),
    )
    op.create_index("ix_focus_person_id_number", "focus_person", ["id_number"], unique=False)
    op.create_index("ix_focus_person_kind", "focus_person", ["kind", "until"], unique=False)
    op.create_index("ix_focus_person_until", "focus_person", ["until", "since"], unique=False)
    op.create_table(
        "provincial_row",
        sa.Column("entered_number", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("entered_on", sa.String(10), nullable=True),
        sa.Column("imported_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provincial_row")),
        sa.UniqueConstraint("writer", "entered_number", name=op.f("uq_provincial_row_writer_entered_number")),
    )
    op.create_index("ix_provincial_row_number", "provincial_row", ["number"], unique=False)
    op.create_table(
        "case_place",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_case_place")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_place_case_id")),
    )
    op.create_table(
        "legal_case",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("began_as", sa.String(), nullable=False),
        sa.Column("received_on", sa.String(10), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("groups", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=True),
        sa.Column("is_organisation", sa.Integer(), nullable=False),
        sa.Column("representative", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("born_on", sa.String(10), nullable=True),
        sa.Column("id_kind", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("opponent", sa.String(), nullable=True),
        sa.Column("household", sa.String(), nullable=True),
        sa.Column("exemption", sa.String(), nullable=False),
        sa.Column("exemption_proof", sa.String(), nullable=False),
        sa.Column("is_green", sa.Integer(), nullable=False),
        sa.Column("is_undertaking", sa.Integer(), nullable=False),
        sa.Column("opposing_firms", sa.String(), nullable=False),
        sa.Column("organ_received_at", sa.String(19), nullable=True),
        sa.Column("forwarded_at", sa.String(19), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("agent_zone", sa.String(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("group_case", sa.String(), nullable=False),
        sa.Column("continues", sa.String(), nullable=False),
        sa.Column("is_sealed", sa.Integer(), nullable=False),
        sa.Column("is_imported", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_case")),
    )
    op.create_index("ix_legal_case_applicant", "legal_case", ["applicant"], unique=False)
    op.create_index("ix_legal_case_consultation_id", "legal_case", ["consultation_id"], unique=False)
    op.create_index("ix_legal_case_id_number", "legal_case", ["id_number"], unique=False)
    op.create_index("ix_legal_case_number", "legal_case", ["number"], unique=False)
    op.create_index("ix_legal_case_phone", "legal_case", ["phone"], unique=False)
    op.create_index("ix_legal_case_received_on", "legal_case", ["received_on", "id"], unique=False)
    op.create_index("ix_legal_case_site_serial", "legal_case", ["site", "serial"], unique=False)
    op.create_table(
        "case_recipient",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("groups", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_recipient")),
    )
    op.create_index("ix_case_recipient_case_id", "case_recipient", ["case_id"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("private", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("voids", sa.String(), nullable=False),
        sa.Column("is_derived", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
        sa.UniqueConstraint("case_id", "writer", "number", name=op.f("uq_case_event_case_id_writer_number")),
    )
    op.create_index("ix_case_event_kind_on", "case_event", ["kind", "on"], unique=False)
    op.create_table(
        "case_paper",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.String(10), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_paper")),
    )
    op.create_index("ix_case_paper_case_id", "case_paper", ["case_id"], unique=False)
    op.create_index("ix_case_paper_digest", "case_paper", ["digest"], unique=False)
    op.create_table(
        "delivery_place",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("pin", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('文件夹', 'WebDAV', 'SFTP')", name=op.f("ck_delivery_place_kind_is_known")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_delivery_place")),
    )
    op.create_table(
        "queued_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("bundle", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.String(27), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("queued_at", sa.String(27), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.CheckConstraint(
            "state IN ('等待', '已送达', '失败', '取消')", name=op.f("ck_queued_delivery_state_is_known")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_queued_delivery_attempts_at_least_0")),
        sa.ForeignKeyConstraint(
            ["place"],
            ["delivery_place.name"],
            name=op.f("fk_queued_delivery_place"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queued_delivery")),
        sa.UniqueConstraint("place", "bundle", name=op.f("uq_queued_delivery_place_bundle")),
    )
    op.create_index("ix_queued_delivery_state", "queued_delivery", ["state"], unique=False)
    op.create_table(
        "fund_use_figure",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("opening_fen", sa.Integer(), nullable=True),
        sa.Column("ordered_fen", sa.Integer(), nullable=False),
        sa.Column("arrived_fen", sa.Integer(), nullable=False),
        sa.Column("duty_fen", sa.Integer(), nullable=False),
        sa.Column("duty_count", sa.Integer(), nullable=False),
        sa.Column("case_fen", sa.Integer(), nullable=False),
        sa.Column("case_count", sa.Integer(), nullable=False),
        sa.Column("other_fen", sa.Integer(), nullable=False),
        sa.Column("balance_fen", sa.Integer(), nullable=True),
        sa.Column("year_arrived_fen", sa.Integer(), nullable=False),
        sa.Column("year_spent_fen", sa.Integer(), nullable=False),
        sa.Column("summed_on", sa.String(10), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_use_figure")),
    )
    op.create_index("ix_fund_use_figure_quarter", "fund_use_figure", ["quarter", "writer"], unique=False)
    op.create_table(
        "case_figure",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("site_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("received_on", sa.String(10), nullable=False),
        sa.Column("approved_on", sa.String(10), nullable=True),
        sa.Column("closed_on", sa.String(10), nullable=True),
        sa.Column("archived_on", sa.String(10), nullable=True),
        sa.Column("is_merged", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_figure")),
    )
    op.create_index("ix_case_figure_approved_on", "case_figure", ["approved_on"], unique=False)
    op.create_index("ix_case_figure_archived_on", "case_figure", ["archived_on"], unique=False)
    op.create_index("ix_case_figure_closed_on", "case_figure", ["closed_on"], unique=False)
    op.create_index("ix_case_figure_received_on", "case_figure", ["received_on"], unique=False)
    op.create_table(
        "stored_file",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.String(27), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_stored_file_size_at_least_0")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "file_delivery",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("is_wanted", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("digest", "site", name=op.f("pk_file_delivery")),
    )
    op.create_table(
        "blocked_file",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blocked_file")),
    )
    op.create_table(
        "case_standard",
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_standard")),
        sa.UniqueConstraint(
            "writer",
            "valid_from",
            "kind",
            "stage",
            name=op.f("uq_case_standard_writer_valid_from_kind_stage"),
        ),
    )
    op.create_table(
        "fund_entry",
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
    )
    op.create_index("ix_fund_entry_fund_on", "fund_entry", ["fund", "on"], unique=False)
    op.create_table(
        "case_settlement",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("final_at", sa.String(27), nullable=False),
        sa.Column("final_by", sa.String(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("special_fen", sa.Integer(), nullable=False),
        sa.Column("business_fen", sa.Integer(), nullable=False),
        sa.Column("project_fen", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_settlement")),
        sa.UniqueConstraint("writer", "quarter", name=op.f("uq_case_settlement_writer_quarter")),
    )
    op.create_table(
        "case_line",
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("is_base", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("special_fen", sa.Integer(), nullable=False),
        sa.Column("business_fen", sa.Integer(), nullable=False),
        sa.Column("project_fen", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_line")),
    )
    op.create_index("ix_case_line_case_id", "case_line", ["case_id"], unique=False)
    op.create_index("ix_case_line_quarter", "case_line", ["quarter"], unique=False)
    op.create_index(
        "ux_case_line_base",
        "case_line",
        ["writer", "case_id"],
        unique=True,
        sqlite_where=sa.text("is_base = 1"),
    )
    op.create_table(
        "case_adjustment",
        sa.Column("adjusts", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_adjustment")),
    )
    op.create_index("ix_case_adjustment_adjusts", "case_adjustment", ["adjusts"], unique=False)
    op.create_index("ix_case_adjustment_quarter", "case_adjustment", ["quarter"], unique=False)
    op.create_table(
        "case_examination",
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("is_passed", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("examined_by", sa.String(), nullable=False),
        sa.Column("examined_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_examination")),
    )
    op.create_index("ix_case_examination_line_id", "case_examination", ["line_id"], unique=False)
    op.create_table(
        "case_payment",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("paid_on", sa.String(10), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_payment")),
    )
    op.create_index("ix_case_payment_fund_paid_on", "case_payment", ["fund", "paid_on"], unique=False)
    op.create_index("ix_case_payment_quarter", "case_payment", ["quarter"], unique=False)
    op.create_table(
        "case_payment_item",
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_payment_item")),
        sa.UniqueConstraint(
            "writer", "line_id", "fund", "payee", name=op.f("uq_case_payment_item_writer_line_id_fund_payee")
        ),
    )
    op.create_index("ix_case_payment_item_payment_id", "case_payment_item", ["payment_id"], unique=False)
    op.create_table(
        "approval_delegation",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_delegation")),
    )
    op.create_index("ix_approval_delegation_site", "approval_delegation", ["site"], unique=False)
    op.create_table(
        "activity",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("duty_id", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("village", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("revision_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_consultation_id", "activity", ["consultation_id"], unique=False)
    op.create_index("ix_activity_on", "activity", ["on", "at", "id"], unique=False)
    op.create_index("ix_activity_person_on", "activity", ["person_id", "on"], unique=False)
    op.create_index("ix_activity_site_on", "activity", ["site", "on", "at"], unique=False)
    op.create_table(
        "errand",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("begun_on", sa.String(10), nullable=False),
        sa.Column("by", sa.String(10), nullable=False),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("closed_on", sa.String(10), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
    )
    op.create_index("ix_errand_begun_on", "errand", ["begun_on", "id"], unique=False)
    op.create_index("ix_errand_consultation_id", "errand", ["consultation_id"], unique=False)
    op.create_index("ix_errand_result_by", "errand", ["result", "by", "id"], unique=False)
    op.create_table(
        "market_rule",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("ranges", sa.String(), nullable=False),
        sa.Column("ended_on", sa.String(10), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_rule")),
    )
    op.create_table(
        "posting",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("village", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("removed_on", sa.String(10), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index("ix_posting_on", "posting", ["on", "id"], unique=False)
    op.create_index("ix_posting_removed_on", "posting", ["removed_on", "on", "id"], unique=False)
    op.create_table(
        "pair_decision",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("first_id", sa.String(), nullable=False),
        sa.Column("second_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("facts", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_decision")),
    )
    op.create_index("ix_pair_decision_first_id", "pair_decision", ["first_id"], unique=False)
    op.create_index(
        "ix_pair_decision_merged",
        "pair_decision",
        ["outcome", "replaced_by", "second_id", "writer"],
        unique=False,
    )
    op.create_index("ix_pair_decision_pair", "pair_decision", ["pair"], unique=False)
    op.create_index("ix_pair_decision_second_id", "pair_decision", ["second_id"], unique=False)
    op.create_table(
        "firm_account",
        sa.Column("firm", sa.String(), nullable=False),
        sa.Column("bank_name", sa.String(), nullable=True),
        sa.Column("bank_account", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("typed_by", sa.String(), nullable=False),
        sa.Column("typed_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_account")),
    )
    op.create_index("ix_firm_account_firm", "firm_account", ["firm"], unique=False)
    op.create_table(
        "firm_confirmation",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_confirmation")),
        sa.UniqueConstraint("writer", "account_id", name=op.f("uq_firm_confirmation_writer_account_id")),
    )
    op.create_index("ix_firm_confirmation_account_id", "firm_confirmation", ["account_id"], unique=False)
    op.create_table(
        "sent_back",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("may_correct", sa.Integer(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", sa.String(27), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_back")),
    )
    op.create_index("ix_sent_back_end", "sent_back", ["end", "sent_at"], unique=False)
    op.create_index("ix_sent_back_row_id", "sent_back", ["row_id"], unique=False)
    op.create_index("ix_sent_back_sent_at", "sent_back", ["sent_at"], unique=False)
    op.create_table(
        "sent_back_reply",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("sent_back_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("replied_by", sa.String(), nullable=False),
        sa.Column("replied_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_back_reply")),
    )
    op.create_index("ix_sent_back_reply_sent_back_id", "sent_back_reply", ["sent_back_id"], unique=False)
    op.create_table(
        "follow_up_call",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("called_by", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_call")),
    )
    op.create_index("ix_follow_up_call_consultation_id", "follow_up_call", ["consultation_id"], unique=False)
    op.create_table(
        "client_signature",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("strokes", sa.String(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_signature")),
    )
    op.create_index(
        "ix_client_signature_consultation_id", "client_signature", ["consultation_id"], unique=False
    )
    op.create_table(
        "person_statement",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("net_fen", sa.Integer(), nullable=False),
        sa.Column("taken_fen", sa.Integer(), nullable=False),
        sa.Column("payable_fen", sa.Integer(), nullable=False),
        sa.Column("elsewhere", sa.String(), nullable=False),
        sa.Column("debts", sa.String(), nullable=False),
        sa.Column("reply_by", sa.String(10), nullable=False),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_statement")),
    )
    op.create_index(
        "ix_person_statement_month_person_id", "person_statement", ["month", "person_id"], unique=False
    )
    op.create_table(
        "pay_reply",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("is_dispute", sa.Integer(), nullable=False),
        sa.Column("keys", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_reply")),
    )
    op.create_index("ix_pay_reply_month_person_id", "pay_reply", ["month", "person_id"], unique=False)
    op.create_table(
        "pay_answer",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("reply_id", sa.String(), nullable=False),
        sa.Column("is_upheld", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("adjustment_id", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_answer")),
    )
    op.create_index("ix_pay_answer_month", "pay_answer", ["month"], unique=False)
    op.create_table(
        "evidence_step",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("brought_by", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_step")),
    )
    op.create_index("ix_evidence_step_due_on", "evidence_step", ["due_on"], unique=False)
    op.create_index("ix_evidence_step_subject_id", "evidence_step", ["subject_id"], unique=False)
    op.create_table(
        "spot_draw",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_draw")),
        sa.UniqueConstraint("writer", "month", "step", name=op.f("uq_spot_draw_writer_month_step")),
    )
    op.create_table(
        "spot_draw_seed",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_spot_draw_seed")),
    )
    op.create_table(
        "inspection",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("inspectors", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index("ix_inspection_on", "inspection", ["on"], unique=False)
    op.create_table(
        "supervision_problem",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("found_on", sa.String(10), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_problem")),
    )
    op.create_index("ix_supervision_problem_due_on", "supervision_problem", ["due_on"], unique=False)
    op.create_index("ix_supervision_problem_found_on", "supervision_problem", ["found_on"], unique=False)
    op.create_table(
        "problem_step",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("problem_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_step")),
    )
    op.create_index("ix_problem_step_problem_id", "problem_step", ["problem_id"], unique=False)
    op.create_table(
        "measure_step",
        sa.Column("site", sa.String(length=16), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_step")),
    )
    op.create_index("ix_measure_step_pack", "measure_step", ["pack", "number"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("attendees", sa.String(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_on", "meeting", ["on"], unique=False)
    op.create_table(
        "target_split",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_split")),
    )
    op.create_index("ix_target_split_year", "target_split", ["writer", "year", "kind"], unique=False)
    op.create_table(
        "handed_update",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("arch", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("handed_by", sa.String(), nullable=False),
        sa.Column("handed_at", sa.String(27), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_update")),
    )
    op.create_index("ix_handed_update_writer", "handed_update", ["writer", "counter"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE case_words USING fts5("
        "applicant, initials, numbers, label, content='', contentless_delete=1, tokenize='ascii')"
    )
