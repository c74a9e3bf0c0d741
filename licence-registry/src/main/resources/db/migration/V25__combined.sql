-- 一业一证: a licence that binds others of the same holder, and whose standing follows theirs. Which these are never
-- changes: another list is another version of the licence.
CREATE TABLE licence_part (
    licence_id text     NOT NULL,
    position   smallint NOT NULL CHECK (position BETWEEN 1 AND 30),
    part_id    text     NOT NULL CHECK (part_id <> licence_id),
    PRIMARY KEY (licence_id, position),
    UNIQUE (licence_id, part_id)
);
CREATE INDEX licence_part_of ON licence_part (part_id);
SELECT give_rows_macs('licence_part', 'licence_id', 'position');

-- Under which version of its type a licence was issued; what was there before went by the day of issue.
ALTER TABLE licence ADD COLUMN type_version text CHECK (type_version <> '');
