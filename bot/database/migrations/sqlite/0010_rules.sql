-- What a server asks of votes on suggestions, lists of suggestions, forums, and what is published to followers.

-- A vote may end: when, and the number of days that this was reckoned with (0: never).
ALTER TABLE suggestion ADD COLUMN closes_at INTEGER;
ALTER TABLE suggestion ADD COLUMN voting_days INTEGER NOT NULL DEFAULT 0;
CREATE INDEX suggestion_by_end ON suggestion (closes_at) WHERE state = 'open';

-- 1: it came with a list that a manager brought, and its card is posted in the background.
ALTER TABLE suggestion ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;
CREATE INDEX suggestion_to_post ON suggestion (guild_id) WHERE imported = 1 AND state = 'open' AND message_id IS NULL;

-- 1: its card is the first message of a forum's post.
ALTER TABLE suggestion ADD COLUMN is_post INTEGER NOT NULL DEFAULT 0;

-- A list that was read and shown, until somebody says yes or no, or a day has passed.
CREATE TABLE import_list (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- a button carries it: it never means another list
    guild_id   INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE INDEX import_list_by_person ON import_list (user_id);

CREATE TABLE import_row (
    list_id    INTEGER NOT NULL REFERENCES import_list (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,  -- in the file, counted from 1
    author_id  INTEGER,           -- who suggested it, where the list says
    film       TEXT    NOT NULL,
    year       INTEGER NOT NULL,
    scene      TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    discipline TEXT    NOT NULL,
    link       TEXT,
    near       INTEGER NOT NULL,  -- 1: something known is much like it
    PRIMARY KEY (list_id, number)
);

CREATE INDEX import_row_by_author ON import_row (author_id);

-- The tags that say in a forum how a suggestion stands; people may rename them.
CREATE TABLE forum_tag (
    channel_id INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    guild_id   INTEGER NOT NULL,
    tag_id     INTEGER NOT NULL,
    PRIMARY KEY (channel_id, state)
);

-- Messages that are to be published to the followers of their channel, and those that were within the last hour.
CREATE TABLE publication (
    message_id   INTEGER PRIMARY KEY,
    channel_id   INTEGER NOT NULL,
    guild_id     INTEGER NOT NULL,
    asked_at     INTEGER NOT NULL,
    published_at INTEGER  -- NULL: not yet
);

CREATE INDEX publication_by_channel ON publication (channel_id, published_at);
