-- Brackets: montages against each other, round by round, until one is the champion of its server.
-- The number is in buttons that stand for years, so it must never return.
CREATE TABLE bracket (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id      INTEGER NOT NULL,
    channel_id    INTEGER NOT NULL,
    size          INTEGER NOT NULL,  -- a power of two; what is left over are byes
    source        TEXT    NOT NULL,  -- top or suggested
    filters       TEXT    NOT NULL,
    hours         INTEGER NOT NULL,  -- how long a round is open
    round         INTEGER NOT NULL,  -- the one whose post is due or stands, from 1; after the final: the announcement
    started_at    INTEGER NOT NULL,
    due_at        INTEGER,           -- when something is to be done; NULL: it is over, or was given up
    failing_since INTEGER,
    problem       TEXT,
    ended_at      INTEGER,
    champion_seed INTEGER            -- NULL when it was stopped, or nobody was left
);

CREATE UNIQUE INDEX bracket_running ON bracket (guild_id) WHERE ended_at IS NULL;
CREATE INDEX bracket_by_server ON bracket (guild_id, id);
CREATE INDEX bracket_due ON bracket (due_at) WHERE due_at IS NOT NULL;

-- Who takes part, the best seed is 1.
CREATE TABLE bracket_entrant (
    bracket_id INTEGER NOT NULL REFERENCES bracket (id) ON DELETE CASCADE,
    seed       INTEGER NOT NULL,
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    PRIMARY KEY (bracket_id, seed)
);

CREATE INDEX bracket_entrant_by_montage ON bracket_entrant (guild_id, montage_id);

-- A match is written once both sides are known: what is still to be decided has no row, and is no bye.
CREATE TABLE bracket_match (
    bracket_id   INTEGER NOT NULL REFERENCES bracket (id) ON DELETE CASCADE,
    round        INTEGER NOT NULL,
    position     INTEGER NOT NULL,  -- in its round, from 0
    first_seed   INTEGER NOT NULL,
    second_seed  INTEGER,           -- NULL: a bye
    winner_seed  INTEGER,           -- NULL: not decided yet
    reason       TEXT,              -- votes, seed, bye, absence or memory
    first_votes  INTEGER,           -- when it was decided
    second_votes INTEGER,
    PRIMARY KEY (bracket_id, round, position)
);

-- The right to make a round's post, and the post.
CREATE TABLE bracket_round (
    bracket_id INTEGER NOT NULL REFERENCES bracket (id) ON DELETE CASCADE,
    round      INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    message_id INTEGER,              -- NULL: nobody knows whether it stands; 0: it stands, and nobody knows where
    PRIMARY KEY (bracket_id, round)
);

CREATE TABLE bracket_vote (
    bracket_id INTEGER NOT NULL REFERENCES bracket (id) ON DELETE CASCADE,
    round      INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    seed       INTEGER NOT NULL,
    cast_at    INTEGER NOT NULL,
    PRIMARY KEY (bracket_id, round, position, user_id)
);

CREATE INDEX bracket_vote_by_person ON bracket_vote (user_id);
