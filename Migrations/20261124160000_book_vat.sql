-- The bank holds what companies paid, and that is with value added tax.

ALTER TABLE ledger_account
    DROP CONSTRAINT ledger_account_kind_known,
    ADD CONSTRAINT ledger_account_kind_known CHECK (kind IN (
        'company_receivable', 'affiliate_payable', 'commission_clearing', 'payout_in_transit', 'bank',
        'platform_cost', 'vat_payable'));
INSERT INTO ledger_account (kind) VALUES ('vat_payable');

-- What was received before left its tax out. The transfers stand, and get the entries they lacked.
INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
SELECT t.id, a.id,
    v.vat_amount * CASE WHEN (a.kind = 'bank') = (t.kind = 'company_paid') THEN 1 ELSE -1 END,
    v.currency
FROM ledger_transfer t
JOIN invoice v ON v.id = t.invoice_id
JOIN ledger_account a ON a.kind IN ('bank', 'vat_payable')
WHERE t.kind IN ('company_paid', 'company_unpaid') AND v.vat_amount <> 0
ORDER BY t.id, a.id;
