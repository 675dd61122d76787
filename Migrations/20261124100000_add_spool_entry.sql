-- What instances kept in their spools while the database was away, and brought in afterwards.

CREATE TABLE spool_entry (
    key bytea PRIMARY KEY CONSTRAINT spool_entry_key_length CHECK (octet_length(key) = 16),
    kind text NOT NULL CONSTRAINT spool_entry_kind_known CHECK (kind IN ('application')),
    receipt text CONSTRAINT spool_entry_receipt_unique UNIQUE
        CONSTRAINT spool_entry_receipt_shape CHECK (receipt ~ '^[0-9a-z]{26}$'),
    outcome text NOT NULL CONSTRAINT spool_entry_outcome_known
        CHECK (outcome IN ('accepted', 'duplicate', 'put_away')),
    application text CONSTRAINT spool_entry_application_shape
        CHECK (application ~ '^[0-9a-z]{26}$'),
    sent_at timestamptz NOT NULL,
    applied_at timestamptz NOT NULL,
    CONSTRAINT spool_entry_accepted_leads_on
        CHECK ((outcome = 'accepted') = (application IS NOT NULL))
);

-- To forget old ones.
CREATE INDEX spool_entry_applied ON spool_entry (applied_at);

COMMENT ON TABLE spool_entry IS
    'A write that waited in the spool of an instance: its key, written in the transaction that '
    'applies it, makes a second replay find that it is done';
COMMENT ON COLUMN spool_entry.receipt IS 'The code of the page that says what became of it; null where nobody asks';
COMMENT ON COLUMN spool_entry.application IS
    'The receipt of the application that it became: its own, or that of the same form, which had '
    'come in after all';
COMMENT ON COLUMN spool_entry.sent_at IS 'When the visitor sent it; its rules are those of then';
