-- Which servers have the bot. left_at: since when one does not any more; thirty days later its rows go.
CREATE TABLE server (
    guild_id INTEGER PRIMARY KEY,
    left_at  INTEGER
);

CREATE INDEX server_by_leaving ON server (left_at);

INSERT INTO server (guild_id)
SELECT guild_id FROM vote WHERE guild_id <> 0
UNION SELECT guild_id FROM suggestion WHERE guild_id <> 0
UNION SELECT guild_id FROM guild_settings;

-- The montage of the day: for each server when each montage was it last. guild_id 0: everywhere else.
CREATE TABLE daily_pick (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    day        TEXT    NOT NULL,  -- the server's own date, like 2026-11-24
    PRIMARY KEY (guild_id, montage_id)
);

CREATE UNIQUE INDEX daily_pick_of_day ON daily_pick (guild_id, day);

-- Which servers want it posted, where and when.
CREATE TABLE daily (
    guild_id      INTEGER PRIMARY KEY,
    channel_id    INTEGER NOT NULL,
    minute        INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),  -- of the wall clock there
    timezone      TEXT    NOT NULL,
    filters       TEXT    NOT NULL,
    role_id       INTEGER,
    thread        INTEGER NOT NULL DEFAULT 0 CHECK (thread IN (0, 1)),
    day           TEXT    NOT NULL,  -- the date of the next post …
    due_at        INTEGER,           -- … and when to try it; NULL once it was given up
    failing_since INTEGER,
    problem       TEXT               -- why the last try failed
);

CREATE INDEX daily_by_time ON daily (due_at);

-- A post is claimed here before it is sent, so that no day is served twice whatever happens in between.
CREATE TABLE daily_post (
    guild_id   INTEGER NOT NULL,
    day        TEXT    NOT NULL,
    claimed_at INTEGER NOT NULL,
    message_id INTEGER,  -- NULL: not known to have arrived; 0: arrived, or given up, under an unknown id
    PRIMARY KEY (guild_id, day)
);

CREATE INDEX daily_post_by_time ON daily_post (claimed_at);
