-- Where affiliates are paid, what they were paid, and what companies owe for it.

CREATE TABLE payout_account (
    affiliate_id bigint PRIMARY KEY REFERENCES affiliate,
    holder text NOT NULL CONSTRAINT payout_account_holder_length
        CHECK (char_length(holder) BETWEEN 1 AND 70),
    -- Without spaces, in capitals (ISO 13616); mod 97 and the country's length are the program's check.
    iban text NOT NULL CONSTRAINT payout_account_iban_shape
        CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    country text NOT NULL CONSTRAINT payout_account_country_shape CHECK (country ~ '^[A-Z]{2}$'),
    tax_id text NOT NULL CONSTRAINT payout_account_tax_id_shape CHECK (tax_id ~ '^[A-Z0-9]{2,20}$'),
    -- Counts the changes from 1.
    version integer NOT NULL CONSTRAINT payout_account_version_positive CHECK (version > 0),
    updated_at timestamptz NOT NULL,
    updated_by bigint NOT NULL REFERENCES account
);

-- Self-dealing: who else is paid to this account?
CREATE INDEX payout_account_iban ON payout_account (iban);

-- Rule 10 for affiliates: two that are paid to one account. Each of the two has a row.
CREATE TABLE affiliate_flag (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    affiliate_id bigint NOT NULL REFERENCES affiliate,
    other_id bigint NOT NULL REFERENCES affiliate,
    flag text NOT NULL CONSTRAINT affiliate_flag_known CHECK (flag IN ('shared_payout_account')),
    found_at timestamptz NOT NULL,
    resolved_at timestamptz,
    resolved_by bigint REFERENCES account,
    note text NOT NULL DEFAULT '' CONSTRAINT affiliate_flag_note_length CHECK (char_length(note) <= 2000),
    CONSTRAINT affiliate_flag_of_two CHECK (affiliate_id <> other_id),
    CONSTRAINT affiliate_flag_resolved_whole CHECK (
        (resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL OR note <> ''))
);

-- One open flag for two affiliates; also whether an affiliate has one.
CREATE UNIQUE INDEX affiliate_flag_once ON affiliate_flag (affiliate_id, other_id, flag)
    WHERE resolved_at IS NULL;

CREATE TABLE payout_batch (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    currency text NOT NULL CONSTRAINT payout_batch_currency_known CHECK (currency IN ('EUR', 'RON')),
    cut_off date NOT NULL,
    -- Of the preview that was decided upon: deciding twice makes one batch.
    fingerprint text NOT NULL CONSTRAINT payout_batch_fingerprint_unique UNIQUE
        CONSTRAINT payout_batch_fingerprint_shape CHECK (fingerprint ~ '^[0-9a-f]{32}$'),
    created_at timestamptz NOT NULL,
    created_by bigint NOT NULL REFERENCES account,
    -- When its file was first handed out; before that nothing can have reached the bank.
    sent_at timestamptz,
    sent_by bigint REFERENCES account,
    CONSTRAINT payout_batch_sent_whole CHECK ((sent_at IS NULL) = (sent_by IS NULL))
);

-- One line of a batch; where it is paid to is kept as it was, so that the file stays the same.
CREATE TABLE payout (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id bigint NOT NULL REFERENCES payout_batch,
    affiliate_id bigint NOT NULL REFERENCES affiliate,
    holder text NOT NULL CONSTRAINT payout_holder_length CHECK (char_length(holder) BETWEEN 1 AND 70),
    iban text NOT NULL CONSTRAINT payout_iban_shape CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    country text NOT NULL CONSTRAINT payout_country_shape CHECK (country ~ '^[A-Z]{2}$'),
    tax_id text NOT NULL CONSTRAINT payout_tax_id_shape CHECK (tax_id ~ '^[A-Z0-9]{2,20}$'),
    amount bigint NOT NULL CONSTRAINT payout_amount_positive CHECK (amount > 0),
    currency text NOT NULL CONSTRAINT payout_currency_known CHECK (currency IN ('EUR', 'RON')),
    -- `pending` until the file is handed out.
    state text NOT NULL CONSTRAINT payout_state_known
        CHECK (state IN ('pending', 'processing', 'paid', 'failed')),
    failure text CONSTRAINT payout_failure_known CHECK (failure IN (
        'account_unknown', 'account_closed', 'name_differs', 'refused_by_bank', 'withdrawn', 'other')),
    note text NOT NULL DEFAULT '' CONSTRAINT payout_note_length CHECK (char_length(note) <= 2000),
    settled_at timestamptz,
    settled_by bigint REFERENCES account,
    CONSTRAINT payout_once UNIQUE (batch_id, affiliate_id),
    CONSTRAINT payout_failed_with_reason CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CONSTRAINT payout_settled_whole CHECK (
        (state IN ('paid', 'failed')) = (settled_at IS NOT NULL)
        AND (settled_at IS NULL) = (settled_by IS NULL))
);

-- An affiliate's payouts, newest first.
CREATE INDEX payout_affiliate ON payout (affiliate_id, id DESC);
-- What the bank has not answered yet.
CREATE INDEX payout_running ON payout (batch_id, id) WHERE state IN ('pending', 'processing');

