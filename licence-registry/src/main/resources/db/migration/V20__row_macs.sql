-- Every row that carries rights has a MAC (HMAC-SM3, key in the token) over its content. It is given at the commit of
-- whatever wrote the row: these triggers note which rows those are, the program seals them. `yinzheng audit verify`
-- names the rows that somebody else has written.

-- Since when; one row. What was there before is sealed once.
CREATE TABLE row_macs (
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    since    timestamptz NOT NULL
);

CREATE FUNCTION row_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    content jsonb := to_jsonb(NEW);
    key     jsonb := '{}';
BEGIN
    FOR i IN 1 .. TG_NARGS - 1 LOOP
        key := key || jsonb_build_object(TG_ARGV[i], content -> TG_ARGV[i]);
    END LOOP;
    PERFORM set_config('yinzheng.rows_written',
        coalesce(current_setting('yinzheng.rows_written', true), '') || TG_ARGV[0] || ' ' || key || E'\n', true);
    RETURN NULL;
END $$;

-- Key columns are named one by one, because triggers of partitions know the partition only.
CREATE FUNCTION give_rows_macs(protected text, VARIADIC key text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    arguments text := (SELECT string_agg(quote_literal(argument), ', ') FROM unnest(protected || key) argument);
BEGIN
    EXECUTE format('ALTER TABLE %I ADD COLUMN mac bytea CHECK (octet_length(mac) = 32)', protected);
    EXECUTE format('CREATE TRIGGER row_inserted AFTER INSERT ON %I FOR EACH ROW'
        || ' EXECUTE FUNCTION row_written(%s)', protected, arguments);
    EXECUTE format('CREATE TRIGGER row_updated AFTER UPDATE ON %I FOR EACH ROW'
        || ' WHEN (OLD.mac IS NOT DISTINCT FROM NEW.mac) EXECUTE FUNCTION row_written(%s)', protected, arguments);
END $$;

-- What happened stays as it was written; it is sealed afterwards.
CREATE OR REPLACE FUNCTION seal_step_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'mac' = to_jsonb(NEW) - 'mac' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'steps in the life of a seal are never changed' USING ERRCODE = '23001';
END $$;

SELECT give_rows_macs('issuance_intent', 'intent_id');
SELECT give_rows_macs('licence', 'licence_id');
SELECT give_rows_macs('licence_holder', 'licence_id', 'position');
SELECT give_rows_macs('rendition', 'licence_id', 'format');
SELECT give_rows_macs('licence_transition', 'transition_id');
SELECT give_rows_macs('dispute', 'dispute_id');
SELECT give_rows_macs('webhook', 'webhook_id');
SELECT give_rows_macs('seal', 'seal_id');
SELECT give_rows_macs('seal_round', 'seal_id', 'round');
SELECT give_rows_macs('seal_step', 'seal_id', 'seal_version');
SELECT give_rows_macs('seal_signer', 'seal_id', 'round', 'suite');
SELECT give_rows_macs('seal_use', 'use_id');
SELECT give_rows_macs('stamping_batch', 'batch_id');
