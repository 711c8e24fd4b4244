-- What version 1.0 left behind, with a little of everything in it. Never edit it: it is history.
BEGIN TRANSACTION;
CREATE TABLE arrival (
    montage_id TEXT PRIMARY KEY,
    arrived_at INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "arrival" VALUES('rocky-1976',1700000000000);
INSERT INTO "arrival" VALUES('whiplash-2014',1700000000000);
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
);
INSERT INTO "draft" VALUES(1,7001,101,'Half','19','','','',1700000400000);
CREATE TABLE memo (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "memo" VALUES('commands:global','["abc", "1"]');
CREATE TABLE showing (
    scope_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    times      INTEGER NOT NULL,
    shown_at   INTEGER NOT NULL,
    PRIMARY KEY (scope_id, montage_id)
) WITHOUT ROWID;
INSERT INTO "showing" VALUES(101,'whiplash-2014',1,1700000600000);
INSERT INTO "showing" VALUES(7001,'rocky-1976',2,1700000500000);
CREATE TABLE suggestion (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    author_id  INTEGER,  -- NULL once the person asked to be forgotten
    film       TEXT    NOT NULL,
    year       INTEGER NOT NULL,
    scene      TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    discipline TEXT    NOT NULL,
    state      TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    created_at INTEGER NOT NULL,
    channel_id INTEGER,  -- where its card stands
    message_id INTEGER
);
INSERT INTO "suggestion" VALUES(1,7001,100,'Cool Runnings',1993,'Push starts on the car park','Four men, a tub and a hill, and still they lean.','bobsleigh','accepted',1700000100000,81,91);
INSERT INTO "suggestion" VALUES(2,7002,NULL,'L''Étrange défi',1961,'“Encore!” 🎻','She plays until the candle goes out; it goes out twice.','violin','open',1700000200000,NULL,NULL);
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
CREATE TABLE vote (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    user_id    INTEGER NOT NULL,
    value      INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),  -- 0: taken back
    cast_at    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, montage_id, user_id)
) WITHOUT ROWID;
INSERT INTO "vote" VALUES(0,'rocky-1976',101,-1,1700000001003);
INSERT INTO "vote" VALUES(0,'rocky-1976',102,1,1700000002003);
INSERT INTO "vote" VALUES(0,'rocky-1976',103,-1,1700000003003);
INSERT INTO "vote" VALUES(0,'rocky-1976',105,-1,1700000005003);
INSERT INTO "vote" VALUES(0,'rocky-1976',106,1,1700000006003);
INSERT INTO "vote" VALUES(0,'rocky-1976',107,1,1700000007003);
INSERT INTO "vote" VALUES(0,'rocky-1976',109,-1,1700000009003);
INSERT INTO "vote" VALUES(0,'rocky-1976',110,1,1700000010003);
INSERT INTO "vote" VALUES(0,'rocky-1976',111,1,1700000011003);
INSERT INTO "vote" VALUES(7001,'rocky-1976',100,1,1700000000000);
INSERT INTO "vote" VALUES(7001,'rocky-1976',101,0,1700000001000);
INSERT INTO "vote" VALUES(7001,'rocky-1976',102,-1,1700000002000);
INSERT INTO "vote" VALUES(7001,'rocky-1976',105,0,1700000005000);
INSERT INTO "vote" VALUES(7001,'rocky-1976',106,-1,1700000006000);
INSERT INTO "vote" VALUES(7001,'rocky-1976',108,1,1700000008000);
INSERT INTO "vote" VALUES(7001,'rocky-1976',109,0,1700000009000);
INSERT INTO "vote" VALUES(7001,'rocky-1976',110,-1,1700000010000);
INSERT INTO "vote" VALUES(7001,'s1',100,1,1700000000004);
INSERT INTO "vote" VALUES(7001,'s1',101,0,1700000001004);
INSERT INTO "vote" VALUES(7001,'s1',102,-1,1700000002004);
INSERT INTO "vote" VALUES(7001,'s1',105,0,1700000005004);
INSERT INTO "vote" VALUES(7001,'s1',106,-1,1700000006004);
INSERT INTO "vote" VALUES(7001,'s1',108,1,1700000008004);
INSERT INTO "vote" VALUES(7001,'s1',109,0,1700000009004);
INSERT INTO "vote" VALUES(7001,'s1',110,-1,1700000010004);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',100,1,1700000000001);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',101,1,1700000001001);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',103,-1,1700000003001);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',105,1,1700000005001);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',107,-1,1700000007001);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',108,1,1700000008001);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',109,1,1700000009001);
INSERT INTO "vote" VALUES(7001,'whiplash-2014',111,-1,1700000011001);
INSERT INTO "vote" VALUES(7002,'rocky-1976',100,-1,1700000000002);
INSERT INTO "vote" VALUES(7002,'rocky-1976',102,1,1700000002002);
INSERT INTO "vote" VALUES(7002,'rocky-1976',103,-1,1700000003002);
INSERT INTO "vote" VALUES(7002,'rocky-1976',106,1,1700000006002);
INSERT INTO "vote" VALUES(7002,'rocky-1976',107,0,1700000007002);
INSERT INTO "vote" VALUES(7002,'rocky-1976',108,-1,1700000008002);
INSERT INTO "vote" VALUES(7002,'rocky-1976',110,1,1700000010002);
INSERT INTO "vote" VALUES(7002,'rocky-1976',111,0,1700000011002);
CREATE INDEX vote_by_person ON vote (user_id);
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
CREATE INDEX suggestion_by_author ON suggestion (author_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('suggestion',3);
INSERT INTO "sqlite_sequence" VALUES('draft',1);
COMMIT;
PRAGMA user_version = 1;
