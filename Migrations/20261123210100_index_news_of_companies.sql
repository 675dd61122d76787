-- What a company missed while no page of its was open, by the message that was seen last.
CREATE INDEX outbox_company ON outbox (company_id, id) WHERE company_id IS NOT NULL;
