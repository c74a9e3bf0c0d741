-- Who relied on which licence, and what they are told when it changes: an outbox. It is written in the transaction of the
-- change, so a change and its notices are there together or not at all.

-- Signed-in askers whose verification named the licence. Asking anonymously leaves no trace here.
CREATE TABLE reliance (
    licence_id      text        NOT NULL REFERENCES licence (licence_id),
    relying_subject text        NOT NULL CHECK (relying_subject <> ''),
    first_at        timestamptz NOT NULL,
    last_at         timestamptz NOT NULL,
    times           integer     NOT NULL CHECK (times > 0),
    PRIMARY KEY (licence_id, relying_subject)
);
CREATE INDEX reliance_subject ON reliance (relying_subject);

CREATE TABLE webhook (
    webhook_id     uuid        PRIMARY KEY,
    owner_subject  text        NOT NULL CHECK (owner_subject <> ''),
    scope          text        NOT NULL CHECK (scope IN ('RELIED', 'ISSUED')),
    -- whose licences, for those who issue them
    authority_code text        CHECK (length(authority_code) = 18),
    url            text        NOT NULL CHECK (length(url) <= 1000),
    since          timestamptz NOT NULL,
    ended_at       timestamptz,
    CHECK ((scope = 'ISSUED') = (authority_code IS NOT NULL))
);
CREATE INDEX webhook_owner ON webhook (owner_subject) WHERE ended_at IS NULL;
CREATE INDEX webhook_authority ON webhook (authority_code) WHERE ended_at IS NULL AND scope = 'ISSUED';

CREATE TABLE licence_notice (
    notice_id  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    licence_id text        NOT NULL REFERENCES licence (licence_id),
    kind       text        NOT NULL CHECK (kind IN ('SUSPENDED', 'RESUMED', 'REVOKED', 'SUPERSEDED', 'DISPUTED',
                                                    'DISPUTE_REJECTED', 'EXPIRING')),
    successor  text        REFERENCES licence (licence_id) DEFERRABLE INITIALLY DEFERRED,
    at         timestamptz NOT NULL,
    CHECK ((kind = 'SUPERSEDED') = (successor IS NOT NULL))
);
CREATE INDEX licence_notice_licence ON licence_notice (licence_id, notice_id);
-- told once
CREATE UNIQUE INDEX licence_notice_expiring ON licence_notice (licence_id) WHERE kind = 'EXPIRING';

CREATE TABLE notice_delivery (
    webhook_id uuid        NOT NULL REFERENCES webhook (webhook_id),
    notice_id  bigint      NOT NULL REFERENCES licence_notice (notice_id),
    licence_id text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('WAITING', 'DELIVERED', 'GIVEN_UP')),
    attempts   integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    since      timestamptz NOT NULL,
    next_at    timestamptz NOT NULL,
    last_error text        CHECK (length(last_error) <= 200),
    ended_at   timestamptz,
    PRIMARY KEY (webhook_id, notice_id),
    CHECK ((state = 'WAITING') = (ended_at IS NULL))
);
CREATE INDEX notice_delivery_due ON notice_delivery (next_at) WHERE state = 'WAITING';
CREATE INDEX notice_delivery_order ON notice_delivery (webhook_id, licence_id, notice_id) WHERE state = 'WAITING';

-- for notices of expiry
CREATE INDEX licence_expiry ON licence (valid_until) WHERE state = 'IN_FORCE' AND valid_until IS NOT NULL;
