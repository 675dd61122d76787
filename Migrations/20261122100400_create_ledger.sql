-- The books: every transfer sums to zero per currency, or the transaction does not commit.

CREATE TABLE ledger_account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CONSTRAINT ledger_account_kind_known CHECK (kind IN (
        'company_receivable', 'affiliate_payable', 'commission_clearing', 'payout_in_transit', 'bank')),
    company_id bigint REFERENCES company,
    affiliate_id bigint REFERENCES affiliate,
    CONSTRAINT ledger_account_unique UNIQUE NULLS NOT DISTINCT (kind, company_id, affiliate_id),
    CONSTRAINT ledger_account_of_company
        CHECK ((kind = 'company_receivable') = (company_id IS NOT NULL)),
    CONSTRAINT ledger_account_of_affiliate
        CHECK ((kind = 'affiliate_payable') = (affiliate_id IS NOT NULL))
);

INSERT INTO ledger_account (kind) VALUES ('commission_clearing'), ('payout_in_transit'), ('bank');

CREATE TABLE ledger_transfer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CONSTRAINT ledger_transfer_kind_known CHECK (kind IN (
        'hire_billed', 'commission_earned', 'commission_reversed', 'billing_reversed',
        'company_paid', 'payout_sent', 'payout_settled', 'payout_failed')),
    hire_id bigint REFERENCES hire,
    commission_id bigint REFERENCES commission,
    at timestamptz NOT NULL,
    CONSTRAINT ledger_transfer_of_hire
        CHECK (kind <> 'hire_billed' OR (hire_id IS NOT NULL AND commission_id IS NULL)),
    CONSTRAINT ledger_transfer_of_commission CHECK (
        kind NOT IN ('commission_earned', 'commission_reversed', 'billing_reversed')
        OR commission_id IS NOT NULL)
);

-- A hire is billed once, an instalment is earned once and taken back once.
CREATE UNIQUE INDEX ledger_transfer_hire_once ON ledger_transfer (hire_id) WHERE kind = 'hire_billed';
CREATE UNIQUE INDEX ledger_transfer_commission_once ON ledger_transfer (commission_id, kind)
    WHERE kind IN ('commission_earned', 'commission_reversed', 'billing_reversed');

CREATE TABLE ledger_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id bigint NOT NULL REFERENCES ledger_transfer,
    account_id bigint NOT NULL REFERENCES ledger_account,
    -- Debits are positive, credits negative.
    amount bigint NOT NULL CONSTRAINT ledger_entry_amount_not_zero CHECK (amount <> 0),
    currency text NOT NULL CONSTRAINT ledger_entry_currency_known CHECK (currency IN ('EUR', 'RON'))
);

-- The check of a transfer at commit, and its entries when it is read.
CREATE INDEX ledger_entry_transfer ON ledger_entry (transfer_id);
-- Balances: the sums of an account per currency, from the index alone.
CREATE INDEX ledger_entry_account ON ledger_entry (account_id, currency) INCLUDE (amount);

-- The path is fixed because it runs at commit, whatever the path is then.
CREATE FUNCTION refuse_unbalanced_transfer() RETURNS trigger LANGUAGE plpgsql
    SET search_path FROM CURRENT
    AS $$
DECLARE
    checked bigint;
BEGIN
    IF TG_TABLE_NAME = 'ledger_transfer' THEN
        checked := NEW.id;
    ELSE
        checked := NEW.transfer_id;
    END IF;
    IF (SELECT count(*) FROM ledger_entry WHERE transfer_id = checked) < 2
        OR EXISTS (
            SELECT FROM ledger_entry WHERE transfer_id = checked
            GROUP BY currency HAVING sum(amount) <> 0)
    THEN
        RAISE EXCEPTION 'transfer % does not sum to zero per currency', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transfer_balanced',
            TABLE = 'ledger_transfer';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_transfer_balanced AFTER INSERT ON ledger_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_transfer();
CREATE CONSTRAINT TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_transfer();

CREATE TRIGGER ledger_transfer_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
