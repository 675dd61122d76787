-- What people do through links in mails: confirm an address, set a password anew, accept an
-- invitation, answer a recommendation.

ALTER TABLE account
    -- Null until somebody has followed the link that was mailed to the address.
    ADD COLUMN email_confirmed_at timestamptz;
-- Whoever has an account by now was let in without: they keep what they could do.
UPDATE account SET email_confirmed_at = created_at;

COMMENT ON COLUMN account.password_hash IS
    'With scrypt''s parameters and salt; ''!'' for an invited admin who has not set one yet';

-- The single-use tokens behind the links.
CREATE TABLE mail_token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the token: the token itself is in the mail only.
    token_hash bytea NOT NULL CONSTRAINT mail_token_hash_unique UNIQUE
        CONSTRAINT mail_token_hash_length CHECK (octet_length(token_hash) = 32),
    purpose text NOT NULL CONSTRAINT mail_token_purpose_known CHECK (purpose IN (
        'confirm_address', 'reset_password', 'accept_invitation', 'answer_recommendation')),
    account_id bigint REFERENCES account,
    -- Where it was mailed to; for `confirm_address` what the account's address is to be.
    email text CONSTRAINT mail_token_email_length CHECK (char_length(email) BETWEEN 3 AND 254),
    introduction_id bigint REFERENCES introduction,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- When it was used, or made void by a later one.
    used_at timestamptz,
    CONSTRAINT mail_token_expires_later CHECK (expires_at > created_at),
    CONSTRAINT mail_token_of_recommendation CHECK (
        (purpose = 'answer_recommendation') = (introduction_id IS NOT NULL)
        AND (introduction_id IS NULL) = (account_id IS NOT NULL)
        AND (account_id IS NULL) = (email IS NULL))
);

-- How many an account was sent in a day, and which of them still work.
CREATE INDEX mail_token_account ON mail_token (account_id, purpose, created_at)
    WHERE account_id IS NOT NULL;
-- The token of a recommendation, to be ended with it.
CREATE INDEX mail_token_introduction ON mail_token (introduction_id)
    WHERE introduction_id IS NOT NULL;
-- Purging what has expired.
CREATE INDEX mail_token_expiry ON mail_token (expires_at);

-- Asking for links to set a password is bounded per address prefix, beside the tries to sign in.
ALTER TABLE sign_in_failure
    DROP CONSTRAINT sign_in_failure_scope_known,
    ADD CONSTRAINT sign_in_failure_scope_known CHECK (scope IN ('account', 'address', 'reset'));

-- What the affiliate says of the person; the candidate's own words are in `message`.
ALTER TABLE introduction
    ADD COLUMN recommendation text NOT NULL DEFAULT ''
        CONSTRAINT introduction_recommendation_length CHECK (char_length(recommendation) <= 4000);

-- When everything that tells who it was had been removed, at the person's wish or after 30 days
-- without an answer.
ALTER TABLE candidate ADD COLUMN erased_at timestamptz;

-- Recommendations that wait for an answer: those that have waited too long.
CREATE INDEX introduction_unconfirmed ON introduction (created_at, id) WHERE stage = 'unconfirmed';
-- The messages about one candidate, which are emptied when the person is erased.
CREATE INDEX outbox_introduction ON outbox (introduction_id) WHERE introduction_id IS NOT NULL;

-- How often an address was written to because somebody recommended its owner.
CREATE TABLE recommendation_mail (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the folded address: the bound outlives the erasure of the address itself.
    address_hash bytea NOT NULL CONSTRAINT recommendation_mail_hash_length
        CHECK (octet_length(address_hash) = 32),
    at timestamptz NOT NULL
);

-- Counting those of an address, and purging old ones.
CREATE INDEX recommendation_mail_address ON recommendation_mail (address_hash, at);
CREATE INDEX recommendation_mail_age ON recommendation_mail (at);
