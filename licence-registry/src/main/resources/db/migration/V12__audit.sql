-- The audit log: what was done, by whom and why, and a Merkle tree (RFC 6962) over salted commitments to it.
-- The guards below are a second line: what proves that nothing was changed is the tree and its signed checkpoints.

-- One row for everything that was done, written in the transaction that did it.
CREATE TABLE audit_entry (
    entry_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- the place in the tree, given later by one sequencer at a time
    leaf_index bigint CHECK (leaf_index >= 0),
    -- SHA-256(salt || canonical JSON of the columns below): all that the tree knows of an entry
    commitment bytea  NOT NULL CHECK (octet_length(commitment) = 32),
    salt       bytea  CHECK (octet_length(salt) = 32),
    at         timestamptz,
    actor      text,
    role       text,
    action     text,
    subject    text,
    reason     text,
    details    text,
    -- the clear part is there, or erased as a whole
    CHECK (num_nulls(salt, at, actor, role, action, subject, reason, details) IN (0, 8))
);
CREATE UNIQUE INDEX audit_entry_leaf ON audit_entry (leaf_index) WHERE leaf_index IS NOT NULL;
CREATE INDEX audit_entry_waiting ON audit_entry (entry_id) WHERE leaf_index IS NULL;
CREATE INDEX audit_entry_subject ON audit_entry (subject, entry_id);
CREATE INDEX audit_entry_actor ON audit_entry (actor, entry_id);
CREATE INDEX audit_entry_action ON audit_entry (action, entry_id);
CREATE INDEX audit_entry_at ON audit_entry USING brin (at);

-- Hashes in the layout of C2SP tlog-tiles: 256 hashes of 32 bytes make a full tile of a level.
CREATE TABLE audit_tile (
    level  smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
    number bigint   NOT NULL CHECK (number >= 0),
    hashes bytea    NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    PRIMARY KEY (level, number)
);

-- What was signed of the tree, as a note (C2SP tlog-checkpoint).
CREATE TABLE audit_checkpoint (
    size      bigint      PRIMARY KEY CHECK (size >= 0),
    root      bytea       NOT NULL CHECK (octet_length(root) = 32),
    note      text        NOT NULL,
    signed_at timestamptz NOT NULL
);

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the audit log only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- An entry changes twice at most: it gets its place in the tree, and its clear part may be erased.
CREATE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed audit_entry := OLD;
BEGIN
    IF OLD.leaf_index IS NULL THEN
        allowed.leaf_index := NEW.leaf_index;
    ELSIF NEW.salt IS NULL THEN
        allowed.salt := NULL; allowed.at := NULL; allowed.actor := NULL; allowed.role := NULL;
        allowed.action := NULL; allowed.subject := NULL; allowed.reason := NULL; allowed.details := NULL;
    END IF;
    IF NEW IS DISTINCT FROM allowed THEN
        RAISE EXCEPTION 'UPDATE on audit_entry is refused: the audit log only grows'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- A tile grows at its end until it is full.
CREATE FUNCTION audit_tile_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.level <> OLD.level OR NEW.number <> OLD.number
            OR substring(NEW.hashes FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'UPDATE on audit_tile is refused: a tile only grows'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_checkpoint_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_checkpoint WHERE size >= NEW.size) THEN
        RAISE EXCEPTION 'INSERT on audit_checkpoint is refused: a checkpoint never goes backwards'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_guard();
CREATE TRIGGER refuse BEFORE DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER guard BEFORE UPDATE ON audit_tile FOR EACH ROW EXECUTE FUNCTION audit_tile_guard();
CREATE TRIGGER refuse BEFORE DELETE OR TRUNCATE ON audit_tile FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER guard BEFORE INSERT ON audit_checkpoint FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_guard();
CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
