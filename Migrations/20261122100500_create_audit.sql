-- What was done, what is to be told, and what was answered.

CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL CONSTRAINT audit_actor_known
        CHECK (actor IN ('company', 'affiliate', 'admin', 'candidate', 'system')),
    account_id bigint REFERENCES account,
    action text NOT NULL CONSTRAINT audit_action_shape
        CHECK (action ~ '^[a-z_]+\.[a-z_]+$' AND char_length(action) <= 60),
    subject text NOT NULL CONSTRAINT audit_subject_shape
        CHECK (subject ~ '^[a-z_]+$' AND char_length(subject) <= 40),
    -- The key of a row of the subject's table; no foreign key, because the log outlives its subjects.
    subject_id bigint NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}' CONSTRAINT audit_detail_size
        CHECK (octet_length(detail::text) <= 16384),
    CONSTRAINT audit_account_of_actor CHECK ((actor IN ('candidate', 'system')) = (account_id IS NULL))
);

-- The log of one thing, newest first.
CREATE INDEX audit_subject ON audit (subject, subject_id, id DESC);

CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Messages to be delivered, written in the transaction that they tell about.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL CONSTRAINT outbox_topic_shape
        CHECK (topic ~ '^[a-z_]+\.[a-z_]+$' AND char_length(topic) <= 60),
    recipient text NOT NULL CONSTRAINT outbox_recipient_known
        CHECK (recipient IN ('affiliate', 'company', 'candidate', 'admin')),
    affiliate_id bigint REFERENCES affiliate,
    company_id bigint REFERENCES company,
    introduction_id bigint REFERENCES introduction,
    payload jsonb NOT NULL CONSTRAINT outbox_payload_size
        CHECK (octet_length(payload::text) <= 65536),
    -- Says which message it is, so that telling it twice is refused.
    dedupe_key text NOT NULL CONSTRAINT outbox_dedupe_unique UNIQUE
        CONSTRAINT outbox_dedupe_length CHECK (char_length(dedupe_key) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL,
    available_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0 CONSTRAINT outbox_attempts_range CHECK (attempts >= 0),
    delivered_at timestamptz,
    failed_at timestamptz,
    last_error text CONSTRAINT outbox_last_error_length CHECK (char_length(last_error) <= 1000),
    CONSTRAINT outbox_to_affiliate CHECK ((recipient = 'affiliate') = (affiliate_id IS NOT NULL)),
    CONSTRAINT outbox_to_company CHECK ((recipient = 'company') = (company_id IS NOT NULL)),
    CONSTRAINT outbox_to_candidate CHECK (recipient <> 'candidate' OR introduction_id IS NOT NULL)
);

-- The next messages to deliver.
CREATE INDEX outbox_waiting ON outbox (available_at, id)
    WHERE delivered_at IS NULL AND failed_at IS NULL;

-- Wakes the worker at commit; a channel knows no schema, so a wake-up may be for nothing.
CREATE FUNCTION notify_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('outbox', '');
    RETURN NULL;
END $$;

CREATE TRIGGER outbox_notify AFTER INSERT ON outbox
    FOR EACH STATEMENT EXECUTE FUNCTION notify_outbox();

-- The answers to writes that carried a key: the same request gets the same answer.
CREATE TABLE idempotency_key (
    account_id bigint NOT NULL REFERENCES account,
    key text NOT NULL CONSTRAINT idempotency_key_length CHECK (char_length(key) BETWEEN 8 AND 128),
    -- SHA-256 of what was asked: the key with another request is a mistake.
    request_hash bytea NOT NULL CONSTRAINT idempotency_key_hash_length
        CHECK (octet_length(request_hash) = 32),
    -- Null only inside the transaction that works on it.
    status smallint CONSTRAINT idempotency_key_status_range CHECK (status BETWEEN 200 AND 599),
    location text CONSTRAINT idempotency_key_location_length CHECK (char_length(location) <= 2000),
    content_type text CONSTRAINT idempotency_key_content_type_length
        CHECK (char_length(content_type) <= 200),
    body bytea NOT NULL DEFAULT '' CONSTRAINT idempotency_key_body_length
        CHECK (octet_length(body) <= 1048576),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, key)
);

-- Purging old answers.
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
