-- What companies offer: jobs, the versions of their terms, and the affiliates' links to them.

CREATE TABLE job (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    company_id bigint NOT NULL REFERENCES company,
    slug text NOT NULL CONSTRAINT job_slug_unique UNIQUE
        CONSTRAINT job_slug_shape CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 120),
    state text NOT NULL CONSTRAINT job_state_known
        CHECK (state IN ('draft', 'published', 'paused', 'filled', 'closed')),
    title text NOT NULL CONSTRAINT job_title_length CHECK (char_length(title) BETWEEN 3 AND 140),
    description text NOT NULL CONSTRAINT job_description_length
        CHECK (char_length(description) BETWEEN 20 AND 20000),
    employment_type text NOT NULL CONSTRAINT job_employment_type_known
        CHECK (employment_type IN ('full_time', 'part_time', 'contract', 'temporary', 'internship')),
    country text NOT NULL CONSTRAINT job_country_shape CHECK (country ~ '^[A-Z]{2}$'),
    city text CONSTRAINT job_city_length CHECK (char_length(city) BETWEEN 1 AND 80),
    remote text NOT NULL CONSTRAINT job_remote_known CHECK (remote IN ('on_site', 'hybrid', 'full')),
    salary_min bigint,
    salary_max bigint,
    salary_currency text CONSTRAINT job_salary_currency_known CHECK (salary_currency IN ('EUR', 'RON')),
    salary_period text CONSTRAINT job_salary_period_known
        CHECK (salary_period IN ('hour', 'day', 'month', 'year')),
    -- An admin allows this job to be published without a salary range.
    salary_waived boolean NOT NULL DEFAULT false,
    valid_through date NOT NULL,
    -- Folded words of title, company, town and description; written by the program, which folds
    -- questions the same way.
    search tsvector NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    published_at timestamptz,
    CONSTRAINT job_of_company UNIQUE (id, company_id),
    CONSTRAINT job_city_unless_remote CHECK (remote = 'full' OR city IS NOT NULL),
    CONSTRAINT job_salary_whole CHECK (
        num_nulls(salary_min, salary_max, salary_currency, salary_period) IN (0, 4)),
    CONSTRAINT job_salary_range CHECK (
        salary_min > 0 AND salary_min <= salary_max AND salary_max <= 1000000000),
    -- Directive (EU) 2023/970: no salary range, no ad.
    CONSTRAINT job_salary_expected CHECK (
        state IN ('draft', 'closed') OR salary_min IS NOT NULL OR salary_waived),
    CONSTRAINT job_published_once CHECK ((state = 'draft') = (published_at IS NULL))
);

-- The public list, newest first.
CREATE INDEX job_public ON job (published_at DESC, id DESC) WHERE state = 'published';
-- The public list of one country.
CREATE INDEX job_public_country ON job (country, published_at DESC, id DESC) WHERE state = 'published';
-- The public list of remote, hybrid or other work.
CREATE INDEX job_public_remote ON job (remote, published_at DESC, id DESC)
    WHERE state = 'published';
-- The public list of one kind of employment.
CREATE INDEX job_public_type ON job (employment_type, published_at DESC, id DESC)
    WHERE state = 'published';
-- Counting open jobs, for the front page and above lists, without reading any.
CREATE INDEX job_public_count ON job (valid_through)
    INCLUDE (company_id, country, employment_type, remote) WHERE state = 'published';
-- The public list by words.
CREATE INDEX job_public_search ON job USING gin (search) WHERE state = 'published';
-- The open jobs on a company's public page.
CREATE INDEX job_public_company ON job (company_id, published_at DESC, id DESC)
    WHERE state = 'published';
-- A company's own list, newest first.
CREATE INDEX job_company ON job (company_id, id DESC);

CREATE FUNCTION shares_total(shares smallint[]) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT sum(share) FROM unnest(shares) AS share $$;

CREATE TABLE terms (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES job,
    version integer NOT NULL CONSTRAINT terms_version_positive CHECK (version > 0),
    commission bigint NOT NULL CONSTRAINT terms_commission_range
        CHECK (commission BETWEEN 1 AND 1000000000),
    currency text NOT NULL CONSTRAINT terms_currency_known CHECK (currency IN ('EUR', 'RON')),
    guarantee_days smallint NOT NULL CONSTRAINT terms_guarantee_range
        CHECK (guarantee_days BETWEEN 0 AND 365),
    -- Hundredths of the commission, one number for each instalment.
    instalments smallint[] NOT NULL CONSTRAINT terms_instalments_whole CHECK (
        cardinality(instalments) BETWEEN 1 AND 6
        AND array_position(instalments, NULL) IS NULL
        AND 0 < ALL (instalments) AND shares_total(instalments) = 100),
    in_force_from timestamptz NOT NULL,
    in_force_until timestamptz,
    CONSTRAINT terms_version_unique UNIQUE (job_id, version),
    CONSTRAINT terms_of_job UNIQUE (id, job_id),
    CONSTRAINT terms_period CHECK (in_force_until >= in_force_from)
);

-- The terms in force now, on every page and list with a job; also at most one of them.
CREATE UNIQUE INDEX terms_in_force ON terms (job_id) WHERE in_force_until IS NULL;

-- The largest commission that is promised now, on the front page.
CREATE INDEX terms_largest ON terms (currency, commission DESC) WHERE in_force_until IS NULL;

-- A promise does not change after it was made: a version can only end.
CREATE FUNCTION refuse_change_of_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.in_force_until IS NULL
            AND (to_jsonb(NEW) - 'in_force_until') = (to_jsonb(OLD) - 'in_force_until')
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'terms are a promise and cannot be changed'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'terms_fixed', TABLE = 'terms';
END $$;

CREATE TRIGGER terms_fixed BEFORE UPDATE OR DELETE ON terms
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_terms();

CREATE TABLE link (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL CONSTRAINT link_code_unique UNIQUE
        CONSTRAINT link_code_shape CHECK (code ~ '^[0-9a-z]{10}$'),
    affiliate_id bigint NOT NULL REFERENCES affiliate,
    job_id bigint NOT NULL REFERENCES job,
    -- The affiliate's own name for where it is shared; empty for none.
    channel text NOT NULL CONSTRAINT link_channel_length CHECK (char_length(channel) <= 40),
    created_at timestamptz NOT NULL,
    -- Taking a link twice gives the same one. Also the links of an affiliate to a job.
    CONSTRAINT link_channel_unique UNIQUE (affiliate_id, job_id, channel)
);

-- An affiliate's links, newest first.
CREATE INDEX link_affiliate ON link (affiliate_id, id DESC);

-- Clicks are counted by day: who clicked is nobody's business (no cookie, rule 2).
CREATE TABLE link_click (
    link_id bigint NOT NULL REFERENCES link,
    day date NOT NULL,
    clicks bigint NOT NULL CONSTRAINT link_click_positive CHECK (clicks > 0),
    PRIMARY KEY (link_id, day)
);
