-- Who relied on a combined licence hears what happens to the licences that it binds.
ALTER TABLE licence_notice
    ADD COLUMN part_id   text,
    ADD COLUMN part_kind text,
    DROP CONSTRAINT licence_notice_kind_check,
    ADD CONSTRAINT licence_notice_kind_check CHECK (kind IN ('SUSPENDED', 'RESUMED', 'REVOKED', 'SUPERSEDED',
        'DISPUTED', 'DISPUTE_REJECTED', 'DISPUTE_WITHDRAWN', 'EXPIRING', 'PART_CHANGED')),
    ADD CONSTRAINT licence_notice_part_check CHECK ((kind = 'PART_CHANGED') = (part_id IS NOT NULL)
                                                AND (part_id IS NULL) = (part_kind IS NULL));
