-- Erasure of a person: proposed by one, confirmed by another, who brings the number again. Nobody's number is here: while
-- the order is open the keyed hash of it is, by which his licences are found, and afterwards nothing.
CREATE TABLE erasure_order (
    order_id    uuid        PRIMARY KEY,
    state       text        NOT NULL CHECK (state IN ('PROPOSED', 'EXECUTED', 'WITHDRAWN', 'LAPSED')),
    holder_key  bytea       CHECK (octet_length(holder_key) = 32),
    proposed_by text        NOT NULL,
    proposed_as text        NOT NULL,
    proposed_at timestamptz NOT NULL,
    lapses_at   timestamptz NOT NULL,
    decided_by  text,
    decided_as  text,
    decided_at  timestamptz,
    licences    integer,
    documents   integer,
    entries     integer,
    CHECK ((state = 'PROPOSED') = (holder_key IS NOT NULL)),
    CHECK (num_nulls(decided_by, decided_as, decided_at) IN (0, 3)),
    CHECK ((state = 'PROPOSED') = (decided_by IS NULL)),
    CHECK (num_nulls(licences, documents, entries) IN (0, 3)),
    CHECK ((state = 'EXECUTED') = (licences IS NOT NULL)),
    -- whoever withdraws may be the one who proposed
    CHECK (state <> 'EXECUTED' OR decided_by <> proposed_by)
);
-- one open order for a person
CREATE UNIQUE INDEX erasure_order_once ON erasure_order (holder_key);
CREATE INDEX erasure_order_list ON erasure_order (proposed_at DESC, order_id);
SELECT give_rows_macs('erasure_order', 'order_id');
