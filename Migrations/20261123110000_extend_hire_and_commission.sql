-- What becomes of a hire and its commissions after the recording: confirmed, cancelled, left early;
-- approved, held, reversed, replaced, added by hand, taken back after payment.

ALTER TABLE hire
    ADD COLUMN confirmed_at timestamptz,
    ADD COLUMN confirmed_by bigint REFERENCES account,
    -- When and by whom it was cancelled or said to have ended early; `ended_on` is the last day of work.
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN ended_by bigint REFERENCES account,
    ADD COLUMN ended_note text NOT NULL DEFAULT ''
        CONSTRAINT hire_ended_note_length CHECK (char_length(ended_note) <= 2000),
    ADD CONSTRAINT hire_confirmed_whole CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
    ADD CONSTRAINT hire_confirmed_when_said
        CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL),
    ADD CONSTRAINT hire_ended_whole CHECK (
        (state IN ('left_early', 'cancelled')) = (ended_at IS NOT NULL)
        AND (ended_at IS NULL) = (ended_by IS NULL)),
    ADD CONSTRAINT hire_last_day CHECK ((state = 'left_early') = (ended_on IS NOT NULL));

-- One hire per introduction that stands; a cancelled one leaves room for the right one.
ALTER TABLE hire DROP CONSTRAINT hire_introduction_unique;
CREATE UNIQUE INDEX hire_introduction_unique ON hire (introduction_id) WHERE state <> 'cancelled';
-- All hires of one introduction.
CREATE INDEX hire_introduction ON hire (introduction_id, id DESC);

CREATE TRIGGER hire_end_fixed BEFORE UPDATE ON hire
    FOR EACH ROW WHEN (OLD.state IN ('left_early', 'cancelled'))
    EXECUTE FUNCTION refuse_change_of_promise();

ALTER TABLE commission
    -- `instalment`: of the terms. `remainder`: what is left of a row of which a part was reversed or
    -- set apart. `manual`: added by an admin. `clawback`: negative, takes back what was paid.
    ADD COLUMN kind text NOT NULL DEFAULT 'instalment' CONSTRAINT commission_kind_known
        CHECK (kind IN ('instalment', 'remainder', 'manual', 'clawback')),
    -- The reversed row of which this one is what is left.
    ADD COLUMN replaces bigint REFERENCES commission,
    -- Who pays for it: what an admin grants may be the platform's own cost.
    ADD COLUMN borne_by text NOT NULL DEFAULT 'company' CONSTRAINT commission_borne_by_known
        CHECK (borne_by IN ('company', 'platform')),
    -- The admin who added it by hand.
    ADD COLUMN created_by bigint REFERENCES account,
    DROP CONSTRAINT commission_reversed_once,
    DROP CONSTRAINT commission_sign,
    ADD CONSTRAINT commission_sign CHECK (
        (kind = 'clawback') = (amount < 0) AND amount <> 0
        AND (kind = 'clawback') = (reverses IS NOT NULL)),
    ADD CONSTRAINT commission_replaces CHECK ((kind = 'remainder') = (replaces IS NOT NULL)),
    ADD CONSTRAINT commission_manual_explained CHECK (
        kind <> 'manual' OR (reason IS NOT NULL AND note <> '' AND created_by IS NOT NULL));

DROP INDEX commission_instalment_unique;
-- Each instalment of a hire is promised once.
CREATE UNIQUE INDEX commission_instalment_unique ON commission (hire_id, instalment)
    WHERE kind = 'instalment';
-- All commissions of a hire, in order.
CREATE INDEX commission_hire ON commission (hire_id, instalment, id);
-- What was taken back of a paid row.
CREATE INDEX commission_reverses ON commission (reverses) WHERE reverses IS NOT NULL;
-- The clock: guarantees that end, in order.
CREATE INDEX commission_due ON commission (due_on, id) WHERE state = 'pending';
-- The next payout run.
CREATE INDEX commission_payable ON commission (currency, affiliate_id, id) WHERE state = 'approved';
-- The admin's queue of what is held.
CREATE INDEX commission_held ON commission (state_changed_at, id) WHERE state = 'held';

