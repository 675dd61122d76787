-- Disputes about a commission: who says what, until when, and what was decided.

CREATE TABLE dispute (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hire_id bigint NOT NULL REFERENCES hire,
    company_id bigint NOT NULL REFERENCES company,
    affiliate_id bigint NOT NULL REFERENCES affiliate,
    -- What a company disputes, held until it is decided; an affiliate claims and holds nothing.
    commission_id bigint REFERENCES commission,
    side text NOT NULL CONSTRAINT dispute_side_known CHECK (side IN ('affiliate', 'company')),
    reason text NOT NULL CONSTRAINT dispute_reason_known CHECK (reason IN (
        'never_hired', 'left_early', 'already_known', 'wrong_amount', 'wrongly_reversed',
        'other')),
    amount bigint NOT NULL CONSTRAINT dispute_amount_range CHECK (amount BETWEEN 1 AND 1000000000),
    currency text NOT NULL CONSTRAINT dispute_currency_known CHECK (currency IN ('EUR', 'RON')),
    -- `open`: the other side answers; `answered`: the opener replies; `replied`: an admin decides.
    state text NOT NULL CONSTRAINT dispute_state_known
        CHECK (state IN ('open', 'answered', 'replied', 'decided')),
    opened_at timestamptz NOT NULL,
    opened_by bigint NOT NULL REFERENCES account,
    -- The last day for whoever has to speak; null while an admin decides, and afterwards.
    due_on date,
    outcome text CONSTRAINT dispute_outcome_known
        CHECK (outcome IN ('upheld', 'rejected', 'partly')),
    -- What the opener got of the amount.
    granted bigint CONSTRAINT dispute_granted_range CHECK (granted BETWEEN 0 AND amount),
    outcome_note text NOT NULL DEFAULT ''
        CONSTRAINT dispute_outcome_note_length CHECK (char_length(outcome_note) <= 2000),
    decided_at timestamptz,
    -- Null when silence decided.
    decided_by bigint REFERENCES account,
    CONSTRAINT dispute_of_company CHECK ((side = 'company') = (commission_id IS NOT NULL)),
    CONSTRAINT dispute_deadline CHECK ((state IN ('open', 'answered')) = (due_on IS NOT NULL)),
    CONSTRAINT dispute_decided_whole CHECK (
        num_nulls(outcome, granted, decided_at) = CASE state WHEN 'decided' THEN 0 ELSE 3 END)
);

-- One open dispute about a row, and one open claim about a hire.
CREATE UNIQUE INDEX dispute_commission_once ON dispute (commission_id)
    WHERE state <> 'decided' AND commission_id IS NOT NULL;
CREATE UNIQUE INDEX dispute_claim_once ON dispute (hire_id)
    WHERE state <> 'decided' AND side = 'affiliate';
-- The disputes of a hire.
CREATE INDEX dispute_hire ON dispute (hire_id, id);
-- The clock: deadlines that pass.
CREATE INDEX dispute_due ON dispute (due_on, id) WHERE due_on IS NOT NULL;
-- The admin's queue, and each side's own list, newest first.
CREATE INDEX dispute_open ON dispute (opened_at, id) WHERE state <> 'decided';
CREATE INDEX dispute_affiliate ON dispute (affiliate_id, id DESC);
CREATE INDEX dispute_company ON dispute (company_id, id DESC);

CREATE TRIGGER dispute_decision_fixed BEFORE UPDATE ON dispute
    FOR EACH ROW WHEN (OLD.state = 'decided') EXECUTE FUNCTION refuse_change_of_promise();

CREATE TABLE dispute_statement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dispute_id bigint NOT NULL REFERENCES dispute,
    at timestamptz NOT NULL,
    side text NOT NULL CONSTRAINT dispute_statement_side_known
        CHECK (side IN ('affiliate', 'company')),
    account_id bigint NOT NULL REFERENCES account,
    text text NOT NULL CONSTRAINT dispute_statement_length CHECK (char_length(text) BETWEEN 1 AND 4000),
    -- Opening, answer and reply: each side speaks once in its turn.
    turn smallint NOT NULL CONSTRAINT dispute_statement_turn_range CHECK (turn BETWEEN 1 AND 3),
    CONSTRAINT dispute_statement_once UNIQUE (dispute_id, turn)
);

CREATE TRIGGER dispute_statement_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute_statement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE dispute_evidence (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dispute_id bigint NOT NULL REFERENCES dispute,
    side text NOT NULL CONSTRAINT dispute_evidence_side_known
        CHECK (side IN ('affiliate', 'company')),
    account_id bigint NOT NULL REFERENCES account,
    at timestamptz NOT NULL,
    file_name text NOT NULL CONSTRAINT dispute_evidence_file_name_length
        CHECK (char_length(file_name) BETWEEN 1 AND 200),
    media_type text NOT NULL CONSTRAINT dispute_evidence_media_type_known
        CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    bytes bytea NOT NULL CONSTRAINT dispute_evidence_bytes_length
        CHECK (octet_length(bytes) BETWEEN 1 AND 5242880)
);

-- The files of a dispute, and their number per side.
CREATE INDEX dispute_evidence_dispute ON dispute_evidence (dispute_id, id);
ALTER TABLE dispute_evidence ALTER COLUMN bytes SET STORAGE EXTERNAL;
