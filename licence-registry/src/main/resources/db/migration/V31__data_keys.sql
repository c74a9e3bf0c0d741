-- Data keys have numbers, and each holder has a key of his own, sealed under one of them. What is a holder's is sealed
-- under his key; a change of the registry's key touches the key rows and the few values that are the registry's.

-- MADE: at the token, and nobody seals under it yet. SEALING: one. OPENING: there are still values under it.
-- RETIRED: gone, for good.
CREATE TABLE data_key (
    number     integer     PRIMARY KEY CHECK (number > 0),
    state      text        NOT NULL CHECK (state IN ('MADE', 'SEALING', 'OPENING', 'RETIRED')),
    -- absent: there may be no key yet
    made_at    timestamptz,
    retired_at timestamptz,
    CHECK ((state = 'RETIRED') = (retired_at IS NOT NULL))
);
CREATE UNIQUE INDEX data_key_sealing ON data_key (state) WHERE state = 'SEALING';
CREATE UNIQUE INDEX data_key_made ON data_key (state) WHERE state = 'MADE';
-- what was sealed before keys had numbers
INSERT INTO data_key (number, state) VALUES (1, 'SEALING');

-- Which process opens what is sealed under which key: nobody seals under a key that another cannot open.
CREATE TABLE data_key_reader (
    node    uuid        NOT NULL,
    number  integer     NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (node, number)
);

-- The number of the data key that a value stands under. 0: a holder's key, or no value.
CREATE FUNCTION sealed_under(sealed bytea) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE substring(sealed FOR 1)
               WHEN '\x01' THEN 1
               WHEN '\x02' THEN get_byte(sealed, 1) << 24 | get_byte(sealed, 2) << 16
                              | get_byte(sealed, 3) << 8 | get_byte(sealed, 4)
               ELSE 0 END
$$;

-- The lock is the writers' until their commit: who retires a key waits for them, and whoever comes later sees it retired
-- (a volatile function's statements see what is committed when they start).
CREATE FUNCTION data_key_lives(key_number integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF key_number > 0 THEN
        PERFORM pg_advisory_xact_lock_shared(1501136507, key_number);
        IF NOT EXISTS (SELECT FROM data_key d WHERE d.number = key_number AND d.state <> 'RETIRED') THEN
            RAISE EXCEPTION 'data key % seals no more', key_number USING ERRCODE = 'serialization_failure';
        END IF;
    END IF;
END $$;

-- For a table with columns that the registry's key seals.
CREATE FUNCTION registry_seals(sealing text, VARIADIC columns text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN %s RETURN NEW; END $body$',
        sealing || '_seals',
        (SELECT string_agg(format('PERFORM data_key_lives(sealed_under(NEW.%I));', name), ' ') FROM unnest(columns) name));
    EXECUTE format('CREATE TRIGGER data_key_lives BEFORE INSERT OR UPDATE OF %s ON %I FOR EACH ROW EXECUTE FUNCTION %I()',
        (SELECT string_agg(quote_ident(name), ', ') FROM unnest(columns) name), sealing, sealing || '_seals');
END $$;

CREATE TABLE holder_key (
    holder_key bytea NOT NULL CHECK (octet_length(holder_key) = 32),
    key_sealed bytea NOT NULL,
    PRIMARY KEY (holder_key)
) PARTITION BY HASH (holder_key);
SELECT hash_partitions('holder_key');
SELECT give_rows_macs('holder_key', 'holder_key');

SELECT registry_seals('holder_key', 'key_sealed');
SELECT registry_seals('issuance_intent', 'request_sealed');
SELECT registry_seals('dispute', 'claim_sealed', 'decision_sealed');
SELECT registry_seals('annotated_copy', 'use_sealed');
SELECT registry_seals('seal', 'holder_sealed');
SELECT registry_seals('stamping_batch', 'documents_sealed', 'outcomes_sealed');
SELECT registry_seals('verification', 'request_sealed', 'result_sealed', 'receipt_sealed');
