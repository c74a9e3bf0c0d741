-- Many licences changed at once: a type is abolished, an authority closes. What is to be changed is written down first,
-- so that a run which dies is taken up where it was, and each licence is changed once.
CREATE TABLE bulk_change (
    bulk_id        uuid        PRIMARY KEY,
    transition     text        NOT NULL CHECK (transition IN ('SUSPEND', 'RESUME', 'REVOKE')),
    type_code      text        NOT NULL CHECK (length(type_code) = 21),
    authority_code text        CHECK (length(authority_code) = 18),
    reason_code    text        NOT NULL,
    legal_basis    text        NOT NULL,
    note           text        NOT NULL,
    actor_subject  text        NOT NULL,
    actor_role     text        NOT NULL,
    started_at     timestamptz NOT NULL,
    finished_at    timestamptz
);

CREATE TABLE bulk_item (
    bulk_id     uuid NOT NULL REFERENCES bulk_change (bulk_id),
    licence_id  text NOT NULL REFERENCES licence (licence_id),
    -- absent: still to be done
    outcome     text CHECK (outcome IN ('CHANGED', 'NOT_ALLOWED')),
    PRIMARY KEY (bulk_id, licence_id)
);
CREATE INDEX bulk_item_left ON bulk_item (bulk_id, licence_id) WHERE outcome IS NULL;
