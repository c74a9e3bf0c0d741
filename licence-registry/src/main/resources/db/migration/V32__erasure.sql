-- A person's data goes, the registry's fact stays: type, authority, dates, state and the keyed hashes. What was sealed of
-- an erased licence is empty.
ALTER TABLE licence ADD COLUMN erased_at timestamptz;

-- Documents of erased licences that are still to go from the store. If we crash, the next start goes on.
CREATE TABLE erased_document (
    digest    bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),
    erased_at timestamptz NOT NULL
);
