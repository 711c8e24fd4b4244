-- Times are milliseconds since 1970, UTC. guild_id 0 stands for everything outside a server.

CREATE TABLE vote (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    user_id    INTEGER NOT NULL,
    value      INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),  -- 0: taken back
    cast_at    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, montage_id, user_id)
) WITHOUT ROWID;

CREATE INDEX vote_by_person ON vote (user_id);

CREATE TABLE tally (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    up         INTEGER NOT NULL DEFAULT 0 CHECK (up >= 0),
    down       INTEGER NOT NULL DEFAULT 0 CHECK (down >= 0),
    PRIMARY KEY (guild_id, montage_id)
) WITHOUT ROWID;

-- The tally follows the votes by itself: no code can forget it, and deleting a person's votes corrects it.
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

CREATE INDEX suggestion_by_server ON suggestion (guild_id, state);
CREATE INDEX suggestion_by_author ON suggestion (author_id);

-- What somebody typed into the form and still has to mend: kept as typed, until it is sent or a day old.
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

-- How often a server (or a person, outside servers: the scope is then their id) has been shown a montage.
CREATE TABLE showing (
    scope_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    times      INTEGER NOT NULL,
    shown_at   INTEGER NOT NULL,
    PRIMARY KEY (scope_id, montage_id)
) WITHOUT ROWID;

-- When a shipped montage first came to this database: newcomers join the round that is under way.
CREATE TABLE arrival (
    montage_id TEXT PRIMARY KEY,
    arrived_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What the bot remembers of itself, such as the commands that Discord has.
CREATE TABLE memo (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
