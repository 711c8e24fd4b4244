-- The whole life of a suggestion: waiting for review, its history, reports, blocked members, notices.

-- A new state needs a new CHECK, and SQLite changes one by making the table again.
CREATE TABLE suggestion_with_life (
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

INSERT INTO suggestion_with_life
    (id, guild_id, author_id, film, year, scene, why, discipline, state, created_at, channel_id, message_id)
SELECT id, guild_id, author_id, film, year, scene, why, discipline, state, created_at, channel_id, message_id
FROM suggestion;

-- A number once given is never given again, whatever was deleted since: votes are kept under it.
DELETE FROM sqlite_sequence WHERE name = 'suggestion_with_life';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'suggestion_with_life', seq FROM sqlite_sequence WHERE name = 'suggestion';

DROP TABLE suggestion;
ALTER TABLE suggestion_with_life RENAME TO suggestion;
CREATE INDEX suggestion_by_server ON suggestion (guild_id, state);
CREATE INDEX suggestion_by_author ON suggestion (author_id, guild_id);

-- Every change: who, when, why, and what was there before, so that it can be undone.
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

CREATE INDEX suggestion_event_of ON suggestion_event (suggestion_id);
CREATE INDEX suggestion_event_untold ON suggestion_event (at) WHERE told = 0;
CREATE INDEX suggestion_event_by ON suggestion_event (by_id);

CREATE TABLE report (
    suggestion_id INTEGER NOT NULL REFERENCES suggestion (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL,
    why           TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    settled_at    INTEGER,  -- NULL: no moderator has dealt with it yet
    settled_by    INTEGER,
    PRIMARY KEY (suggestion_id, user_id)
) WITHOUT ROWID;

CREATE INDEX report_by_person ON report (user_id);

-- Members who may not suggest or report in a server.
CREATE TABLE blocked (
    guild_id INTEGER NOT NULL,
    user_id  INTEGER NOT NULL,
    by_id    INTEGER,
    at       INTEGER NOT NULL,
    why      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (guild_id, user_id)
) WITHOUT ROWID;

-- People who want a direct message when their suggestion is decided.
CREATE TABLE notice_wanted (
    user_id INTEGER PRIMARY KEY
) WITHOUT ROWID;

-- A draft belongs to the form it was typed into: a new suggestion, or one that is edited or accepted.
ALTER TABLE draft ADD COLUMN form TEXT NOT NULL DEFAULT 'suggest';
ALTER TABLE draft ADD COLUMN argument TEXT NOT NULL DEFAULT '';
