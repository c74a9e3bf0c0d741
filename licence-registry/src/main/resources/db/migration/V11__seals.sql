-- Electronic seals: their life, their signers, the log of their use. Who holds a seal is sealed and found as a
-- licence's holder is; what stands in a seal itself (name, picture, certificates) is public by its purpose.

-- The last eight digits of the identifiers that this registry allots.
CREATE SEQUENCE seal_serial MAXVALUE 99999999;

CREATE TABLE seal (
    seal_id        text        PRIMARY KEY CHECK (seal_id ~ '^[0-9]{14}$'),
    kind           text        NOT NULL,
    name           text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    holder_kind    text        NOT NULL CHECK (holder_kind IN ('AUTHORITY', 'ENTERPRISE', 'PERSON')),
    holder_key     bytea       NOT NULL CHECK (octet_length(holder_key) = 32),
    holder_sealed  bytea       NOT NULL,
    -- whose custodians keep it
    authority_code text        NOT NULL CHECK (length(authority_code) = 18),
    authority_name text        NOT NULL,
    lower_text     text        NOT NULL CHECK (length(lower_text) <= 40),
    picture        bytea       NOT NULL CHECK (octet_length(picture) BETWEEN 1 AND 1048576),
    -- the same picture as SVG path data; absent when it was scanned
    outline        text        CHECK (length(outline) <= 1048576),
    width_mm       numeric     NOT NULL CHECK (width_mm > 0),
    height_mm      numeric     NOT NULL CHECK (height_mm > 0),
    state          text        NOT NULL CHECK (state IN
                       ('PENDING', 'REFUSED', 'IN_USE', 'SUSPENDED', 'LOST', 'DESTROYED')),
    -- one more with every change: what an ETag says
    version        bigint      NOT NULL CHECK (version > 0),
    -- the round in which the seal that is used today was made
    made_round     integer,
    rails          jsonb       NOT NULL,
    daily_quota    integer     CHECK (daily_quota > 0),
    applied_at     timestamptz NOT NULL,
    CHECK (state NOT IN ('IN_USE', 'SUSPENDED', 'LOST', 'DESTROYED') OR made_round IS NOT NULL)
);
CREATE INDEX seal_authority ON seal (authority_code, seal_id);
CREATE INDEX seal_holder ON seal (holder_key);

-- A matter that takes several people: the making of a seal, its making anew, a suspension, a destruction.
CREATE TABLE seal_round (
    seal_id     text        NOT NULL REFERENCES seal (seal_id) DEFERRABLE INITIALLY DEFERRED,
    round       integer     NOT NULL CHECK (round > 0),
    kind        text        NOT NULL CHECK (kind IN
                    ('MAKING', 'RENEWAL', 'SUSPENSION', 'LOSS', 'DESTRUCTION', 'RAILS')),
    stage       text        NOT NULL CHECK (stage IN
                    ('OPEN', 'APPROVED', 'MADE', 'DONE', 'REFUSED', 'CANCELLED')),
    -- of the seal that is made in this round
    valid_until date,
    made        bytea,
    valid_from  timestamptz,
    PRIMARY KEY (seal_id, round),
    CHECK ((kind IN ('MAKING', 'RENEWAL')) = (valid_until IS NOT NULL)),
    CHECK ((made IS NULL) = (valid_from IS NULL)),
    CHECK (made IS NULL OR kind IN ('MAKING', 'RENEWAL')),
    CHECK (stage IN ('APPROVED', 'MADE', 'REFUSED', 'OPEN', 'CANCELLED') OR kind NOT IN ('MAKING', 'RENEWAL')
        OR made IS NOT NULL),
    CHECK (stage <> 'MADE' OR made IS NOT NULL),
    CHECK (kind IN ('MAKING', 'RENEWAL') OR stage NOT IN ('APPROVED', 'MADE', 'REFUSED'))
);
ALTER TABLE seal ADD FOREIGN KEY (seal_id, made_round) REFERENCES seal_round (seal_id, round)
    DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX seal_round_open ON seal_round (seal_id, kind) WHERE stage IN ('OPEN', 'APPROVED', 'MADE');

