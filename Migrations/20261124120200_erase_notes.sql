-- Notes about a candidate go when the candidate is erased: an empty note is the one change that history
-- and ended hires allow.

CREATE FUNCTION refuse_change_but_blank_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note = '' AND (to_jsonb(NEW) - 'note') = (to_jsonb(OLD) - 'note') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is fixed but for blank notes: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;

DROP TRIGGER stage_history_only_grows ON stage_history;
CREATE TRIGGER stage_history_only_grows BEFORE DELETE OR TRUNCATE ON stage_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stage_history_fixed BEFORE UPDATE ON stage_history
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_blank_note();

DROP TRIGGER hire_end_fixed ON hire;
CREATE TRIGGER hire_end_fixed BEFORE UPDATE ON hire
    FOR EACH ROW WHEN (OLD.state IN ('left_early', 'cancelled'))
    EXECUTE FUNCTION refuse_change_but_blank_note();

COMMENT ON COLUMN stage_history.note IS
    'What whoever moved the candidate wrote about it; empty once the candidate is erased';
COMMENT ON COLUMN hire.note IS
    'What the company wrote with its report; empty once the candidate is erased';
COMMENT ON COLUMN hire.ended_note IS
    'Why it ended, beside the reason; the affiliate reads it with the commissions, and it stays with them';