CREATE TRIGGER payout_settled_fixed BEFORE UPDATE ON payout
    FOR EACH ROW WHEN (OLD.state IN ('paid', 'failed')) EXECUTE FUNCTION refuse_change_of_promise();
CREATE TRIGGER payout_amount_fixed BEFORE UPDATE OF batch_id, affiliate_id, holder, iban, country,
        tax_id, amount, currency ON payout
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_promise();

-- The commissions that a payout is the sum of.
CREATE TABLE payout_item (
    payout_id bigint NOT NULL REFERENCES payout,
    commission_id bigint NOT NULL REFERENCES commission,
    amount bigint NOT NULL CONSTRAINT payout_item_amount_not_zero CHECK (amount <> 0),
    -- False once the payout failed, and the commission may be paid by another.
    live boolean NOT NULL DEFAULT true,
    PRIMARY KEY (payout_id, commission_id)
);

-- Nothing is paid twice, whatever the program asks.
CREATE UNIQUE INDEX payout_item_once ON payout_item (commission_id) WHERE live;

CREATE TABLE invoice_series (
    -- As in `V2026`.
    series text PRIMARY KEY,
    -- The last number that was given; numbers have no gaps.
    last bigint NOT NULL CONSTRAINT invoice_series_last_range CHECK (last BETWEEN 0 AND 9999999)
);

-- What a company is asked to pay for one commission, and what of it is credited again.
CREATE TABLE invoice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- As in `V20260000001`.
    number text NOT NULL CONSTRAINT invoice_number_unique UNIQUE
        CONSTRAINT invoice_number_shape CHECK (number ~ '^V[0-9]{11}$'),
    -- ISO 11649: the number behind `RF` and two check digits.
    reference text NOT NULL CONSTRAINT invoice_reference_unique UNIQUE
        CONSTRAINT invoice_reference_shape CHECK (reference ~ '^RF[0-9]{2}[A-Z0-9]{1,21}$'),
    company_id bigint NOT NULL REFERENCES company,
    hire_id bigint NOT NULL REFERENCES hire,
    commission_id bigint NOT NULL REFERENCES commission,
    -- The invoice that a credit note takes back, wholly or in part.
    credits bigint REFERENCES invoice,
    amount bigint NOT NULL CONSTRAINT invoice_amount_range
        CHECK (amount BETWEEN -1000000000 AND 1000000000 AND amount <> 0),
    currency text NOT NULL CONSTRAINT invoice_currency_known CHECK (currency IN ('EUR', 'RON')),
    issued_at timestamptz NOT NULL,
    due_on date NOT NULL,
    -- `void`: its commission was reversed before it was received.
    state text NOT NULL CONSTRAINT invoice_state_known CHECK (state IN ('open', 'received', 'void')),
    received_on date,
    received_by bigint REFERENCES account,
    -- What the bank calls the payment.
    bank_reference text NOT NULL DEFAULT ''
        CONSTRAINT invoice_bank_reference_length CHECK (char_length(bank_reference) <= 140),
    CONSTRAINT invoice_credit_is_negative CHECK ((credits IS NOT NULL) = (amount < 0)),
    CONSTRAINT invoice_received_whole CHECK (
        (state = 'received') = (received_on IS NOT NULL)
        AND (received_on IS NULL) = (received_by IS NULL))
);

-- A commission is invoiced once and credited once.
CREATE UNIQUE INDEX invoice_commission_once ON invoice (commission_id, (credits IS NULL));
-- What was credited of an invoice.
CREATE INDEX invoice_credits ON invoice (credits) WHERE credits IS NOT NULL;
-- What a company owes, and the admin's queue of what is open.
CREATE INDEX invoice_company ON invoice (company_id, id DESC);
CREATE INDEX invoice_open ON invoice (due_on, id) WHERE state = 'open';

CREATE TRIGGER invoice_settled_fixed BEFORE UPDATE ON invoice
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION refuse_change_of_promise();
CREATE TRIGGER invoice_promise_fixed BEFORE UPDATE OF number, reference, company_id, hire_id,
        commission_id, credits, amount, currency, issued_at, due_on ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_promise();

ALTER TABLE ledger_transfer
    ADD COLUMN payout_id bigint REFERENCES payout,
    ADD COLUMN invoice_id bigint REFERENCES invoice,
    ADD CONSTRAINT ledger_transfer_of_payout CHECK (
        (kind IN ('payout_sent', 'payout_settled', 'payout_failed')) = (payout_id IS NOT NULL)),
    ADD CONSTRAINT ledger_transfer_of_invoice CHECK (invoice_id IS NULL OR kind = 'company_paid');

-- A payout leaves once and ends once; an invoice is received once.
CREATE UNIQUE INDEX ledger_transfer_payout_sent_once ON ledger_transfer (payout_id)
    WHERE kind = 'payout_sent';
CREATE UNIQUE INDEX ledger_transfer_payout_ended_once ON ledger_transfer (payout_id)
    WHERE kind IN ('payout_settled', 'payout_failed');
CREATE UNIQUE INDEX ledger_transfer_invoice_once ON ledger_transfer (invoice_id)
    WHERE invoice_id IS NOT NULL;
