-- On which days the daily post comes: on days of the week (bits, Monday is 1) or every so many days from an anchor.
ALTER TABLE daily ADD COLUMN weekdays INTEGER NOT NULL DEFAULT 127 CHECK (weekdays BETWEEN 1 AND 127);
ALTER TABLE daily ADD COLUMN every_days INTEGER CHECK (every_days BETWEEN 2 AND 60);  -- NULL: by the days of the week
ALTER TABLE daily ADD COLUMN anchor TEXT;   -- the date that `every_days` is counted from
ALTER TABLE daily ADD COLUMN resumes TEXT;  -- no post before this date
ALTER TABLE daily ADD COLUMN skipped TEXT NOT NULL DEFAULT '';  -- and none on these: dates, with spaces between

-- The week in montages, where and at what time the daily post comes: one row for each server that ever wanted it.
CREATE TABLE week_post (
    guild_id   INTEGER PRIMARY KEY,
    weekday    INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- Monday is 0
    day        TEXT    NOT NULL,  -- the date of the next one …
    due_at     INTEGER,           -- … and when to try it; NULL: nobody wants it now
    claimed_at INTEGER,           -- it was claimed then, before it was sent: it may have arrived
    latest     TEXT,              -- the date of the latest that was posted
    problem    TEXT               -- why the last try failed
);

CREATE INDEX week_post_by_time ON week_post (due_at);

-- A member's own list, which goes with them everywhere: each montage in it is saved, seen or both.
CREATE TABLE shelf (
    user_id    INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    guild_id   INTEGER NOT NULL,  -- the server whose own montage it is; 0: one that ships
    saved_at   INTEGER,
    seen_at    INTEGER,
    PRIMARY KEY (user_id, montage_id),
    CHECK (saved_at IS NOT NULL OR seen_at IS NOT NULL)
);

CREATE INDEX shelf_by_server ON shelf (guild_id);
