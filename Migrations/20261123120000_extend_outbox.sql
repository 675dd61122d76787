-- What delivering the outbox needs: messages to one account, addresses that take nothing, and the
-- mailbox of the demo.

ALTER TABLE outbox
    ADD COLUMN account_id bigint REFERENCES account,
    DROP CONSTRAINT outbox_recipient_known,
    ADD CONSTRAINT outbox_recipient_known
        CHECK (recipient IN ('affiliate', 'company', 'candidate', 'admin', 'account')),
    ADD CONSTRAINT outbox_to_account CHECK ((recipient = 'account') = (account_id IS NOT NULL));

COMMENT ON COLUMN outbox.available_at IS
    'When it may be claimed; whoever claims it moves it forward, so that it comes back after a crash';

-- The dead letters, newest first.
CREATE INDEX outbox_failed ON outbox (failed_at DESC, id DESC) WHERE failed_at IS NOT NULL;
-- How long the newest deliveries took.
CREATE INDEX outbox_delivered ON outbox (delivered_at DESC) WHERE delivered_at IS NOT NULL;

-- Addresses that a mail server refused for good (RFC 5321 4.2.1, 5yz): nothing is sent there again.
CREATE TABLE mail_suppression (
    email_key text PRIMARY KEY CONSTRAINT mail_suppression_email_length
        CHECK (char_length(email_key) BETWEEN 3 AND 254 AND email_key = lower(email_key)),
    -- What the mail server answered.
    reason text NOT NULL CONSTRAINT mail_suppression_reason_length
        CHECK (char_length(reason) BETWEEN 1 AND 1000),
    outbox_id bigint REFERENCES outbox,
    created_at timestamptz NOT NULL
);

-- Addresses that asked for no more mails than those about an account or money (RFC 8058).
CREATE TABLE mail_opt_out (
    email_key text PRIMARY KEY CONSTRAINT mail_opt_out_email_length
        CHECK (char_length(email_key) BETWEEN 3 AND 254 AND email_key = lower(email_key)),
    created_at timestamptz NOT NULL
);

-- The mails of a demo, which never go outside; the oldest are removed.
CREATE TABLE demo_mail (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    outbox_id bigint NOT NULL REFERENCES outbox,
    recipients text NOT NULL CONSTRAINT demo_mail_recipients_length
        CHECK (char_length(recipients) BETWEEN 3 AND 5200),
    subject text NOT NULL CONSTRAINT demo_mail_subject_length CHECK (char_length(subject) <= 1000),
    -- The part for readers without HTML.
    body text NOT NULL CONSTRAINT demo_mail_body_size CHECK (octet_length(body) <= 131072),
    html text NOT NULL CONSTRAINT demo_mail_html_size CHECK (octet_length(html) <= 131072),
    -- As it would have been sent (RFC 5322).
    message text NOT NULL CONSTRAINT demo_mail_message_size
        CHECK (octet_length(message) BETWEEN 1 AND 262144),
    created_at timestamptz NOT NULL
);
