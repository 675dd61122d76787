-- Public pages are kept in memory by every instance: they are told what has changed, when it has.

CREATE FUNCTION announce_companies(changed bigint[]) RETURNS void LANGUAGE sql AS $$
    -- A message for each company, or one for all where they are many: a load of demo data.
    SELECT CASE WHEN cardinality(changed) <= 50
        THEN (SELECT count(pg_notify('pages', company::text)) FROM unnest(changed) company)
        ELSE (SELECT count(pg_notify('pages', 'all')))
    END
$$;

CREATE FUNCTION announce_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM announce_companies(ARRAY(SELECT DISTINCT company_id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION announce_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM announce_companies(ARRAY(
        SELECT DISTINCT j.company_id FROM changed c JOIN job j ON j.id = c.job_id));
    RETURN NULL;
END $$;

CREATE FUNCTION announce_company() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM announce_companies(ARRAY(SELECT DISTINCT id FROM changed));
    RETURN NULL;
END $$;

CREATE TRIGGER job_announce_insert AFTER INSERT ON job
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_jobs();
CREATE TRIGGER job_announce_update AFTER UPDATE ON job
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_jobs();
CREATE TRIGGER job_announce_delete AFTER DELETE ON job
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_jobs();
CREATE TRIGGER terms_announce_insert AFTER INSERT ON terms
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_terms();
CREATE TRIGGER terms_announce_update AFTER UPDATE ON terms
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_terms();
CREATE TRIGGER company_announce_update AFTER UPDATE ON company
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_company();

CREATE TABLE popular_page (
    path text NOT NULL CONSTRAINT popular_page_path_length
        CHECK (char_length(path) BETWEEN 1 AND 300),
    language text NOT NULL CONSTRAINT popular_page_language_known CHECK (language IN ('en', 'ro')),
    has_code boolean NOT NULL,
    reads double precision NOT NULL CONSTRAINT popular_page_reads_positive CHECK (reads > 0),
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (path, language, has_code)
);

COMMENT ON TABLE popular_page IS
    'What anonymous visitors read most: a program that starts makes these pages first';
COMMENT ON COLUMN popular_page.has_code IS 'Whether it was read by the link of an affiliate';
COMMENT ON COLUMN popular_page.reads IS
    'Readings, those of a day before counting half, as it was at counted_at';
