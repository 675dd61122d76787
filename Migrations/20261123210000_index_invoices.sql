-- The invoices of one state, newest first, for admins; and those of a hire.

CREATE INDEX invoice_state ON invoice (state, id DESC);
CREATE INDEX invoice_hire ON invoice (hire_id, id);
