-- Licences and what hangs on them are hash-partitioned on the lookup key of their first holder, their home: what is asked
-- about a person is in one partition, and on one node when the tables are distributed (docs/scaling.md). Unique keys and
-- foreign keys contain that column. Identifiers, printed numbers and the other holders lead to the home through
-- directories, each partitioned on its own key and written in the transaction of what it leads to.

-- The home of what is only promised stands sealed in its request, where this script cannot read it.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM issuance_intent WHERE state = 'OPEN') THEN
        RAISE EXCEPTION 'licences are being issued: start the version before once more, it finishes or cancels them';
    END IF;
END $$;

CREATE SCHEMA before_partitions;
ALTER TABLE reliance SET SCHEMA before_partitions;
ALTER TABLE licence_transition SET SCHEMA before_partitions;
ALTER TABLE rendition SET SCHEMA before_partitions;
ALTER TABLE licence_holder SET SCHEMA before_partitions;
ALTER TABLE licence SET SCHEMA before_partitions;
ALTER TABLE issuance_intent SET SCHEMA before_partitions;

CREATE FUNCTION hash_partitions(parent text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR remainder IN 0 .. 15 LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
            parent || '_p' || remainder, parent, remainder);
    END LOOP;
END $$;

-- What has been promised to be made, by the key of the request.
CREATE SEQUENCE issuance_intent_id;
CREATE TABLE issuance_intent (
    intent_id        bigint      NOT NULL DEFAULT nextval('issuance_intent_id'),
    idempotency_key  text        NOT NULL CHECK (length(idempotency_key) BETWEEN 8 AND 200),
    request_key      bytea       NOT NULL CHECK (octet_length(request_key) = 32),
    licence_id       text        NOT NULL,
    type_code        text        NOT NULL,
    number_key       bytea       NOT NULL CHECK (octet_length(number_key) = 32),
    state            text        NOT NULL CHECK (state IN ('OPEN', 'DONE', 'CANCELLED')),
    request_sealed   bytea,
    authority_code   text        NOT NULL,
    authority_name   text        NOT NULL,
    actor_subject    text        NOT NULL,
    actor_role       text        NOT NULL,
    recorded_at      timestamptz NOT NULL,
    ended_at         timestamptz,
    cancelled_for    text,
    -- what the licence replaces is promised with it, for the version that was seen
    supersedes       text,
    supersedes_version bigint,
    -- not the predecessor, which holds it until it is superseded
    holds_number     boolean     NOT NULL DEFAULT true,
    mac              bytea       CHECK (octet_length(mac) = 32),
    PRIMARY KEY (idempotency_key, intent_id),
    -- a request is kept while it is needed and no longer
    CHECK ((state = 'OPEN') = (request_sealed IS NOT NULL)),
    CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CHECK ((state = 'CANCELLED') = (cancelled_for IS NOT NULL)),
    CHECK ((supersedes IS NULL) = (supersedes_version IS NULL))
) PARTITION BY HASH (idempotency_key);
SELECT hash_partitions('issuance_intent');
CREATE UNIQUE INDEX issuance_intent_key ON issuance_intent (idempotency_key) WHERE state <> 'CANCELLED';
CREATE INDEX issuance_intent_licence ON issuance_intent (licence_id);
CREATE INDEX issuance_intent_open ON issuance_intent (intent_id) WHERE state = 'OPEN';
CREATE INDEX issuance_intent_corrections ON issuance_intent (supersedes) WHERE supersedes IS NOT NULL;

-- Where the licence of an identifier lives, from the moment it is promised. An identifier is given once: that of a
-- cancelled intent stays.
CREATE TABLE licence_directory (
    licence_id text  PRIMARY KEY,
    home_key   bytea NOT NULL CHECK (octet_length(home_key) = 32),
    -- who replaces it, or is promised to: one at a time
    successor  text
) PARTITION BY HASH (licence_id);
SELECT hash_partitions('licence_directory');

-- Which licences have a printed number of a type (both are in the hash). One of them holds it; superseded ones keep
-- their line, for whoever has the paper in hand.
CREATE TABLE licence_number (
    number_key bytea   NOT NULL CHECK (octet_length(number_key) = 32),
    licence_id text    NOT NULL,
    home_key   bytea   NOT NULL CHECK (octet_length(home_key) = 32),
    held       boolean NOT NULL,
    PRIMARY KEY (number_key, licence_id)
) PARTITION BY HASH (number_key);
SELECT hash_partitions('licence_number');
CREATE UNIQUE INDEX licence_number_held ON licence_number (number_key) WHERE held;

