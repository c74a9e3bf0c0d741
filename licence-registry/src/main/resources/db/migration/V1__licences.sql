-- The registry's first form. Personal data is in columns named *_sealed (SM4-GCM, bound to the licence's identifier
-- and the column) and found through columns named *_key (HMAC-SM3). Nothing else in here names a holder.

CREATE SEQUENCE licence_serial;

-- What has been promised to be made. Written before anything is signed; a crash leaves it OPEN.
CREATE TABLE issuance_intent (
    intent_id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idempotency_key  text        NOT NULL CHECK (length(idempotency_key) BETWEEN 8 AND 200),
    request_key      bytea       NOT NULL CHECK (octet_length(request_key) = 32),
    licence_id       text        NOT NULL UNIQUE,
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
    -- a request is kept while it is needed and no longer
    CHECK ((state = 'OPEN') = (request_sealed IS NOT NULL)),
    CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CHECK ((state = 'CANCELLED') = (cancelled_for IS NOT NULL))
);
CREATE UNIQUE INDEX issuance_intent_key ON issuance_intent (idempotency_key) WHERE state <> 'CANCELLED';
CREATE UNIQUE INDEX issuance_intent_number ON issuance_intent (type_code, number_key) WHERE state <> 'CANCELLED';
CREATE INDEX issuance_intent_open ON issuance_intent (intent_id) WHERE state = 'OPEN';

CREATE TABLE licence (
    licence_id       text        PRIMARY KEY REFERENCES issuance_intent (licence_id),
    type_code        text        NOT NULL CHECK (length(type_code) = 21),
    type_name        text        NOT NULL,
    number_key       bytea       NOT NULL CHECK (octet_length(number_key) = 32),
    number_sealed    bytea       NOT NULL,
    holder_kind      text        NOT NULL CHECK (holder_kind IN ('CREDIT_CODE', 'CITIZEN_ID')),
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
    UNIQUE (type_code, number_key),
    CHECK ((provenance_scan IS NULL) = (provenance_batch IS NULL)
       AND (provenance_scan IS NULL) = (provenance_operator IS NULL))
);
CREATE INDEX licence_holder ON licence (holder_key, issued_at DESC, licence_id DESC);

CREATE TABLE rendition (
    licence_id text   NOT NULL REFERENCES licence (licence_id),
    format     text   NOT NULL CHECK (format IN ('PDF', 'OFD')),
    digest     bytea  NOT NULL CHECK (octet_length(digest) = 32),
    size       bigint NOT NULL CHECK (size > 0),
    PRIMARY KEY (licence_id, format)
);

CREATE TABLE licence_transition (
    transition_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    licence_id    text        NOT NULL REFERENCES licence (licence_id),
    from_state    text        NOT NULL,
    to_state      text        NOT NULL,
    actor_subject text        NOT NULL,
    actor_role    text        NOT NULL,
    reason_code   text        NOT NULL,
    legal_basis   text        NOT NULL,
    note          text        NOT NULL,
    at            timestamptz NOT NULL,
    CHECK ((from_state, to_state) IN (
        ('DRAFT', 'IN_FORCE'), ('IN_FORCE', 'SUSPENDED'), ('SUSPENDED', 'IN_FORCE'),
        ('IN_FORCE', 'REVOKED'), ('SUSPENDED', 'REVOKED'), ('IN_FORCE', 'SUPERSEDED')))
);
CREATE INDEX licence_transition_licence ON licence_transition (licence_id, transition_id);
