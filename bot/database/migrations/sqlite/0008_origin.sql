-- What this database is, in one row: told apart from others, and a backup from what is in use.
CREATE TABLE origin (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    name         TEXT    NOT NULL,            -- random, and in the names of its backups
    erasures     INTEGER NOT NULL DEFAULT 0,  -- how far it has followed the erase list beside the backups
    backup       INTEGER,                     -- in a backup by the clock its number, counted from 1 …
    backed_up_at INTEGER,                     -- … and in every backup when it was made; NULL in what is in use
    restored_at  INTEGER                      -- when it took the place of one that was newer
);

-- A backup of an older schema that was brought back has two memos of what it replaced.
INSERT INTO origin (id, name, restored_at)
SELECT 1,
       coalesce((SELECT value FROM memo WHERE name = 'origin'), lower(hex(randomblob(4)))),
       (SELECT CAST(value AS INTEGER) FROM memo WHERE name = 'restored');

DELETE FROM memo WHERE name IN ('origin', 'restored');