CREATE TABLE licence (
    licence_id       text        NOT NULL,
    type_code        text        NOT NULL CHECK (length(type_code) = 21),
    type_name        text        NOT NULL,
    number_key       bytea       NOT NULL CHECK (octet_length(number_key) = 32),
    number_sealed    bytea       NOT NULL,
    holder_kind      text        NOT NULL CHECK (holder_kind IN ('CREDIT_CODE', 'CITIZEN_ID')),
    -- the first holder's: the licence's home
    holder_key       bytea       NOT NULL CHECK (octet_length(holder_key) = 32),
    holder_sealed    bytea       NOT NULL,
    authority_code   text        NOT NULL CHECK (length(authority_code) = 18),
    authority_name   text        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('IN_FORCE', 'SUSPENDED', 'REVOKED', 'SUPERSEDED')),
    valid_from       date        NOT NULL,
    valid_until      date        CHECK (valid_until >= valid_from),
    data_sealed      bytea       NOT NULL,
    provenance_scan  bytea       CHECK (octet_length(provenance_scan) = 32),
    provenance_batch text,
    provenance_operator text,
    issued_at        timestamptz NOT NULL,
    -- one more with every change: what an ETag says
    version          bigint      NOT NULL DEFAULT 1 CHECK (version > 0),
    -- no foreign keys: a correction may have another first holder, so it may live elsewhere
    supersedes       text,
    superseded_by    text,
    mac              bytea       CHECK (octet_length(mac) = 32),
    PRIMARY KEY (holder_key, licence_id),
    CHECK ((provenance_scan IS NULL) = (provenance_batch IS NULL)
       AND (provenance_scan IS NULL) = (provenance_operator IS NULL)),
    CONSTRAINT licence_lineage CHECK ((state = 'SUPERSEDED') = (superseded_by IS NOT NULL))
) PARTITION BY HASH (holder_key);
SELECT hash_partitions('licence');
CREATE INDEX licence_of_holder ON licence (holder_key, issued_at DESC, licence_id DESC);
-- for notices of expiry
CREATE INDEX licence_expiry ON licence (valid_until) WHERE state = 'IN_FORCE' AND valid_until IS NOT NULL;

-- Holders beside the first, and agents: here with their licence, and in `holder_entry` under their own key.
CREATE TABLE licence_holder (
    home_key      bytea       NOT NULL,
    licence_id    text        NOT NULL,
    position      smallint    NOT NULL CHECK (position BETWEEN 1 AND 49),
    role          text        NOT NULL CHECK (role IN ('HOLDER', 'SPOUSE', 'CO_OWNER', 'AGENT')),
    holder_kind   text        NOT NULL CHECK (holder_kind IN ('CREDIT_CODE', 'CITIZEN_ID')),
    holder_key    bytea       NOT NULL CHECK (octet_length(holder_key) = 32),
    holder_sealed bytea       NOT NULL,
    -- the licence's, so that one index answers in the order of the list
    issued_at     timestamptz NOT NULL,
    mac           bytea       CHECK (octet_length(mac) = 32),
    PRIMARY KEY (home_key, licence_id, position),
    UNIQUE (home_key, licence_id, holder_key),
    FOREIGN KEY (home_key, licence_id) REFERENCES licence (holder_key, licence_id)
) PARTITION BY HASH (home_key);
SELECT hash_partitions('licence_holder');

CREATE TABLE holder_entry (
    holder_key bytea       NOT NULL CHECK (octet_length(holder_key) = 32),
    issued_at  timestamptz NOT NULL,
    licence_id text        NOT NULL,
    home_key   bytea       NOT NULL CHECK (octet_length(home_key) = 32),
    PRIMARY KEY (holder_key, issued_at, licence_id)
) PARTITION BY HASH (holder_key);
SELECT hash_partitions('holder_entry');

CREATE TABLE rendition (
    home_key   bytea  NOT NULL,
    licence_id text   NOT NULL,
    format     text   NOT NULL,
    digest     bytea  NOT NULL CHECK (octet_length(digest) = 32),
    size       bigint NOT NULL CHECK (size > 0),
    sm3        bytea  CHECK (octet_length(sm3) = 32),
    mac        bytea  CHECK (octet_length(mac) = 32),
    PRIMARY KEY (home_key, licence_id, format),
    FOREIGN KEY (home_key, licence_id) REFERENCES licence (holder_key, licence_id),
    CONSTRAINT rendition_format_check CHECK (format IN ('PDF', 'OFD', 'XML', 'CREDENTIAL'))
) PARTITION BY HASH (home_key);
SELECT hash_partitions('rendition');
-- who has only the bytes of a document asks every partition
CREATE INDEX rendition_digest ON rendition (digest);
CREATE INDEX rendition_sm3 ON rendition (sm3) WHERE sm3 IS NOT NULL;
CREATE INDEX rendition_without_sm3 ON rendition (licence_id, format) WHERE sm3 IS NULL;

