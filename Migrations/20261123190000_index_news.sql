-- What an affiliate missed while no page of theirs was open, by the message they saw last.
CREATE INDEX outbox_affiliate ON outbox (affiliate_id, id) WHERE affiliate_id IS NOT NULL;
