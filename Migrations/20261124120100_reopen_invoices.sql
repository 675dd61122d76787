-- An invoice that was marked as received by mistake is open again: by a transfer of its own.

-- A settled invoice changes in this way only.
DROP TRIGGER invoice_settled_fixed ON invoice;
CREATE TRIGGER invoice_settled_fixed BEFORE UPDATE ON invoice
    FOR EACH ROW WHEN (OLD.state <> 'open' AND NOT (
        OLD.state = 'received' AND NEW.state = 'open' AND NEW.received_on IS NULL
        AND NEW.received_by IS NULL AND NEW.bank_reference = ''))
    EXECUTE FUNCTION refuse_change_of_promise();

ALTER TABLE ledger_transfer
    -- Which payment of its invoice it is about: 1, and one more after each that was undone.
    ADD COLUMN payment smallint NOT NULL DEFAULT 1
        CONSTRAINT ledger_transfer_payment_range CHECK (payment BETWEEN 1 AND 1000),
    DROP CONSTRAINT ledger_transfer_of_invoice,
    DROP CONSTRAINT ledger_transfer_kind_known;
ALTER TABLE ledger_transfer
    ADD CONSTRAINT ledger_transfer_kind_known CHECK (kind IN (
        'hire_billed', 'commission_earned', 'commission_reversed', 'billing_reversed',
        'billing_added', 'company_paid', 'company_unpaid', 'payout_sent', 'payout_settled',
        'payout_failed')),
    ADD CONSTRAINT ledger_transfer_of_invoice CHECK (
        CASE kind WHEN 'company_unpaid' THEN invoice_id IS NOT NULL
            WHEN 'company_paid' THEN true ELSE invoice_id IS NULL END);

-- Each payment is received once and undone once.
DROP INDEX ledger_transfer_invoice_once;
CREATE UNIQUE INDEX ledger_transfer_invoice_once ON ledger_transfer (invoice_id, kind, payment)
    WHERE invoice_id IS NOT NULL;
