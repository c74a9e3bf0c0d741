-- Rights: proposed by one, confirmed by another, and no administrator is another one too.
CREATE TABLE role_grant (
    grant_id    uuid        PRIMARY KEY,
    subject     text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    role        text        NOT NULL CHECK (role ~ '^[a-z][a-z-]{1,40}$'),
    state       text        NOT NULL CHECK (state IN ('PROPOSED', 'IN_FORCE', 'REFUSED', 'ENDED')),
    proposed_by text        NOT NULL,
    proposed_as text        NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by  text,
    decided_as  text,
    decided_at  timestamptz,
    ended_by    text,
    ended_as    text,
    ended_at    timestamptz,
    CHECK (subject <> proposed_by),
    CHECK (num_nulls(decided_by, decided_as, decided_at) IN (0, 3)),
    CHECK (num_nulls(ended_by, ended_as, ended_at) IN (0, 3)),
    CHECK ((state = 'PROPOSED') = (decided_by IS NULL)),
    CHECK ((state = 'ENDED') = (ended_by IS NOT NULL)),
    -- whoever refuses may be the one who proposed
    CHECK (state IN ('PROPOSED', 'REFUSED') OR (decided_by <> proposed_by AND decided_by <> subject))
);
CREATE UNIQUE INDEX role_grant_once ON role_grant (subject, role) WHERE state IN ('PROPOSED', 'IN_FORCE');
CREATE UNIQUE INDEX role_grant_exclusive ON role_grant (subject)
    WHERE state IN ('PROPOSED', 'IN_FORCE') AND role IN ('system-admin', 'security-admin', 'audit-admin');
CREATE INDEX role_grant_list ON role_grant (proposed_at DESC, grant_id);
SELECT give_rows_macs('role_grant', 'grant_id');
