-- What schema 6 left behind, with a little of everything in it. Never edit it: it is history.
BEGIN TRANSACTION;
CREATE TABLE arrival (
    montage_id TEXT PRIMARY KEY,
    arrived_at INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "arrival" VALUES('rocky-1976',1700000000000);
INSERT INTO "arrival" VALUES('whiplash-2014',1700000000000);
CREATE TABLE blocked (
    guild_id INTEGER NOT NULL,
    user_id  INTEGER NOT NULL,
    by_id    INTEGER,
    at       INTEGER NOT NULL,
    why      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (guild_id, user_id)
) WITHOUT ROWID;
INSERT INTO "blocked" VALUES(7001,104,100,1700000300000,'rude');
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
INSERT INTO "daily" VALUES(7001,81,1080,'Europe/Berlin','',NULL,1,'2026-11-25',1795600000000,NULL,NULL);
CREATE TABLE daily_pick (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    day        TEXT    NOT NULL,  -- the server's own date, like 2026-11-24
    PRIMARY KEY (guild_id, montage_id)
);
INSERT INTO "daily_pick" VALUES(7001,'rocky-1976','2026-11-24');
CREATE TABLE daily_post (
    guild_id   INTEGER NOT NULL,
    day        TEXT    NOT NULL,
    claimed_at INTEGER NOT NULL,
    message_id INTEGER,  -- NULL: not known to have arrived; 0: arrived, or given up, under an unknown id
    PRIMARY KEY (guild_id, day)
);
INSERT INTO "daily_post" VALUES(7001,'2026-11-24',1795500000000,92);
CREATE TABLE draft (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    author_id  INTEGER NOT NULL,
    film       TEXT    NOT NULL,
    year       TEXT    NOT NULL,
    scene      TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    discipline TEXT    NOT NULL,
    created_at INTEGER NOT NULL
, form TEXT NOT NULL DEFAULT 'suggest', argument TEXT NOT NULL DEFAULT '');
INSERT INTO "draft" VALUES(1,7001,101,'Half','19','','','',1700000400000,'suggest','');
CREATE TABLE duel (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id  INTEGER NOT NULL,
    first_id  TEXT    NOT NULL,
    second_id TEXT    NOT NULL,
    opened_at INTEGER NOT NULL
);
INSERT INTO "duel" VALUES(1,7001,'rocky-1976','s1',1700000400000);
CREATE TABLE duel_choice (
    duel_id   INTEGER NOT NULL REFERENCES duel (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    value     INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),
    chosen_at INTEGER NOT NULL,
    PRIMARY KEY (duel_id, user_id)
) WITHOUT ROWID;
INSERT INTO "duel_choice" VALUES(1,102,1,1700000500000);
CREATE TABLE duel_rating (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    mu         REAL    NOT NULL,
    sigma      REAL    NOT NULL,
    PRIMARY KEY (guild_id, montage_id)
) WITHOUT ROWID;
INSERT INTO "duel_rating" VALUES(7001,'rocky-1976',27.5,7.25);
CREATE TABLE guild_settings (
    guild_id INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    PRIMARY KEY (guild_id, name)
) WITHOUT ROWID;
INSERT INTO "guild_settings" VALUES(7001,'margin','3');
CREATE TABLE leftover_card (
    message_id    INTEGER PRIMARY KEY,
    channel_id    INTEGER NOT NULL,
    guild_id      INTEGER NOT NULL,
    suggestion_id INTEGER NOT NULL
);
INSERT INTO "leftover_card" VALUES(93,81,7001,2);
CREATE TABLE memo (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "memo" VALUES('commands:global','["abc", "1"]');
CREATE TABLE notice_wanted (
    user_id INTEGER PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO "notice_wanted" VALUES(100);
CREATE TABLE report (
    suggestion_id INTEGER NOT NULL REFERENCES suggestion (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL,
    why           TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    settled_at    INTEGER,  -- NULL: no moderator has dealt with it yet
    settled_by    INTEGER,
    PRIMARY KEY (suggestion_id, user_id)
) WITHOUT ROWID;
INSERT INTO "report" VALUES(2,103,'I have seen it',1700000300000,NULL,NULL);
CREATE TABLE server (
    guild_id INTEGER PRIMARY KEY,
    left_at  INTEGER
);
INSERT INTO "server" VALUES(7001,NULL);
INSERT INTO "server" VALUES(7002,NULL);
CREATE TABLE showing (
    scope_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    times      INTEGER NOT NULL,
    shown_at   INTEGER NOT NULL,
    PRIMARY KEY (scope_id, montage_id)
) WITHOUT ROWID;
INSERT INTO "showing" VALUES(101,'whiplash-2014',1,1700000600000);
INSERT INTO "showing" VALUES(7001,'rocky-1976',2,1700000500000);
CREATE TABLE "suggestion" (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    author_id  INTEGER,  -- NULL once the person asked to be forgotten
    film       TEXT    NOT NULL,
    year       INTEGER NOT NULL,
    scene      TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    discipline TEXT    NOT NULL,
    link       TEXT,     -- https, or none
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'open', 'accepted', 'declined', 'withdrawn')),
    version    INTEGER NOT NULL DEFAULT 0,  -- one more with each change: a press on what has changed since is refused
    anonymous  INTEGER NOT NULL DEFAULT 0,  -- as the server had it on the day: nobody is named afterwards
    created_at INTEGER NOT NULL,
    channel_id INTEGER,  -- where its card stands, or is to stand
    message_id INTEGER,  -- NULL: it has no card
    trouble    TEXT    NOT NULL DEFAULT ''  -- what keeps its card from being right, for the moderators
);
INSERT INTO "suggestion" VALUES(1,7001,100,'Cool Runnings',1993,'Push starts on the car park','Four men, a tub and a hill, and still they lean.','bobsleigh',NULL,'accepted',0,0,1700000100000,81,91,'');
INSERT INTO "suggestion" VALUES(2,7002,NULL,'L''Étrange défi',1961,'“Encore!” 🎻','She plays until the candle goes out; it goes out twice.','violin',NULL,'open',0,0,1700000200000,NULL,NULL,'');
CREATE TABLE suggestion_event (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    suggestion_id INTEGER NOT NULL REFERENCES suggestion (id) ON DELETE CASCADE,
    what          TEXT    NOT NULL
        CHECK (what IN ('edited', 'posted', 'accepted', 'corrected', 'declined', 'withdrawn')),
    part          TEXT    NOT NULL CHECK (part IN ('author', 'moderator', 'votes')),  -- in which part they did it
    by_id         INTEGER,  -- NULL: the votes, or a person who asked to be forgotten
    at            INTEGER NOT NULL,
    why           TEXT    NOT NULL DEFAULT '',
    before        TEXT    NOT NULL,  -- JSON: the state and the text as they were
    undone_at     INTEGER,
    undone_by     INTEGER,
    told          INTEGER NOT NULL DEFAULT 0  -- 1 once the card, the announcement and the notice have followed
);
INSERT INTO "suggestion_event" VALUES(1,1,'posted','author',100,1700000100000,'','{}',NULL,NULL,1);
INSERT INTO "suggestion_event" VALUES(2,1,'accepted','votes',NULL,1700000200000,'','{"state": "open"}',NULL,NULL,1);
CREATE TABLE tally (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    up         INTEGER NOT NULL DEFAULT 0 CHECK (up >= 0),
    down       INTEGER NOT NULL DEFAULT 0 CHECK (down >= 0),
    PRIMARY KEY (guild_id, montage_id)
) WITHOUT ROWID;
INSERT INTO "tally" VALUES(0,'rocky-1976',5,4);
INSERT INTO "tally" VALUES(7001,'rocky-1976',2,3);
INSERT INTO "tally" VALUES(7001,'s1',2,3);
INSERT INTO "tally" VALUES(7001,'whiplash-2014',5,3);
INSERT INTO "tally" VALUES(7002,'rocky-1976',3,3);
CREATE TABLE tally_of_day (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    day        INTEGER NOT NULL,
    up         INTEGER NOT NULL DEFAULT 0 CHECK (up >= 0),
    down       INTEGER NOT NULL DEFAULT 0 CHECK (down >= 0),
    PRIMARY KEY (guild_id, montage_id, day)
) WITHOUT ROWID;
INSERT INTO "tally_of_day" VALUES(0,'rocky-1976',19675,5,4);
INSERT INTO "tally_of_day" VALUES(7001,'rocky-1976',19675,2,3);
INSERT INTO "tally_of_day" VALUES(7001,'s1',19675,2,3);
INSERT INTO "tally_of_day" VALUES(7001,'whiplash-2014',19675,5,3);
INSERT INTO "tally_of_day" VALUES(7002,'rocky-1976',19675,3,3);
CREATE TABLE vote (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    user_id    INTEGER NOT NULL,
    value      INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),  -- 0: taken back
    cast_at    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, montage_id, user_id)
) WITHOUT ROWID;
INSERT INTO "vote" VALUES(7001,'rocky-1976',100,1,1700000000000);
INSERT INTO "vote" VALUES(7001,'s1',100,1,1700000000004);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',100,1,1700000000001);
INSERT INTO "vote" VALUES(7002,'rocky-1976',100,-1,1700000000002);
INSERT INTO "vote" VALUES(0,'rocky-1976',101,-1,1700000001003);
INSERT INTO "vote" VALUES(7001,'rocky-1976',101,0,1700000001000);
INSERT INTO "vote" VALUES(7001,'s1',101,0,1700000001004);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',101,1,1700000001001);
INSERT INTO "vote" VALUES(0,'rocky-1976',102,1,1700000002003);
INSERT INTO "vote" VALUES(7001,'rocky-1976',102,-1,1700000002000);
INSERT INTO "vote" VALUES(7001,'s1',102,-1,1700000002004);
INSERT INTO "vote" VALUES(7002,'rocky-1976',102,1,1700000002002);
INSERT INTO "vote" VALUES(0,'rocky-1976',103,-1,1700000003003);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',103,-1,1700000003001);
INSERT INTO "vote" VALUES(7002,'rocky-1976',103,-1,1700000003002);
INSERT INTO "vote" VALUES(0,'rocky-1976',105,-1,1700000005003);
INSERT INTO "vote" VALUES(7001,'rocky-1976',105,0,1700000005000);
INSERT INTO "vote" VALUES(7001,'s1',105,0,1700000005004);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',105,1,1700000005001);
INSERT INTO "vote" VALUES(0,'rocky-1976',106,1,1700000006003);
INSERT INTO "vote" VALUES(7001,'rocky-1976',106,-1,1700000006000);
INSERT INTO "vote" VALUES(7001,'s1',106,-1,1700000006004);
INSERT INTO "vote" VALUES(7002,'rocky-1976',106,1,1700000006002);
INSERT INTO "vote" VALUES(0,'rocky-1976',107,1,1700000007003);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',107,-1,1700000007001);
INSERT INTO "vote" VALUES(7002,'rocky-1976',107,0,1700000007002);
INSERT INTO "vote" VALUES(7001,'rocky-1976',108,1,1700000008000);
INSERT INTO "vote" VALUES(7001,'s1',108,1,1700000008004);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',108,1,1700000008001);
INSERT INTO "vote" VALUES(7002,'rocky-1976',108,-1,1700000008002);
INSERT INTO "vote" VALUES(0,'rocky-1976',109,-1,1700000009003);
INSERT INTO "vote" VALUES(7001,'rocky-1976',109,0,1700000009000);
INSERT INTO "vote" VALUES(7001,'s1',109,0,1700000009004);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',109,1,1700000009001);
INSERT INTO "vote" VALUES(0,'rocky-1976',110,1,1700000010003);
INSERT INTO "vote" VALUES(7001,'rocky-1976',110,-1,1700000010000);
INSERT INTO "vote" VALUES(7001,'s1',110,-1,1700000010004);
INSERT INTO "vote" VALUES(7002,'rocky-1976',110,1,1700000010002);
INSERT INTO "vote" VALUES(0,'rocky-1976',111,1,1700000011003);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',111,-1,1700000011001);
INSERT INTO "vote" VALUES(7002,'rocky-1976',111,0,1700000011002);
CREATE TRIGGER vote_given AFTER INSERT ON vote BEGIN
    INSERT INTO tally (guild_id, montage_id, up, down)
    VALUES (new.guild_id, new.montage_id, new.value = 1, new.value = -1)
    ON CONFLICT DO UPDATE SET up = up + (new.value = 1), down = down + (new.value = -1);
