-- Votes by the day (UTC, counted from 1970) they were cast on: what a week or a month says costs one row a
-- montage and day, however many people voted. Kept by triggers, like the tally.
CREATE TABLE tally_of_day (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    day        INTEGER NOT NULL,
    up         INTEGER NOT NULL DEFAULT 0 CHECK (up >= 0),
    down       INTEGER NOT NULL DEFAULT 0 CHECK (down >= 0),
    PRIMARY KEY (guild_id, montage_id, day)
) WITHOUT ROWID;

INSERT INTO tally_of_day (guild_id, montage_id, day, up, down)
SELECT guild_id, montage_id, cast_at / 86400000, sum(value = 1), sum(value = -1)
FROM vote WHERE value <> 0
GROUP BY guild_id, montage_id, cast_at / 86400000;

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

-- All that is asked of one person's votes, or of everybody's person by person, is in the index itself.
DROP INDEX vote_by_person;
CREATE INDEX vote_by_person ON vote (user_id, guild_id, montage_id, value, cast_at);

-- Two montages put side by side in a channel.
CREATE TABLE duel (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id  INTEGER NOT NULL,
    first_id  TEXT    NOT NULL,
    second_id TEXT    NOT NULL,
    opened_at INTEGER NOT NULL
);

CREATE INDEX duel_by_server ON duel (guild_id);

-- Whom one person chose in it: 1 the first, -1 the second, 0 neither. The first answer stands.
CREATE TABLE duel_choice (
    duel_id   INTEGER NOT NULL REFERENCES duel (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    value     INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),
    chosen_at INTEGER NOT NULL,
    PRIMARY KEY (duel_id, user_id)
) WITHOUT ROWID;

CREATE INDEX duel_choice_by_person ON duel_choice (user_id);

-- How strong a server's duels make a montage so far, and how sure that is: used to pair what comes next.
CREATE TABLE duel_rating (
    guild_id   INTEGER NOT NULL,
    montage_id TEXT    NOT NULL,
    mu         REAL    NOT NULL,
    sigma      REAL    NOT NULL,
    PRIMARY KEY (guild_id, montage_id)
) WITHOUT ROWID;
