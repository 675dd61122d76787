-- Who issues invoices, to whom, and with which VAT: all of it as it was on the day of issue.

-- Each version of the issuer's details; the newest one is on new invoices.
CREATE TABLE invoice_issuer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT invoice_issuer_name_length
        CHECK (char_length(name) BETWEEN 1 AND 120),
    -- In lines.
    address text NOT NULL CONSTRAINT invoice_issuer_address_length
        CHECK (char_length(address) BETWEEN 1 AND 300),
    country text NOT NULL CONSTRAINT invoice_issuer_country_shape CHECK (country ~ '^[A-Z]{2}$'),
    tax_id text NOT NULL CONSTRAINT invoice_issuer_tax_id_shape
        CHECK (tax_id ~ '^[A-Z0-9]{2,20}$'),
    -- Where companies pay to.
    iban text CONSTRAINT invoice_issuer_iban_shape
        CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    -- Basis points; null for an issuer that is not registered for VAT.
    vat_rate integer CONSTRAINT invoice_issuer_vat_rate_range CHECK (vat_rate BETWEEN 1 AND 10000),
    announced_at timestamptz NOT NULL
);

CREATE TRIGGER invoice_issuer_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_issuer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a company wants to stand on its invoices; where it is null, its page says it.
ALTER TABLE company
    ADD COLUMN billing_name text CONSTRAINT company_billing_name_length
        CHECK (char_length(billing_name) BETWEEN 1 AND 120),
    ADD COLUMN billing_address text CONSTRAINT company_billing_address_length
        CHECK (char_length(billing_address) BETWEEN 1 AND 300),
    ADD COLUMN billing_country text CONSTRAINT company_billing_country_shape
        CHECK (billing_country ~ '^[A-Z]{2}$'),
    ADD COLUMN tax_id text CONSTRAINT company_tax_id_shape CHECK (tax_id ~ '^[A-Z0-9]{2,20}$');

ALTER TABLE invoice
    -- Null where nobody had said who issues.
    ADD COLUMN issuer_id bigint REFERENCES invoice_issuer,
    ADD COLUMN recipient_name text CONSTRAINT invoice_recipient_name_length
        CHECK (char_length(recipient_name) BETWEEN 1 AND 120),
    -- In lines; a town where the company says no more.
    ADD COLUMN recipient_address text CONSTRAINT invoice_recipient_address_length
        CHECK (char_length(recipient_address) BETWEEN 1 AND 300),
    ADD COLUMN recipient_country text CONSTRAINT invoice_recipient_country_shape
        CHECK (recipient_country ~ '^[A-Z]{2}$'),
    ADD COLUMN recipient_tax_id text CONSTRAINT invoice_recipient_tax_id_shape
        CHECK (recipient_tax_id ~ '^[A-Z0-9]{2,20}$'),
    ADD COLUMN vat_treatment text NOT NULL DEFAULT 'not_charged'
        CONSTRAINT invoice_vat_treatment_known CHECK (vat_treatment IN (
            'not_charged', 'charged', 'reverse_charge', 'outside')),
    -- Basis points.
    ADD COLUMN vat_rate integer CONSTRAINT invoice_vat_rate_range
        CHECK (vat_rate BETWEEN 1 AND 10000),
    -- On top of the amount, which is net; the books hold net amounts only.
    ADD COLUMN vat_amount bigint NOT NULL DEFAULT 0 CONSTRAINT invoice_vat_amount_range
        CHECK (abs(vat_amount) <= abs(amount) AND sign(vat_amount) * sign(amount) >= 0),
    ADD CONSTRAINT invoice_vat_whole CHECK (
        (vat_treatment = 'charged') = (vat_rate IS NOT NULL)
        AND (vat_rate IS NOT NULL OR vat_amount = 0)
        AND (vat_treatment = 'not_charged' OR issuer_id IS NOT NULL)
        AND (vat_treatment <> 'reverse_charge' OR recipient_tax_id IS NOT NULL));

-- What was issued until now went to the company as its page names it today.
ALTER TABLE invoice DISABLE TRIGGER invoice_settled_fixed;
UPDATE invoice v
SET recipient_name = c.name, recipient_address = c.city, recipient_country = c.country
FROM company c WHERE c.id = v.company_id;
ALTER TABLE invoice ENABLE TRIGGER invoice_settled_fixed;

CREATE TRIGGER invoice_parties_fixed BEFORE UPDATE OF issuer_id, recipient_name,
        recipient_address, recipient_country, recipient_tax_id, vat_treatment, vat_rate, vat_amount
        ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_promise();