END;
CREATE TRIGGER vote_changed AFTER UPDATE OF value ON vote BEGIN
    UPDATE tally
    SET up = up + (new.value = 1) - (old.value = 1), down = down + (new.value = -1) - (old.value = -1)
    WHERE guild_id = new.guild_id AND montage_id = new.montage_id;
END;
CREATE TRIGGER vote_removed AFTER DELETE ON vote BEGIN
    UPDATE tally
    SET up = up - (old.value = 1), down = down - (old.value = -1)
    WHERE guild_id = old.guild_id AND montage_id = old.montage_id;
END;
CREATE INDEX suggestion_by_server ON suggestion (guild_id, state);
CREATE INDEX suggestion_by_author ON suggestion (author_id, guild_id);
CREATE INDEX suggestion_event_of ON suggestion_event (suggestion_id);
CREATE INDEX suggestion_event_untold ON suggestion_event (at) WHERE told = 0;
CREATE INDEX suggestion_event_by ON suggestion_event (by_id);
CREATE INDEX report_by_person ON report (user_id);
CREATE TRIGGER vote_given_on_a_day AFTER INSERT ON vote WHEN new.value <> 0 BEGIN
    INSERT INTO tally_of_day (guild_id, montage_id, day, up, down)
    VALUES (new.guild_id, new.montage_id, new.cast_at / 86400000, new.value = 1, new.value = -1)
    ON CONFLICT DO UPDATE SET up = up + excluded.up, down = down + excluded.down;
