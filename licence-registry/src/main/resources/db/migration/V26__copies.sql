-- 加注件: a licence's pages for one use. What for and for whom is sealed.
CREATE TABLE annotated_copy (
    copy_id         uuid        PRIMARY KEY,
    licence_id      text        NOT NULL,
    use_sealed      bytea       NOT NULL,
    last_day        date        NOT NULL,
    made_by         text        NOT NULL CHECK (made_by <> ''),
    made_as         text        NOT NULL,
    by_holder       boolean     NOT NULL,
    made_at         timestamptz NOT NULL,
    body            text        NOT NULL,
    digest          bytea       NOT NULL CHECK (octet_length(digest) = 32),
    size            bigint      NOT NULL CHECK (size > 0),
    idempotency_key bytea       NOT NULL CHECK (octet_length(idempotency_key) = 32),
    request_key     bytea       NOT NULL CHECK (octet_length(request_key) = 32)
);
CREATE UNIQUE INDEX annotated_copy_once ON annotated_copy (idempotency_key);
CREATE INDEX annotated_copy_licence ON annotated_copy (licence_id, made_at);
SELECT give_rows_macs('annotated_copy', 'copy_id');
