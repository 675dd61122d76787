-- Who was brought to which job, by whom, and how far they came.

-- Refuses every change of tables that only grow.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_only_grows',
        TABLE = TG_TABLE_NAME;
END $$;

-- What one person told of themselves in one application. Not shared between applications: whoever
-- knows an address must not be able to rename its owner.
CREATE TABLE candidate (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT candidate_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    email text NOT NULL CONSTRAINT candidate_email_length CHECK (char_length(email) BETWEEN 3 AND 254),
    phone text CONSTRAINT candidate_phone_length CHECK (char_length(phone) BETWEEN 7 AND 32),
    language text NOT NULL CONSTRAINT candidate_language_known CHECK (language IN ('en', 'ro')),
    created_at timestamptz NOT NULL
);

CREATE TABLE introduction (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL,
    company_id bigint NOT NULL,
    candidate_id bigint NOT NULL CONSTRAINT introduction_candidate_unique UNIQUE REFERENCES candidate,
    origin text NOT NULL CONSTRAINT introduction_origin_known
        CHECK (origin IN ('link', 'recommendation', 'direct')),
    link_id bigint REFERENCES link,
    -- Who earns the commission; nobody when the candidate came alone.
    affiliate_id bigint REFERENCES affiliate,
    -- The earlier introduction to another job of the company that it belongs to the affiliate by.
    carried_from bigint REFERENCES introduction,
    -- The version of the terms it is bound to, from its confirmation on.
    terms_id bigint,
    stage text NOT NULL CONSTRAINT introduction_stage_known CHECK (stage IN (
        'unconfirmed', 'submitted', 'shortlisted', 'interview', 'offer', 'hired', 'rejected',
        'withdrawn')),
    rejection_reason text CONSTRAINT introduction_rejection_reason_known CHECK (rejection_reason IN (
        'lacks_skills', 'lacks_experience', 'language', 'location', 'work_permit',
        'salary_expectation', 'failed_interview', 'other_candidate_chosen', 'no_answer',
        'declined_offer', 'already_known', 'position_filled', 'position_cancelled', 'other')),
    message text NOT NULL DEFAULT '' CONSTRAINT introduction_message_length
        CHECK (char_length(message) <= 4000),
    -- By these two the same person is found again (rule 1).
    email_folded text NOT NULL CONSTRAINT introduction_email_folded_length
        CHECK (char_length(email_folded) BETWEEN 3 AND 254),
    phone_folded text CONSTRAINT introduction_phone_folded_length
        CHECK (char_length(phone_folded) BETWEEN 7 AND 32),
    -- Whether it owns its candidate for this job; ended, 180 days later, by the next one who confirms.
    owns boolean NOT NULL,
    -- The secret of the candidate's own page. Kept as it is: mails repeat it, and whoever reads this
    -- table has already read what the page shows.
    receipt text NOT NULL CONSTRAINT introduction_receipt_unique UNIQUE
        CONSTRAINT introduction_receipt_shape CHECK (receipt ~ '^[0-9a-z]{26}$'),
    -- The idempotency key of the form or of the spooled application: sending it twice makes one.
    application_key text CONSTRAINT introduction_application_key_unique UNIQUE
        CONSTRAINT introduction_application_key_length CHECK (char_length(application_key) <= 128),
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    stage_changed_at timestamptz NOT NULL,
    CONSTRAINT introduction_job FOREIGN KEY (job_id, company_id) REFERENCES job (id, company_id),
    CONSTRAINT introduction_terms FOREIGN KEY (terms_id, job_id) REFERENCES terms (id, job_id),
    CONSTRAINT introduction_link_origin CHECK ((origin = 'link') = (link_id IS NOT NULL)),
    CONSTRAINT introduction_brought_by_somebody
        CHECK (origin = 'direct' OR affiliate_id IS NOT NULL),
    CONSTRAINT introduction_direct_is_carried
        CHECK (origin <> 'direct' OR (affiliate_id IS NULL) = (carried_from IS NULL)),
    CONSTRAINT introduction_terms_when_confirmed
        CHECK ((confirmed_at IS NULL) = (terms_id IS NULL)),
    CONSTRAINT introduction_unconfirmed_is_hidden CHECK (
        confirmed_at IS NOT NULL OR stage IN ('unconfirmed', 'rejected', 'withdrawn')),
    CONSTRAINT introduction_owns_when_confirmed CHECK (NOT owns OR confirmed_at IS NOT NULL),
    CONSTRAINT introduction_reason_of_rejection
        CHECK ((stage = 'rejected') = (rejection_reason IS NOT NULL))
);