END;
CREATE TRIGGER vote_changed_on_a_day AFTER UPDATE OF value, cast_at ON vote BEGIN
    UPDATE tally_of_day
    SET up = up - (old.value = 1), down = down - (old.value = -1)
    WHERE guild_id = old.guild_id AND montage_id = old.montage_id AND day = old.cast_at / 86400000
      AND old.value <> 0;
    INSERT INTO tally_of_day (guild_id, montage_id, day, up, down)
    SELECT new.guild_id, new.montage_id, new.cast_at / 86400000, new.value = 1, new.value = -1
    WHERE new.value <> 0
    ON CONFLICT DO UPDATE SET up = up + excluded.up, down = down + excluded.down;
END;
CREATE TRIGGER vote_removed_on_a_day AFTER DELETE ON vote WHEN old.value <> 0 BEGIN
    UPDATE tally_of_day
    SET up = up - (old.value = 1), down = down - (old.value = -1)
    WHERE guild_id = old.guild_id AND montage_id = old.montage_id AND day = old.cast_at / 86400000;
END;
CREATE INDEX vote_by_person ON vote (user_id, guild_id, montage_id, value, cast_at);
CREATE INDEX duel_by_server ON duel (guild_id);
CREATE INDEX duel_choice_by_person ON duel_choice (user_id);
CREATE INDEX server_by_leaving ON server (left_at);
CREATE UNIQUE INDEX daily_pick_of_day ON daily_pick (guild_id, day);
CREATE INDEX daily_by_time ON daily (due_at);
CREATE INDEX daily_post_by_time ON daily_post (claimed_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('draft',1);
INSERT INTO "sqlite_sequence" VALUES('suggestion',3);
INSERT INTO "sqlite_sequence" VALUES('suggestion_event',2);
INSERT INTO "sqlite_sequence" VALUES('duel',1);
COMMIT;
PRAGMA user_version = 6;
