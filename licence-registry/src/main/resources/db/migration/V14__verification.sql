-- What was verified and what was answered, for as long as a receipt can be fetched. No document, and no number of a
-- holder. A verification is found by a keyed hash of its identifier: whoever has the table has no identifiers.
CREATE TABLE verification (
    verification_key bytea       PRIMARY KEY CHECK (octet_length(verification_key) = 32),
    state            text        NOT NULL CHECK (state IN ('PENDING', 'DONE', 'BROKEN_OFF')),
    begun            integer     NOT NULL DEFAULT 0 CHECK (begun >= 0),
    request_sealed   bytea,
    result_sealed    bytea,
    receipt_sealed   bytea,
    received_at      timestamptz NOT NULL,
    due_at           timestamptz NOT NULL,
    kept_until       timestamptz NOT NULL,
    -- a request is kept while it is needed and no longer
    CHECK ((state = 'PENDING') = (request_sealed IS NOT NULL)),
    CHECK ((state = 'DONE') = (result_sealed IS NOT NULL)),
    CHECK (receipt_sealed IS NULL OR state = 'DONE')
);
CREATE INDEX verification_kept ON verification (kept_until);

-- A stored rendition is recognised by either digest. SM3 of those that are there already is filled in by the program.
ALTER TABLE rendition ADD COLUMN sm3 bytea CHECK (octet_length(sm3) = 32);
CREATE INDEX rendition_digest ON rendition (digest);
CREATE INDEX rendition_sm3 ON rendition (sm3) WHERE sm3 IS NOT NULL;
CREATE INDEX rendition_without_sm3 ON rendition (licence_id, format) WHERE sm3 IS NULL;
