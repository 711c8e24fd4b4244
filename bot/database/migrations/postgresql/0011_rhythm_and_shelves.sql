-- See SQLite's migration of the same number, which says what these are for.

ALTER TABLE daily ADD COLUMN weekdays BIGINT NOT NULL DEFAULT 127 CHECK (weekdays BETWEEN 1 AND 127);
ALTER TABLE daily ADD COLUMN every_days BIGINT CHECK (every_days BETWEEN 2 AND 60);
ALTER TABLE daily ADD COLUMN anchor TEXT COLLATE "C";
ALTER TABLE daily ADD COLUMN resumes TEXT COLLATE "C";
ALTER TABLE daily ADD COLUMN skipped TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE week_post (
    guild_id   BIGINT PRIMARY KEY,
    weekday    BIGINT NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    day        TEXT COLLATE "C" NOT NULL,
    due_at     BIGINT,
    claimed_at BIGINT,
    latest     TEXT COLLATE "C",
    problem    TEXT COLLATE "C"
);

CREATE INDEX week_post_by_time ON week_post (due_at);

CREATE TABLE shelf (
    user_id    BIGINT NOT NULL,
    montage_id TEXT COLLATE "C" NOT NULL,
    guild_id   BIGINT NOT NULL,
    saved_at   BIGINT,
    seen_at    BIGINT,
    PRIMARY KEY (user_id, montage_id),
    CHECK (saved_at IS NOT NULL OR seen_at IS NOT NULL)
);

CREATE INDEX shelf_by_server ON shelf (guild_id);