-- Nobody takes back more than was paid, however many try at once.
CREATE FUNCTION refuse_taking_back_too_much() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid bigint;
BEGIN
    SELECT amount INTO paid FROM commission WHERE id = NEW.reverses AND state = 'paid'
        AND affiliate_id = NEW.affiliate_id AND currency = NEW.currency FOR NO KEY UPDATE;
    IF paid IS NULL OR paid + NEW.amount + coalesce((
        SELECT sum(amount) FROM commission
        WHERE reverses = NEW.reverses AND state <> 'reversed'), 0) < 0
    THEN
        RAISE EXCEPTION 'more would be taken back than was paid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commission_taken_back_once',
            TABLE = 'commission';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commission_taken_back_once BEFORE INSERT ON commission
    FOR EACH ROW WHEN (NEW.reverses IS NOT NULL) EXECUTE FUNCTION refuse_taking_back_too_much();

ALTER TABLE ledger_account
    DROP CONSTRAINT ledger_account_kind_known,
    ADD CONSTRAINT ledger_account_kind_known CHECK (kind IN (
        'company_receivable', 'affiliate_payable', 'commission_clearing', 'payout_in_transit', 'bank',
        'platform_cost'));
INSERT INTO ledger_account (kind) VALUES ('platform_cost');

ALTER TABLE ledger_transfer
    DROP CONSTRAINT ledger_transfer_kind_known,
    ADD CONSTRAINT ledger_transfer_kind_known CHECK (kind IN (
        'hire_billed', 'billing_added', 'commission_earned', 'commission_reversed',
        'billing_reversed', 'company_paid', 'payout_sent', 'payout_settled', 'payout_failed')),
    DROP CONSTRAINT ledger_transfer_of_commission,
    ADD CONSTRAINT ledger_transfer_of_commission CHECK (
        kind NOT IN ('billing_added', 'commission_earned', 'commission_reversed', 'billing_reversed')
        OR commission_id IS NOT NULL);

DROP INDEX ledger_transfer_commission_once;
-- A row is earned once, billed once, taken back once.
CREATE UNIQUE INDEX ledger_transfer_commission_once ON ledger_transfer (commission_id, kind)
    WHERE kind IN ('billing_added', 'commission_earned', 'commission_reversed', 'billing_reversed');

-- Rule 10: an admin resolves a flag with a note; until then nothing it concerns is paid out.
ALTER TABLE self_dealing
    ADD COLUMN resolved_at timestamptz,
    ADD COLUMN resolved_by bigint REFERENCES account,
    ADD COLUMN note text NOT NULL DEFAULT ''
        CONSTRAINT self_dealing_note_length CHECK (char_length(note) <= 2000),
    ADD CONSTRAINT self_dealing_resolved_whole CHECK (
        (resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL OR note <> ''));
-- The admin's queue of flags.
CREATE INDEX self_dealing_open ON self_dealing (found_at, introduction_id) WHERE resolved_at IS NULL;

-- Months whose books are closed: what comes late is booked at the first moment that is still open, so
-- that a statement that was shown never changes.
CREATE TABLE ledger_close (
    -- The first moment after the month.
    through timestamptz PRIMARY KEY,
    closed_at timestamptz NOT NULL
);

CREATE TRIGGER ledger_close_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_close
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever closes a month locks the table EXCLUSIVE, waits so for every transfer that is being booked,
-- and no transfer is booked meanwhile.
CREATE FUNCTION book_in_open_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
BEGIN
    LOCK TABLE ledger_close IN ROW SHARE MODE;
    SELECT max(through) INTO closed FROM ledger_close;
    IF NEW.at < closed THEN
        NEW.at := closed;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_transfer_in_open_month BEFORE INSERT ON ledger_transfer
    FOR EACH ROW EXECUTE FUNCTION book_in_open_month();
