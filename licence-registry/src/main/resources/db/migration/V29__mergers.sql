-- 机构合并: who answers for the licences of a body that is gone. The licences keep saying who issued them.
CREATE TABLE authority_merger (
    from_code     text        PRIMARY KEY CHECK (length(from_code) = 18),
    from_name     text        NOT NULL,
    into_code     text        NOT NULL CHECK (length(into_code) = 18 AND into_code <> from_code),
    into_name     text        NOT NULL,
    -- into, or whatever that was merged into later
    current_code  text        NOT NULL CHECK (length(current_code) = 18 AND current_code <> from_code),
    current_name  text        NOT NULL,
    reason_code   text        NOT NULL,
    legal_basis   text        NOT NULL,
    note          text        NOT NULL,
    actor_subject text        NOT NULL,
    actor_role    text        NOT NULL,
    at            timestamptz NOT NULL
);
SELECT give_rows_macs('authority_merger', 'from_code');
