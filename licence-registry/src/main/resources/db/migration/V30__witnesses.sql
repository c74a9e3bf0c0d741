-- Other cities' signatures on our checkpoints, as lines of a note: they come after the checkpoint is signed.
CREATE TABLE audit_cosignature (
    size    bigint NOT NULL REFERENCES audit_checkpoint (size),
    witness text   NOT NULL,
    line    text   NOT NULL,
    PRIMARY KEY (witness, size)
);
CREATE INDEX audit_cosignature_size ON audit_cosignature (size);
CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- As a witness: the last checkpoint of each log that we watch. It never goes backwards, and a size has one root.
CREATE TABLE seen_log (
    origin text   PRIMARY KEY,
    size   bigint NOT NULL CHECK (size >= 0),
    root   bytea  NOT NULL CHECK (octet_length(root) = 32)
);
CREATE FUNCTION seen_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.origin <> OLD.origin OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root) THEN
        RAISE EXCEPTION 'UPDATE on seen_log is refused: a log only grows' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON seen_log FOR EACH ROW EXECUTE FUNCTION seen_log_guard();
CREATE TRIGGER refuse BEFORE DELETE OR TRUNCATE ON seen_log FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