CREATE SEQUENCE licence_transition_id;
CREATE TABLE licence_transition (
    home_key      bytea       NOT NULL,
    transition_id bigint      NOT NULL DEFAULT nextval('licence_transition_id'),
    licence_id    text        NOT NULL,
    from_state    text        NOT NULL,
    to_state      text        NOT NULL,
    actor_subject text        NOT NULL,
    actor_role    text        NOT NULL,
    reason_code   text        NOT NULL,
    legal_basis   text        NOT NULL,
    note          text        NOT NULL,
    at            timestamptz NOT NULL,
    -- a repeated request is recognised; both are keyed hashes
    idempotency_key bytea     CHECK (octet_length(idempotency_key) = 32),
    request_key   bytea       CHECK (octet_length(request_key) = 32),
    mac           bytea       CHECK (octet_length(mac) = 32),
    PRIMARY KEY (home_key, licence_id, transition_id),
    FOREIGN KEY (home_key, licence_id) REFERENCES licence (holder_key, licence_id),
    CONSTRAINT licence_transition_check CHECK ((from_state, to_state) IN (
        ('DRAFT', 'IN_FORCE'), ('IN_FORCE', 'SUSPENDED'), ('SUSPENDED', 'IN_FORCE'),
        ('IN_FORCE', 'REVOKED'), ('SUSPENDED', 'REVOKED'), ('IN_FORCE', 'SUPERSEDED'))),
    CHECK ((idempotency_key IS NULL) = (request_key IS NULL))
) PARTITION BY HASH (home_key);
SELECT hash_partitions('licence_transition');
CREATE UNIQUE INDEX licence_transition_once ON licence_transition (home_key, licence_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- Signed-in askers whose verification named the licence. Asking anonymously leaves no trace here.
CREATE TABLE reliance (
    home_key        bytea       NOT NULL,
    licence_id      text        NOT NULL,
    relying_subject text        NOT NULL CHECK (relying_subject <> ''),
    first_at        timestamptz NOT NULL,
    last_at         timestamptz NOT NULL,
    times           integer     NOT NULL CHECK (times > 0),
    PRIMARY KEY (home_key, licence_id, relying_subject),
    FOREIGN KEY (home_key, licence_id) REFERENCES licence (holder_key, licence_id)
) PARTITION BY HASH (home_key);
SELECT hash_partitions('reliance');

-- What there is moves over, with its MACs: none of them is over a home.
INSERT INTO issuance_intent (intent_id, idempotency_key, request_key, licence_id, type_code, number_key, state,
       request_sealed, authority_code, authority_name, actor_subject, actor_role, recorded_at, ended_at, cancelled_for,
       supersedes, supersedes_version, holds_number, mac)
SELECT intent_id, idempotency_key, request_key, licence_id, type_code, number_key, state, request_sealed, authority_code,
       authority_name, actor_subject, actor_role, recorded_at, ended_at, cancelled_for, supersedes, supersedes_version,
       holds_number, mac
  FROM before_partitions.issuance_intent;
SELECT setval('issuance_intent_id', coalesce(max(intent_id), 0) + 1, false) FROM issuance_intent;

INSERT INTO licence (licence_id, type_code, type_name, number_key, number_sealed, holder_kind, holder_key, holder_sealed,
       authority_code, authority_name, state, valid_from, valid_until, data_sealed, provenance_scan, provenance_batch,
       provenance_operator, issued_at, version, supersedes, superseded_by, mac)
SELECT licence_id, type_code, type_name, number_key, number_sealed, holder_kind, holder_key, holder_sealed,
       authority_code, authority_name, state, valid_from, valid_until, data_sealed, provenance_scan, provenance_batch,
       provenance_operator, issued_at, version, supersedes, superseded_by, mac
  FROM before_partitions.licence;

-- A cancelled intent's identifier stays given, and leads nowhere: any key will do.
INSERT INTO licence_directory (licence_id, home_key, successor)
SELECT i.licence_id, coalesce(l.holder_key, i.request_key), l.superseded_by
  FROM before_partitions.issuance_intent i LEFT JOIN before_partitions.licence l USING (licence_id);

INSERT INTO licence_number (number_key, licence_id, home_key, held)
SELECT i.number_key, i.licence_id, l.holder_key, i.holds_number
  FROM before_partitions.issuance_intent i JOIN before_partitions.licence l USING (licence_id);

INSERT INTO licence_holder (home_key, licence_id, position, role, holder_kind, holder_key, holder_sealed, issued_at, mac)
SELECT l.holder_key, h.licence_id, h.position, h.role, h.holder_kind, h.holder_key, h.holder_sealed, h.issued_at, h.mac
  FROM before_partitions.licence_holder h JOIN before_partitions.licence l USING (licence_id);
INSERT INTO holder_entry (holder_key, issued_at, licence_id, home_key)
SELECT holder_key, issued_at, licence_id, home_key FROM licence_holder;

INSERT INTO rendition (home_key, licence_id, format, digest, size, sm3, mac)
SELECT l.holder_key, r.licence_id, r.format, r.digest, r.size, r.sm3, r.mac
  FROM before_partitions.rendition r JOIN before_partitions.licence l USING (licence_id);

INSERT INTO licence_transition (home_key, transition_id, licence_id, from_state, to_state, actor_subject, actor_role,
       reason_code, legal_basis, note, at, idempotency_key, request_key, mac)
SELECT l.holder_key, t.transition_id, t.licence_id, t.from_state, t.to_state, t.actor_subject, t.actor_role,
       t.reason_code, t.legal_basis, t.note, t.at, t.idempotency_key, t.request_key, t.mac
  FROM before_partitions.licence_transition t JOIN before_partitions.licence l USING (licence_id);
SELECT setval('licence_transition_id', coalesce(max(transition_id), 0) + 1, false) FROM licence_transition;

INSERT INTO reliance (home_key, licence_id, relying_subject, first_at, last_at, times)
SELECT l.holder_key, r.licence_id, r.relying_subject, r.first_at, r.last_at, r.times
  FROM before_partitions.reliance r JOIN before_partitions.licence l USING (licence_id);

-- With it go the foreign keys of other tables: licences are never deleted, and who writes such a row has locked its
-- licence, so none can dangle.
DROP SCHEMA before_partitions CASCADE;

-- A written row is noted with its content, so that nobody has to ask for it again. The home is no part of it: it can be
-- told from the licence.
CREATE OR REPLACE FUNCTION row_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    content jsonb := to_jsonb(NEW);
    key     jsonb := '{}';
BEGIN
    FOR i IN 1 .. TG_NARGS - 1 LOOP
        key := key || jsonb_build_object(TG_ARGV[i], content -> TG_ARGV[i]);
    END LOOP;
    PERFORM set_config('yinzheng.rows_written',
        coalesce(current_setting('yinzheng.rows_written', true), '')
        || jsonb_build_array(TG_ARGV[0], key, jsonb_strip_nulls(content - 'mac' - 'home_key')::text) || E'\n', true);
    RETURN NULL;
END $$;

-- For a table that has a column `mac`. Key columns are named one by one, because triggers of partitions know the
-- partition only; the one it is partitioned on comes first.
CREATE FUNCTION note_rows_written(protected text, VARIADIC key text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    arguments text := (SELECT string_agg(quote_literal(argument), ', ') FROM unnest(protected || key) argument);
BEGIN
    EXECUTE format('CREATE TRIGGER row_inserted AFTER INSERT ON %I FOR EACH ROW'
        || ' EXECUTE FUNCTION row_written(%s)', protected, arguments);
    EXECUTE format('CREATE TRIGGER row_updated AFTER UPDATE ON %I FOR EACH ROW'
        || ' WHEN (OLD.mac IS NOT DISTINCT FROM NEW.mac) EXECUTE FUNCTION row_written(%s)', protected, arguments);
END $$;
SELECT note_rows_written('issuance_intent', 'idempotency_key', 'intent_id');
SELECT note_rows_written('licence', 'holder_key', 'licence_id');
SELECT note_rows_written('licence_holder', 'home_key', 'licence_id', 'position');
SELECT note_rows_written('rendition', 'home_key', 'licence_id', 'format');
SELECT note_rows_written('licence_transition', 'home_key', 'licence_id', 'transition_id');

-- For a table that has none yet.
CREATE OR REPLACE FUNCTION give_rows_macs(protected text, VARIADIC key text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ADD COLUMN mac bytea CHECK (octet_length(mac) = 32)', protected);
    PERFORM note_rows_written(protected, VARIADIC key);
END $$;