-- Rule 1 decides here: one owner of a candidate per job, by address and by telephone.
CREATE UNIQUE INDEX introduction_email_once ON introduction (job_id, email_folded) WHERE owns;
CREATE UNIQUE INDEX introduction_phone_once ON introduction (job_id, phone_folded)
    WHERE owns AND phone_folded IS NOT NULL;
-- Attribution: earlier confirmations of one person with one company, by address and by telephone.
CREATE INDEX introduction_company_email ON introduction (company_id, email_folded)
    WHERE confirmed_at IS NOT NULL;
CREATE INDEX introduction_company_phone ON introduction (company_id, phone_folded)
    WHERE confirmed_at IS NOT NULL AND phone_folded IS NOT NULL;
-- A company's candidates for a job, newest first, and their number per stage.
CREATE INDEX introduction_job_newest ON introduction (job_id, id DESC) INCLUDE (stage)
    WHERE confirmed_at IS NOT NULL;
-- An affiliate's introductions, newest first.
CREATE INDEX introduction_affiliate ON introduction (affiliate_id, id DESC)
    WHERE affiliate_id IS NOT NULL;
-- How many introductions a link brought.
CREATE INDEX introduction_link ON introduction (link_id) WHERE link_id IS NOT NULL;

-- Once confirmed, to whom it belongs and what was promised does not change.
CREATE FUNCTION refuse_change_of_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is a promise: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER introduction_attribution_fixed
    BEFORE UPDATE OF job_id, company_id, candidate_id, origin, link_id, affiliate_id, carried_from,
        terms_id, confirmed_at ON introduction
    FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_promise();

CREATE TABLE stage_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    introduction_id bigint NOT NULL REFERENCES introduction,
    at timestamptz NOT NULL,
    actor text NOT NULL CONSTRAINT stage_history_actor_known
        CHECK (actor IN ('company', 'affiliate', 'admin', 'candidate', 'system')),
    account_id bigint REFERENCES account,
    from_stage text CONSTRAINT stage_history_from_known CHECK (from_stage IN (
        'unconfirmed', 'submitted', 'shortlisted', 'interview', 'offer', 'hired', 'rejected',
        'withdrawn')),
    to_stage text NOT NULL CONSTRAINT stage_history_to_known CHECK (to_stage IN (
        'unconfirmed', 'submitted', 'shortlisted', 'interview', 'offer', 'hired', 'rejected',
        'withdrawn')),
    reason text CONSTRAINT stage_history_reason_length CHECK (char_length(reason) BETWEEN 1 AND 60),
    note text NOT NULL DEFAULT '' CONSTRAINT stage_history_note_length
        CHECK (char_length(note) <= 2000),
    CONSTRAINT stage_history_moves CHECK (from_stage IS DISTINCT FROM to_stage),
    CONSTRAINT stage_history_account_of_actor
        CHECK ((actor IN ('candidate', 'system')) = (account_id IS NULL))
);

-- The history of one introduction, in order.
CREATE INDEX stage_history_introduction ON stage_history (introduction_id, id);

CREATE TRIGGER stage_history_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON stage_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Apart from the introduction, so that no list ever reads a file.
CREATE TABLE cv (
    introduction_id bigint PRIMARY KEY REFERENCES introduction,
    file_name text NOT NULL CONSTRAINT cv_file_name_length CHECK (char_length(file_name) BETWEEN 1 AND 200),
    bytes bytea NOT NULL CONSTRAINT cv_bytes_length CHECK (octet_length(bytes) BETWEEN 1 AND 5242880),
    created_at timestamptz NOT NULL
);

-- A PDF is compressed already: trying again costs CPU and saves nothing.
ALTER TABLE cv ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Rule 10: seen by the admin before money moves.
CREATE TABLE self_dealing (
    introduction_id bigint NOT NULL REFERENCES introduction,
    flag text NOT NULL CONSTRAINT self_dealing_flag_known CHECK (flag IN (
        'candidate_is_affiliate', 'company_is_affiliate', 'shared_payout_account')),
    found_at timestamptz NOT NULL,
    PRIMARY KEY (introduction_id, flag)
);

-- Applications refused because the person was introduced before: what the second affiliate is told,
-- and nothing about who it was.
CREATE TABLE refusal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    affiliate_id bigint NOT NULL REFERENCES affiliate,
    job_id bigint NOT NULL REFERENCES job,
    link_id bigint REFERENCES link,
    match text NOT NULL CONSTRAINT refusal_match_known CHECK (match IN ('email', 'phone')),
    -- Of the form or the spooled application: sending it twice is refused once.
    application_key text CONSTRAINT refusal_application_key_unique UNIQUE
        CONSTRAINT refusal_application_key_length CHECK (char_length(application_key) <= 128),
    at timestamptz NOT NULL
);

-- An affiliate's refusals, newest first.
CREATE INDEX refusal_affiliate ON refusal (affiliate_id, id DESC);
