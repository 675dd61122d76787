-- Hires and what is owed for them.

CREATE TABLE hire (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    introduction_id bigint NOT NULL CONSTRAINT hire_introduction_unique UNIQUE REFERENCES introduction,
    state text NOT NULL CONSTRAINT hire_state_known
        CHECK (state IN ('reported', 'recorded', 'confirmed', 'left_early', 'cancelled')),
    starts_on date NOT NULL,
    ended_on date,
    -- Both null when the admin recorded it without a report.
    reported_at timestamptz,
    reported_by bigint REFERENCES account,
    recorded_at timestamptz,
    recorded_by bigint REFERENCES account,
    reason text CONSTRAINT hire_reason_known CHECK (reason IN (
        'left_early', 'hire_cancelled', 'disputed', 'recorded_in_error', 'self_dealing', 'other')),
    note text NOT NULL DEFAULT '' CONSTRAINT hire_note_length CHECK (char_length(note) <= 2000),
    CONSTRAINT hire_reported_whole CHECK ((reported_at IS NULL) = (reported_by IS NULL)),
    CONSTRAINT hire_recorded_whole CHECK ((recorded_at IS NULL) = (recorded_by IS NULL)),
    CONSTRAINT hire_has_origin CHECK (reported_at IS NOT NULL OR recorded_at IS NOT NULL),
    CONSTRAINT hire_recorded_when_said CHECK (
        state IN ('reported', 'cancelled') OR recorded_at IS NOT NULL),
    CONSTRAINT hire_ends_with_reason CHECK (
        (state IN ('left_early', 'cancelled')) = (reason IS NOT NULL))
);

CREATE TRIGGER hire_recording_fixed
    BEFORE UPDATE OF introduction_id, starts_on, recorded_at, recorded_by ON hire
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_promise();

-- The admin's queue of reported hires, oldest first.
CREATE INDEX hire_reported ON hire (reported_at, id) WHERE state = 'reported';
-- The admin's list of recorded hires, newest first.
CREATE INDEX hire_recorded ON hire (recorded_at DESC, id DESC) WHERE recorded_at IS NOT NULL;

-- One row for each instalment; after payment a reversal is a row of its own with a negative amount.
CREATE TABLE commission (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hire_id bigint NOT NULL REFERENCES hire,
    affiliate_id bigint NOT NULL REFERENCES affiliate,
    terms_id bigint NOT NULL REFERENCES terms,
    reverses bigint CONSTRAINT commission_reversed_once UNIQUE REFERENCES commission,
    instalment smallint NOT NULL,
    instalment_count smallint NOT NULL,
    -- Hundredths of the commission in the terms, and the minor units left over by the division.
    share smallint NOT NULL CONSTRAINT commission_share_range CHECK (share BETWEEN 1 AND 100),
    remainder bigint NOT NULL CONSTRAINT commission_remainder_range CHECK (remainder BETWEEN 0 AND 100),
    amount bigint NOT NULL CONSTRAINT commission_amount_range
        CHECK (amount BETWEEN -1000000000 AND 1000000000),
    currency text NOT NULL CONSTRAINT commission_currency_known CHECK (currency IN ('EUR', 'RON')),
    due_on date NOT NULL,
    state text NOT NULL CONSTRAINT commission_state_known CHECK (state IN (
        'pending', 'approved', 'processing', 'paid', 'held', 'reversed')),
    reason text CONSTRAINT commission_reason_known CHECK (reason IN (
        'left_early', 'hire_cancelled', 'disputed', 'recorded_in_error', 'self_dealing', 'other')),
    note text NOT NULL DEFAULT '' CONSTRAINT commission_note_length CHECK (char_length(note) <= 2000),
    created_at timestamptz NOT NULL,
    state_changed_at timestamptz NOT NULL,
    CONSTRAINT commission_instalment_range CHECK (
        instalment BETWEEN 1 AND instalment_count AND instalment_count <= 6),
    CONSTRAINT commission_sign CHECK (
        (reverses IS NULL AND amount > 0) OR (reverses IS NOT NULL AND amount < 0)),
    CONSTRAINT commission_reason_when_stopped CHECK (
        state NOT IN ('held', 'reversed') OR reason IS NOT NULL)
);

-- Each instalment of a hire once; also the commissions of a hire, in order.
CREATE UNIQUE INDEX commission_instalment_unique ON commission (hire_id, instalment)
    WHERE reverses IS NULL;
-- An affiliate's commissions, newest first, and the sums per currency and state.
CREATE INDEX commission_affiliate ON commission (affiliate_id, id DESC)
    INCLUDE (currency, state, amount, due_on);

-- Paid rows never change, and of the others only the state and what explains it.
CREATE FUNCTION refuse_change_of_commission() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changeable CONSTANT text[] := ARRAY['state', 'reason', 'note', 'state_changed_at'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state NOT IN ('paid', 'reversed')
            AND (to_jsonb(NEW) - changeable) = (to_jsonb(OLD) - changeable)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a commission is a promise: % refused', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commission_fixed', TABLE = 'commission';
END $$;

CREATE TRIGGER commission_fixed BEFORE UPDATE OR DELETE ON commission
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_commission();
