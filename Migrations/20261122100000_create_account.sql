-- Who takes part: companies, affiliates, and the accounts that sign in for them.
-- Times come from the program, never from now(): tests and replays pass their own.

CREATE TABLE company (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug text NOT NULL CONSTRAINT company_slug_unique UNIQUE
        CONSTRAINT company_slug_shape CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 120),
    name text NOT NULL CONSTRAINT company_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    about text NOT NULL DEFAULT '' CONSTRAINT company_about_length CHECK (char_length(about) <= 5000),
    website text CONSTRAINT company_website_shape
        CHECK (website ~ '^https?://' AND char_length(website) <= 200),
    country text NOT NULL DEFAULT 'RO' CONSTRAINT company_country_shape CHECK (country ~ '^[A-Z]{2}$'),
    city text CONSTRAINT company_city_length CHECK (char_length(city) BETWEEN 1 AND 80),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    verified_at timestamptz
);

CREATE TABLE affiliate (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL
);

CREATE TABLE account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role text NOT NULL CONSTRAINT account_role_known CHECK (role IN ('company', 'affiliate', 'admin')),
    company_id bigint REFERENCES company,
    affiliate_id bigint CONSTRAINT account_affiliate_unique UNIQUE REFERENCES affiliate,
    email text NOT NULL CONSTRAINT account_email_length CHECK (char_length(email) BETWEEN 3 AND 254),
    email_key text NOT NULL CONSTRAINT account_email_unique UNIQUE
        CONSTRAINT account_email_key_folded CHECK (email_key = lower(email)),
    email_folded text NOT NULL CONSTRAINT account_email_folded_length
        CHECK (char_length(email_folded) BETWEEN 3 AND 254),
    name text NOT NULL CONSTRAINT account_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    password_hash text NOT NULL CONSTRAINT account_password_hash_length
        CHECK (char_length(password_hash) BETWEEN 1 AND 512),
    language text NOT NULL CONSTRAINT account_language_known CHECK (language IN ('en', 'ro')),
    created_at timestamptz NOT NULL,
    disabled_at timestamptz,
    CONSTRAINT account_company_of_role CHECK ((role = 'company') = (company_id IS NOT NULL)),
    CONSTRAINT account_affiliate_of_role CHECK ((role = 'affiliate') = (affiliate_id IS NOT NULL))
);

-- Self-dealing: is the affiliate one of this company's people? Also names the company's contact.
CREATE INDEX account_company ON account (company_id) WHERE company_id IS NOT NULL;

CREATE TABLE session (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT session_expires_later CHECK (expires_at > created_at)
);

-- Revoking all sessions of an account.
CREATE INDEX session_account ON session (account_id) WHERE revoked_at IS NULL;
-- Purging what has expired.
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE api_token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account,
    name text NOT NULL CONSTRAINT api_token_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
    -- SHA-256 of the token: the token itself is shown once and kept nowhere.
    token_hash bytea NOT NULL CONSTRAINT api_token_hash_unique UNIQUE
        CONSTRAINT api_token_hash_length CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    last_used_on date,
    revoked_at timestamptz
);

-- The tokens of an account, newest first.
CREATE INDEX api_token_account ON api_token (account_id, id DESC);

-- Tries to sign in per account and per address prefix. Unlogged: a crash may forget them, and a
-- flood of tries must not become a flood of write-ahead log.
CREATE UNLOGGED TABLE sign_in_failure (
    scope text NOT NULL CONSTRAINT sign_in_failure_scope_known CHECK (scope IN ('account', 'address')),
    subject text NOT NULL CONSTRAINT sign_in_failure_subject_length
        CHECK (char_length(subject) BETWEEN 1 AND 254),
    window_started_at timestamptz NOT NULL,
    tries integer NOT NULL CONSTRAINT sign_in_failure_tries_positive CHECK (tries > 0),
    PRIMARY KEY (scope, subject)
);

-- Purging windows that have passed.
CREATE INDEX sign_in_failure_window ON sign_in_failure (window_started_at);
