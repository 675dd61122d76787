-- The admin's desk: where from something was done, one queue of what waits, and finding things again.

ALTER TABLE audit
    ADD COLUMN address text CONSTRAINT audit_address_length
        CHECK (char_length(address) BETWEEN 2 AND 45);
COMMENT ON COLUMN audit.address IS
    'The network address of whoever asked for it; null for the clock and for commands';

-- The whole log, and that of a day, newest first.
CREATE INDEX audit_at ON audit (at DESC, id DESC);
-- What one account did, newest first.
CREATE INDEX audit_account ON audit (account_id, at DESC, id DESC) WHERE account_id IS NOT NULL;
-- All that was done of one kind, newest first.
CREATE INDEX audit_action ON audit (action, at DESC, id DESC);
-- All that was done to things of one kind, newest first.
CREATE INDEX audit_subject_newest ON audit (subject, at DESC, id DESC);

-- The queue of what waits, each part oldest first.
CREATE INDEX company_unverified ON company (created_at, id) WHERE verified_at IS NULL;
CREATE INDEX dispute_replied ON dispute (opened_at, id) WHERE state = 'replied';
CREATE INDEX affiliate_flag_open ON affiliate_flag (found_at, id) WHERE resolved_at IS NULL;
CREATE INDEX commission_approved ON commission (state_changed_at, id) WHERE state = 'approved';

-- The words of a name without case and marks, as the program folds what is asked for; some letters
-- are translated by themselves, because lower() knows those of the database's locale only.
CREATE FUNCTION folded_words(name text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, replace(replace(replace(replace(replace(replace(
        translate(lower(name),
            'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïðñòóôõöøùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĬĭĮįİıĴĵĶķĸĹĺĻļĽľĿŀŁłŃńŅņŇňŉŊŋŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſȘșȚț',
            'aaaaaaceeeeiiiidnoooooouuuuyaaaaaaceeeeiiiidnoooooouuuuyyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzssstt'),
        'ß', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), 'þ', 'th'));

-- An admin's search, by the beginnings of words and addresses and by the ends of account numbers.
CREATE INDEX account_words ON account USING gin (folded_words(name));
CREATE INDEX account_email_prefix ON account (email_key text_pattern_ops);
CREATE INDEX candidate_words ON candidate USING gin (folded_words(name));
CREATE INDEX candidate_email_prefix ON candidate (lower(email) text_pattern_ops);
CREATE INDEX company_words ON company USING gin (folded_words(name));
CREATE INDEX job_words ON job USING gin (folded_words(title));
CREATE INDEX payout_account_tail ON payout_account (reverse(iban) text_pattern_ops);
CREATE INDEX payout_tail ON payout (reverse(iban) text_pattern_ops);
