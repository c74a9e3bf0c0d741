-- The ledger of conversions. Holds digests and keyed hashes of what a row says, never the row.

-- One row for every index. Its name is made of the index's digest: the same file is the same batch.
CREATE TABLE batch (
    batch_id     text        PRIMARY KEY,
    operator     text        NOT NULL,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz
);

-- One row for every row of an index that a run has an answer to, or is about to have one.
CREATE TABLE batch_item (
    batch_id    text        NOT NULL REFERENCES batch (batch_id),
    row_number  bigint      NOT NULL CHECK (row_number > 1),
    item_key    bytea       NOT NULL CHECK (octet_length(item_key) = 32),
    number_key  bytea       CHECK (octet_length(number_key) = 32),
    scan        bytea       CHECK (octet_length(scan) = 32),
    state       text        NOT NULL CHECK (state IN ('CLAIMED', 'ACCEPTED', 'REJECTED')),
    licence_id  text        REFERENCES licence (licence_id),
    reason_code text,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (batch_id, row_number),
    CHECK ((state = 'ACCEPTED') = (licence_id IS NOT NULL)),
    CHECK ((state = 'REJECTED') = (reason_code IS NOT NULL)),
    CHECK (state = 'REJECTED' OR (number_key IS NOT NULL AND scan IS NOT NULL))
);
-- a type and number belongs to one row of a batch
CREATE UNIQUE INDEX batch_item_number ON batch_item (batch_id, number_key);
