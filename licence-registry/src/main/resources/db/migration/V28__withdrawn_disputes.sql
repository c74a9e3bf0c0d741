-- Whoever raised a dispute may take it back.
ALTER TABLE dispute DROP CONSTRAINT dispute_state_check,
    ADD CONSTRAINT dispute_state_check CHECK (state IN ('OPEN', 'REJECTED', 'CORRECTED', 'WITHDRAWN'));
ALTER TABLE licence_notice DROP CONSTRAINT licence_notice_kind_check,
    ADD CONSTRAINT licence_notice_kind_check CHECK (kind IN ('SUSPENDED', 'RESUMED', 'REVOKED', 'SUPERSEDED',
        'DISPUTED', 'DISPUTE_REJECTED', 'DISPUTE_WITHDRAWN', 'EXPIRING'));
