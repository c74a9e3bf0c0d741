-- Requests to stamp documents that are no licences. File names and outcomes are in columns named *_sealed: a name may
-- be a person's.
CREATE TABLE stamping_batch (
    batch_id         uuid        PRIMARY KEY,
    idempotency_key  text        NOT NULL CHECK (length(idempotency_key) BETWEEN 8 AND 200),
    request_key      bytea       NOT NULL CHECK (octet_length(request_key) = 32),
    seal_id          text        NOT NULL,
    purpose          text        NOT NULL,
    actor_subject    text        NOT NULL,
    actor_role       text        NOT NULL,
    state            text        NOT NULL
        CHECK (state IN ('AWAITING_RELEASE', 'RELEASED', 'REFUSED', 'OPEN', 'DONE', 'CANCELLED')),
    documents_sealed bytea       NOT NULL,
    outcomes_sealed  bytea,
    recorded_at      timestamptz NOT NULL,
    ended_at         timestamptz,
    cancelled_for    text,
    decided_by       text,
    decided_at       timestamptz,
    decision_reason  text,
    CHECK ((state = 'DONE') = (outcomes_sealed IS NOT NULL)),
    CHECK ((state IN ('DONE', 'CANCELLED')) = (ended_at IS NOT NULL)),
    CHECK ((state = 'CANCELLED') = (cancelled_for IS NOT NULL)),
    CHECK (num_nulls(decided_by, decided_at, decision_reason) IN (0, 3)),
    CHECK (state NOT IN ('RELEASED', 'REFUSED') OR decided_by IS NOT NULL),
    -- nobody releases their own request
    CHECK (decided_by <> actor_subject)
);
CREATE UNIQUE INDEX stamping_batch_key ON stamping_batch (idempotency_key) WHERE state <> 'CANCELLED';
CREATE INDEX stamping_batch_open ON stamping_batch (recorded_at) WHERE state = 'OPEN';
CREATE INDEX stamping_batch_awaiting ON stamping_batch (seal_id, recorded_at) WHERE state = 'AWAITING_RELEASE';
