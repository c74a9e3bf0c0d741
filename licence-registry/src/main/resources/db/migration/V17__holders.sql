-- Holders beside the first, and agents. Who holds is sealed and found as the first holder is.
ALTER INDEX licence_holder RENAME TO licence_first_holder;
CREATE TABLE licence_holder (
    licence_id    text        NOT NULL REFERENCES licence (licence_id),
    position      smallint    NOT NULL CHECK (position BETWEEN 1 AND 49),
    role          text        NOT NULL CHECK (role IN ('HOLDER', 'SPOUSE', 'CO_OWNER', 'AGENT')),
    holder_kind   text        NOT NULL CHECK (holder_kind IN ('CREDIT_CODE', 'CITIZEN_ID')),
    holder_key    bytea       NOT NULL CHECK (octet_length(holder_key) = 32),
    holder_sealed bytea       NOT NULL,
    -- the licence's, so that one index answers in the order of the list
    issued_at     timestamptz NOT NULL,
    PRIMARY KEY (licence_id, position),
    UNIQUE (licence_id, holder_key)
);
CREATE INDEX licence_holder_of ON licence_holder (holder_key, issued_at DESC, licence_id DESC);
