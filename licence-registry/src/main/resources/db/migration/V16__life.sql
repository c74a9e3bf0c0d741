-- The life of a licence: versions, so that nobody changes what they have not seen; lineage; disputes.

ALTER TABLE licence
    -- one more with every change: what an ETag says
    ADD COLUMN version bigint NOT NULL DEFAULT 1 CHECK (version > 0),
    ADD COLUMN supersedes text REFERENCES licence (licence_id),
    ADD COLUMN superseded_by text REFERENCES licence (licence_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT licence_lineage CHECK ((state = 'SUPERSEDED') = (superseded_by IS NOT NULL)) NOT VALID;
ALTER TABLE licence VALIDATE CONSTRAINT licence_lineage;
CREATE UNIQUE INDEX licence_one_successor ON licence (supersedes) WHERE supersedes IS NOT NULL;

-- A number is one licence's at a time: a correction keeps it.
ALTER TABLE licence DROP CONSTRAINT licence_type_code_number_key_key;
CREATE UNIQUE INDEX licence_number ON licence (type_code, number_key) WHERE state <> 'SUPERSEDED';
CREATE INDEX licence_number_any ON licence (type_code, number_key);

-- What a licence replaces is promised with it, for the version that was seen; only one promise at a time.
ALTER TABLE issuance_intent
    ADD COLUMN supersedes text REFERENCES licence (licence_id),
    ADD COLUMN supersedes_version bigint,
    -- the predecessor holds the number until it is superseded
    ADD COLUMN holds_number boolean NOT NULL DEFAULT true,
    ADD CHECK ((supersedes IS NULL) = (supersedes_version IS NULL));
DROP INDEX issuance_intent_number;
CREATE UNIQUE INDEX issuance_intent_number ON issuance_intent (type_code, number_key)
    WHERE state <> 'CANCELLED' AND holds_number;
CREATE UNIQUE INDEX issuance_intent_supersedes ON issuance_intent (supersedes) WHERE state <> 'CANCELLED';
CREATE INDEX issuance_intent_corrections ON issuance_intent (supersedes) WHERE supersedes IS NOT NULL;

-- A repeated request is recognised; both are keyed hashes.
ALTER TABLE licence_transition
    ADD COLUMN idempotency_key bytea CHECK (octet_length(idempotency_key) = 32),
    ADD COLUMN request_key bytea CHECK (octet_length(request_key) = 32),
    ADD CHECK ((idempotency_key IS NULL) = (request_key IS NULL));
CREATE UNIQUE INDEX licence_transition_once ON licence_transition (licence_id, idempotency_key);

-- 异议: what is disputed and why is sealed; the clock is not.
CREATE TABLE dispute (
    dispute_id      uuid        PRIMARY KEY,
    licence_id      text        NOT NULL REFERENCES licence (licence_id),
    authority_code  text        NOT NULL CHECK (length(authority_code) = 18),
    state           text        NOT NULL CHECK (state IN ('OPEN', 'REJECTED', 'CORRECTED')),
    filed_as        text        NOT NULL CHECK (filed_as IN ('HOLDER', 'AUTHORITY')),
    filed_by        text        NOT NULL CHECK (filed_by <> ''),
    claim_sealed    bytea       NOT NULL,
    filed_at        timestamptz NOT NULL,
    -- the last day for a decision, counted in working days
    due_on          date        NOT NULL,
    idempotency_key bytea       NOT NULL CHECK (octet_length(idempotency_key) = 32),
    request_key     bytea       NOT NULL CHECK (octet_length(request_key) = 32),
    decided_at      timestamptz,
    decided_by      text,
    decided_as      text,
    decision_sealed bytea,
    successor       text        REFERENCES licence (licence_id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (num_nulls(decided_at, decided_by, decided_as) IN (0, 3)),
    CHECK ((state = 'OPEN') = (decided_at IS NULL)),
    CHECK ((state = 'REJECTED') = (decision_sealed IS NOT NULL)),
    CHECK ((state = 'CORRECTED') = (successor IS NOT NULL))
);
CREATE UNIQUE INDEX dispute_open ON dispute (licence_id) WHERE state = 'OPEN';
CREATE UNIQUE INDEX dispute_once ON dispute (idempotency_key);
CREATE INDEX dispute_licence ON dispute (licence_id, filed_at);
CREATE INDEX dispute_due ON dispute (authority_code, due_on, dispute_id) WHERE state = 'OPEN';
