-- Why a dispute ended as it did: a word of a list, which everybody reads in their own language.

ALTER TABLE dispute
    ADD COLUMN outcome_reason text CONSTRAINT dispute_outcome_reason_known CHECK (outcome_reason IN (
        'evidence', 'no_evidence', 'terms', 'agreement', 'amount', 'other', 'no_answer', 'no_reply',
        'withdrawn')),
    ADD CONSTRAINT dispute_outcome_reason_when_decided
        CHECK (outcome_reason IS NULL OR state = 'decided'),
    -- Silence decides for whoever spoke last, and whoever withdraws gets nothing.
    ADD CONSTRAINT dispute_outcome_reason_fits CHECK (
        CASE outcome_reason
            WHEN 'no_answer' THEN outcome = 'upheld' AND decided_by IS NULL
            WHEN 'no_reply' THEN outcome = 'rejected' AND decided_by IS NULL
            WHEN 'withdrawn' THEN outcome = 'rejected' AND decided_by IS NOT NULL
            ELSE true
        END);
COMMENT ON COLUMN dispute.outcome_reason IS
    'Why it ended so; null while it is open, and where an older program decided it';
COMMENT ON COLUMN dispute.decided_by IS
    'The admin, or who withdrew it; null when silence decided';

ALTER TABLE dispute DISABLE TRIGGER dispute_decision_fixed;
UPDATE dispute SET outcome_reason = CASE
        WHEN decided_by IS NOT NULL THEN 'other'
        WHEN outcome = 'upheld' THEN 'no_answer'
        ELSE 'no_reply'
    END
WHERE state = 'decided';
ALTER TABLE dispute ENABLE TRIGGER dispute_decision_fixed;

ALTER TABLE commission
    ADD COLUMN dispute_id bigint REFERENCES dispute,
    ADD CONSTRAINT commission_of_dispute CHECK (dispute_id IS NULL OR kind = 'manual'),
    DROP CONSTRAINT commission_manual_explained,
    -- What was won in a dispute is explained by its outcome.
    ADD CONSTRAINT commission_manual_explained CHECK (
        kind <> 'manual' OR (
            reason IS NOT NULL AND created_by IS NOT NULL
            AND (note <> '' OR dispute_id IS NOT NULL)));
COMMENT ON COLUMN commission.dispute_id IS
    'The claim by which it was won; null for what was not won by a claim';

-- A claim is won once.
CREATE UNIQUE INDEX commission_dispute_once ON commission (dispute_id) WHERE dispute_id IS NOT NULL;

-- What silence granted until now has a note in one language; rows that are over stay as they were.
ALTER TABLE commission DISABLE TRIGGER commission_fixed;
UPDATE commission m SET dispute_id = d.id, note = ''
FROM dispute d
WHERE d.hire_id = m.hire_id AND d.side = 'affiliate' AND d.outcome_reason = 'no_answer'
    AND d.decided_at = m.created_at AND d.granted = m.amount AND m.kind = 'manual'
    AND m.reason = 'disputed' AND m.note = 'The company did not answer.'
    AND m.state NOT IN ('processing', 'paid', 'reversed');
ALTER TABLE commission ENABLE TRIGGER commission_fixed;
