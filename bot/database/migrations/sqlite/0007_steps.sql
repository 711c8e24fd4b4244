-- What follows from a decision are steps that fail apart: a card that is lost keeps no announcement back, and what was
-- announced is not announced again because the author's notice is late. A sum of 1 (card), 2 (announcement), 4 (notice).
ALTER TABLE suggestion_event ADD COLUMN steps INTEGER NOT NULL DEFAULT 0;

-- Nothing is kept of a vote that was taken back.
CREATE TRIGGER vote_taken_back AFTER UPDATE OF value ON vote WHEN new.value = 0 BEGIN
    DELETE FROM vote WHERE guild_id = new.guild_id AND montage_id = new.montage_id AND user_id = new.user_id;
END;
DELETE FROM vote WHERE value = 0;

-- Reports that a decision settled come back when that decision is undone.
ALTER TABLE report ADD COLUMN settled_with INTEGER;  -- the event that settled it; NULL: a moderator by hand

-- What erased people had used up of a server's limits, under a keyed hash of server and person: it says that it was the
-- same person again, and not who. Forgotten after thirty days.
CREATE TABLE erased_trace (
    guild_id      INTEGER NOT NULL,
    trace         TEXT    NOT NULL,
    what          TEXT    NOT NULL CHECK (what IN ('suggested', 'reported')),
    suggestion_id INTEGER NOT NULL,
    at            INTEGER NOT NULL,  -- when it was suggested or reported
    PRIMARY KEY (guild_id, trace, what, suggestion_id)
) WITHOUT ROWID;

CREATE INDEX erased_trace_by_suggestion ON erased_trace (suggestion_id);
CREATE INDEX erased_trace_by_age ON erased_trace (at);

-- Authors who were blocked after they had been erased: a block whose subject is known by the same hash.
CREATE TABLE blocked_trace (
    guild_id INTEGER NOT NULL,
    trace    TEXT    NOT NULL,
    by_id    INTEGER,
    why      TEXT    NOT NULL DEFAULT '',
    at       INTEGER NOT NULL,
    PRIMARY KEY (guild_id, trace)
) WITHOUT ROWID;

-- Duels are ranked, and paired, by the choices themselves.
DROP TABLE duel_rating;
