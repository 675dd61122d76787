-- A candidate who is erased after the confirmation is found again, while somebody owns them, by a keyed
-- hash of the folded address in its place.

COMMENT ON COLUMN introduction.email_folded IS
    'The folded address; ''hashed:'' and its keyed hash once the person is erased, for the 180 days of ownership; ''erased:'' and the id after that';

-- The hashes whose 180 days are over.
CREATE INDEX introduction_hashed ON introduction (confirmed_at) WHERE email_folded LIKE 'hashed:%';