-- Who did what. Nobody does two steps of one round, and no step is done twice in it.
CREATE TABLE seal_step (
    seal_id       text        NOT NULL,
    round         integer     NOT NULL,
    seal_version  bigint      NOT NULL,
    step          text        NOT NULL,
    actor_subject text        NOT NULL CHECK (actor_subject <> ''),
    actor_role    text        NOT NULL,
    reason        text        NOT NULL CHECK (length(reason) <= 1000),
    at            timestamptz NOT NULL,
    PRIMARY KEY (seal_id, seal_version),
    FOREIGN KEY (seal_id, round) REFERENCES seal_round (seal_id, round) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT seal_step_once UNIQUE (seal_id, round, step),
    CONSTRAINT seal_step_other_person UNIQUE (seal_id, round, actor_subject),
    CONSTRAINT seal_step_role CHECK ((step, actor_role) IN (
        ('APPLY', 'seal-custodian'), ('RENEW', 'seal-custodian'),
        ('APPROVE', 'security-admin'), ('REFUSE', 'security-admin'),
        ('MAKE', 'seal-maker'), ('ACCEPT', 'seal-custodian'),
        ('SUSPEND', 'seal-custodian'), ('SUSPEND', 'security-admin'), ('RESUME', 'security-admin'),
        ('REPORT_LOST', 'seal-custodian'), ('REPORT_LOST', 'security-admin'),
        ('REQUEST_DESTRUCTION', 'seal-custodian'), ('DESTROY', 'security-admin'),
        ('CHANGE_RAILS', 'security-admin'))),
    CONSTRAINT seal_step_reason CHECK (reason <> '' OR step NOT IN
        ('REFUSE', 'SUSPEND', 'REPORT_LOST', 'REQUEST_DESTRUCTION', 'DESTROY'))
);

-- What happened stays as it was written.
CREATE FUNCTION seal_step_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'steps in the life of a seal are never changed' USING ERRCODE = '23001';
END $$;
CREATE TRIGGER seal_step_is_history BEFORE UPDATE OR DELETE ON seal_step
    FOR EACH ROW EXECUTE FUNCTION seal_step_is_history();

-- The keys that stamp with a seal, made on the token when a round is approved; certified afterwards.
CREATE TABLE seal_signer (
    seal_id      text        NOT NULL,
    round        integer     NOT NULL,
    suite        text        NOT NULL CHECK (suite IN ('RSA_SHA256', 'SM2_SM3')),
    key_label    text        NOT NULL UNIQUE,
    request      bytea       NOT NULL,
    chain_pem    text,
    not_after    timestamptz,
    certified_by text,
    certified_at timestamptz,
    PRIMARY KEY (seal_id, round, suite),
    FOREIGN KEY (seal_id, round) REFERENCES seal_round (seal_id, round),
    CHECK ((chain_pem IS NULL) = (not_after IS NULL)),
    CHECK ((chain_pem IS NULL) = (certified_by IS NULL)),
    CHECK ((chain_pem IS NULL) = (certified_at IS NULL))
);

-- How much of a day's quota the nodes have taken into their memory.
CREATE TABLE seal_quota (
    seal_id text   NOT NULL REFERENCES seal (seal_id),
    day     date   NOT NULL,
    leased  bigint NOT NULL CHECK (leased >= 0),
    PRIMARY KEY (seal_id, day)
);

-- 用印记录. INTENT is written before anything is signed; a crash leaves it so.
-- No foreign key to the seal: every use would lock the one row of its seal against the others. A seal is never
-- deleted, so none can dangle.
CREATE TABLE seal_use (
    use_id         uuid        PRIMARY KEY,
    seal_id        text        NOT NULL,
    seal_round     integer     NOT NULL CHECK (seal_round > 0),
    actor_subject  text        NOT NULL,
    actor_role     text        NOT NULL,
    authority_code text        NOT NULL,
    purpose        text        NOT NULL CHECK (length(purpose) BETWEEN 1 AND 1000),
    document_kind  text        NOT NULL,
    licence_type   text,
    licence_id     text,
    batch_id       text,
    sha256         bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    sm3            bytea       NOT NULL CHECK (octet_length(sm3) = 32),
    result_sha256  bytea       CHECK (octet_length(result_sha256) = 32),
    level_reached  text        CHECK (level_reached IN ('B', 'T', 'LT', 'LTA')),
    warnings       jsonb       NOT NULL DEFAULT '[]',
    state          text        NOT NULL CHECK (state IN ('INTENT', 'DONE', 'CANCELLED')),
    cancelled_for  text,
    at             timestamptz NOT NULL,
    ended_at       timestamptz,
    CHECK ((state = 'INTENT') = (ended_at IS NULL)),
    CHECK ((state = 'DONE') = (result_sha256 IS NOT NULL)),
    CHECK ((state = 'CANCELLED') = (cancelled_for IS NOT NULL))
);
CREATE INDEX seal_use_seal ON seal_use (seal_id, at DESC, use_id DESC);
CREATE INDEX seal_use_actor ON seal_use (actor_subject, at DESC, use_id DESC);
CREATE INDEX seal_use_document ON seal_use (sha256);
CREATE INDEX seal_use_result ON seal_use (result_sha256) WHERE result_sha256 IS NOT NULL;
CREATE INDEX seal_use_licence ON seal_use (licence_id) WHERE licence_id IS NOT NULL;
CREATE INDEX seal_use_open ON seal_use (at) WHERE state = 'INTENT';
