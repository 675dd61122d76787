-- The second factor of an account: an authenticator app (RFC 6238), and codes for when it is lost.

CREATE TABLE second_factor (
    account_id bigint PRIMARY KEY REFERENCES account,
    sealed_secret bytea NOT NULL CONSTRAINT second_factor_secret_length
        CHECK (octet_length(sealed_secret) = 49),
    confirmed_at timestamptz NOT NULL,
    last_step bigint NOT NULL,
    tries integer NOT NULL DEFAULT 0 CONSTRAINT second_factor_tries_positive CHECK (tries >= 0),
    tries_since timestamptz NOT NULL
);

COMMENT ON TABLE second_factor IS
    'One app for each account that has set one up; a row is here only once its first code was seen';
COMMENT ON COLUMN second_factor.sealed_secret IS
    'Sealed by AES-256-GCM: id of the signing key (1 byte), nonce (12), secret (20), tag (16)';
COMMENT ON COLUMN second_factor.last_step IS
    'The last half minute since 1970 that a code was taken of: none counts twice';
COMMENT ON COLUMN second_factor.tries IS
    'Wrong codes since tries_since: within a window only so many are looked at';

CREATE TABLE recovery_code (
    account_id bigint NOT NULL REFERENCES second_factor ON DELETE CASCADE,
    code_hash bytea NOT NULL CONSTRAINT recovery_code_hash_length
        CHECK (octet_length(code_hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash)
);

COMMENT ON TABLE recovery_code IS 'Codes that stand in for the app, each of them once';
COMMENT ON COLUMN recovery_code.code_hash IS
    'SHA-256 of account and code: the codes have 80 random bits and are shown once';
