-- Everything of SQLite's migrations 1 to 8, which say what the tables are for. BIGINT where those have INTEGER, and
-- text in the order of its bytes, as there.

CREATE TABLE vote (
    guild_id   BIGINT NOT NULL,
    montage_id TEXT COLLATE "C" NOT NULL,
    user_id    BIGINT NOT NULL,
    value      BIGINT NOT NULL CHECK (value IN (-1, 0, 1)),
    cast_at    BIGINT NOT NULL,
    PRIMARY KEY (guild_id, montage_id, user_id)
);

CREATE INDEX vote_by_person ON vote (user_id, guild_id, montage_id, value, cast_at);

CREATE TABLE tally (
    guild_id   BIGINT NOT NULL,
    montage_id TEXT COLLATE "C" NOT NULL,
    up         BIGINT NOT NULL DEFAULT 0 CHECK (up >= 0),
    down       BIGINT NOT NULL DEFAULT 0 CHECK (down >= 0),
    PRIMARY KEY (guild_id, montage_id)
);

CREATE TABLE tally_of_day (
    guild_id   BIGINT NOT NULL,
    montage_id TEXT COLLATE "C" NOT NULL,
    day        BIGINT NOT NULL,
    up         BIGINT NOT NULL DEFAULT 0 CHECK (up >= 0),
    down       BIGINT NOT NULL DEFAULT 0 CHECK (down >= 0),
    PRIMARY KEY (guild_id, montage_id, day)
);

-- The tallies follow the votes by themselves, and always in this order: the tally, the day before, the day now. So two
-- votes never wait for each other.

CREATE FUNCTION vote_given() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_up   BIGINT := CASE WHEN new.value = 1 THEN 1 ELSE 0 END;
    is_down BIGINT := CASE WHEN new.value = -1 THEN 1 ELSE 0 END;
BEGIN
    INSERT INTO tally AS counted (guild_id, montage_id, up, down)
    VALUES (new.guild_id, new.montage_id, is_up, is_down)
    ON CONFLICT (guild_id, montage_id) DO UPDATE
    SET up = counted.up + excluded.up, down = counted.down + excluded.down;
    IF new.value <> 0 THEN
        INSERT INTO tally_of_day AS counted (guild_id, montage_id, day, up, down)
        VALUES (new.guild_id, new.montage_id, new.cast_at / 86400000, is_up, is_down)
        ON CONFLICT (guild_id, montage_id, day) DO UPDATE
        SET up = counted.up + excluded.up, down = counted.down + excluded.down;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION vote_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_up    BIGINT := CASE WHEN new.value = 1 THEN 1 ELSE 0 END;
    is_down  BIGINT := CASE WHEN new.value = -1 THEN 1 ELSE 0 END;
    was_up   BIGINT := CASE WHEN old.value = 1 THEN 1 ELSE 0 END;
    was_down BIGINT := CASE WHEN old.value = -1 THEN 1 ELSE 0 END;
BEGIN
    UPDATE tally SET up = up + is_up - was_up, down = down + is_down - was_down
    WHERE guild_id = new.guild_id AND montage_id = new.montage_id;
    IF old.value <> 0 THEN
        UPDATE tally_of_day SET up = up - was_up, down = down - was_down
        WHERE guild_id = old.guild_id AND montage_id = old.montage_id AND day = old.cast_at / 86400000;
    END IF;
    IF new.value <> 0 THEN
        INSERT INTO tally_of_day AS counted (guild_id, montage_id, day, up, down)
        VALUES (new.guild_id, new.montage_id, new.cast_at / 86400000, is_up, is_down)
        ON CONFLICT (guild_id, montage_id, day) DO UPDATE
        SET up = counted.up + excluded.up, down = counted.down + excluded.down;
    ELSE
        -- Nothing is kept of a vote that was taken back.
        DELETE FROM vote
        WHERE guild_id = new.guild_id AND montage_id = new.montage_id AND user_id = new.user_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION vote_removed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_up   BIGINT := CASE WHEN old.value = 1 THEN 1 ELSE 0 END;
    was_down BIGINT := CASE WHEN old.value = -1 THEN 1 ELSE 0 END;
BEGIN
    UPDATE tally SET up = up - was_up, down = down - was_down
    WHERE guild_id = old.guild_id AND montage_id = old.montage_id;
    UPDATE tally_of_day SET up = up - was_up, down = down - was_down
    WHERE guild_id = old.guild_id AND montage_id = old.montage_id AND day = old.cast_at / 86400000;
    RETURN NULL;
END $$;

CREATE TRIGGER vote_given AFTER INSERT ON vote FOR EACH ROW EXECUTE FUNCTION vote_given();
CREATE TRIGGER vote_changed AFTER UPDATE OF value, cast_at ON vote FOR EACH ROW EXECUTE FUNCTION vote_changed();
CREATE TRIGGER vote_removed AFTER DELETE ON vote FOR EACH ROW WHEN (old.value <> 0) EXECUTE FUNCTION vote_removed();

-- A vote, what it comes to, whether the person has none on anything else in that server, and the tally it is part of: in
-- one trip to the server, where a second one would cost as much as the vote. Pressed again it is taken back, or stays.
CREATE FUNCTION give_vote(
    server BIGINT, montage TEXT, person BIGINT, choice BIGINT, at BIGINT, takes_back BOOLEAN,
    OUT now BIGINT, OUT is_first BOOLEAN, OUT ups BIGINT, OUT downs BIGINT
) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO vote (guild_id, montage_id, user_id, value, cast_at)
    VALUES (server, montage, person, choice, at)
    ON CONFLICT (guild_id, montage_id, user_id) DO UPDATE
    SET value = CASE WHEN takes_back AND vote.value = excluded.value THEN 0 ELSE excluded.value END,
        cast_at = CASE WHEN takes_back OR vote.value <> excluded.value THEN excluded.cast_at ELSE vote.cast_at END
    RETURNING vote.value INTO now;
    is_first := NOT EXISTS (
        SELECT 1 FROM vote AS another
        WHERE another.user_id = person AND another.guild_id = server AND another.montage_id <> montage);
    SELECT coalesce(max(tally.up), 0), coalesce(max(tally.down), 0) FROM tally
    WHERE tally.guild_id = server AND tally.montage_id = montage
    INTO ups, downs;
END $$;

CREATE TABLE suggestion (
    id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    guild_id   BIGINT NOT NULL,
    author_id  BIGINT,
    film       TEXT COLLATE "C" NOT NULL,
    year       BIGINT NOT NULL,
    scene      TEXT COLLATE "C" NOT NULL,
    why        TEXT COLLATE "C" NOT NULL,
    discipline TEXT COLLATE "C" NOT NULL,
    link       TEXT COLLATE "C",
    state      TEXT COLLATE "C" NOT NULL
        CHECK (state IN ('waiting', 'open', 'accepted', 'declined', 'withdrawn')),
    version    BIGINT NOT NULL DEFAULT 0,
    anonymous  BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    channel_id BIGINT,
    message_id BIGINT,
    trouble    TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE INDEX suggestion_by_server ON suggestion (guild_id, state);
CREATE INDEX suggestion_by_author ON suggestion (author_id, guild_id);

CREATE TABLE suggestion_event (
    id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    suggestion_id BIGINT NOT NULL REFERENCES suggestion (id) ON DELETE CASCADE,
    what          TEXT COLLATE "C" NOT NULL
        CHECK (what IN ('edited', 'posted', 'accepted', 'corrected', 'declined', 'withdrawn')),
    part          TEXT COLLATE "C" NOT NULL CHECK (part IN ('author', 'moderator', 'votes')),
    by_id         BIGINT,
    at            BIGINT NOT NULL,
    why           TEXT COLLATE "C" NOT NULL DEFAULT '',
    before        TEXT COLLATE "C" NOT NULL,
    undone_at     BIGINT,
    undone_by     BIGINT,
    told          BIGINT NOT NULL DEFAULT 0,
    steps         BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX suggestion_event_of ON suggestion_event (suggestion_id);
CREATE INDEX suggestion_event_untold ON suggestion_event (at) WHERE told = 0;
CREATE INDEX suggestion_event_by ON suggestion_event (by_id);

CREATE TABLE report (
    suggestion_id BIGINT NOT NULL REFERENCES suggestion (id) ON DELETE CASCADE,
    user_id       BIGINT NOT NULL,
    why           TEXT COLLATE "C" NOT NULL,
    at            BIGINT NOT NULL,
    settled_at    BIGINT,
    settled_by    BIGINT,
    settled_with  BIGINT,
    PRIMARY KEY (suggestion_id, user_id)
);

CREATE INDEX report_by_person ON report (user_id);

CREATE TABLE blocked (
    guild_id BIGINT NOT NULL,
    user_id  BIGINT NOT NULL,
    by_id    BIGINT,
    at       BIGINT NOT NULL,
    why      TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (guild_id, user_id)
);

CREATE TABLE notice_wanted (
    user_id BIGINT PRIMARY KEY
);

CREATE TABLE draft (
    id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    guild_id   BIGINT NOT NULL,
    author_id  BIGINT NOT NULL,
    film       TEXT COLLATE "C" NOT NULL,
    year       TEXT COLLATE "C" NOT NULL,
    scene      TEXT COLLATE "C" NOT NULL,
    why        TEXT COLLATE "C" NOT NULL,
    discipline TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    form       TEXT COLLATE "C" NOT NULL DEFAULT 'suggest',
    argument   TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE TABLE showing (
    scope_id   BIGINT NOT NULL,
    montage_id TEXT COLLATE "C" NOT NULL,
    times      BIGINT NOT NULL,
    shown_at   BIGINT NOT NULL,
    PRIMARY KEY (scope_id, montage_id)
);

CREATE TABLE arrival (
    montage_id TEXT COLLATE "C" PRIMARY KEY,
    arrived_at BIGINT NOT NULL
);

CREATE TABLE memo (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE guild_settings (
    guild_id BIGINT NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    value    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (guild_id, name)
);

CREATE TABLE duel (
    id        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    guild_id  BIGINT NOT NULL,
    first_id  TEXT COLLATE "C" NOT NULL,
    second_id TEXT COLLATE "C" NOT NULL,
    opened_at BIGINT NOT NULL
);

CREATE INDEX duel_by_server ON duel (guild_id);

CREATE TABLE duel_choice (
    duel_id   BIGINT NOT NULL REFERENCES duel (id) ON DELETE CASCADE,
    user_id   BIGINT NOT NULL,
    value     BIGINT NOT NULL CHECK (value IN (-1, 0, 1)),
    chosen_at BIGINT NOT NULL,
    PRIMARY KEY (duel_id, user_id)
);

CREATE INDEX duel_choice_by_person ON duel_choice (user_id);

CREATE TABLE server (
    guild_id BIGINT PRIMARY KEY,
    left_at  BIGINT
);

CREATE INDEX server_by_leaving ON server (left_at);

CREATE TABLE daily_pick (
    guild_id   BIGINT NOT NULL,
    montage_id TEXT COLLATE "C" NOT NULL,
    day        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (guild_id, montage_id)
);

CREATE UNIQUE INDEX daily_pick_of_day ON daily_pick (guild_id, day);

CREATE TABLE daily (
    guild_id      BIGINT PRIMARY KEY,
    channel_id    BIGINT NOT NULL,
    minute        BIGINT NOT NULL CHECK (minute BETWEEN 0 AND 1439),
    timezone      TEXT COLLATE "C" NOT NULL,
    filters       TEXT COLLATE "C" NOT NULL,
    role_id       BIGINT,
    thread        BIGINT NOT NULL DEFAULT 0 CHECK (thread IN (0, 1)),
    day           TEXT COLLATE "C" NOT NULL,
    due_at        BIGINT,
    failing_since BIGINT,
    problem       TEXT COLLATE "C"
);

CREATE INDEX daily_by_time ON daily (due_at);

CREATE TABLE daily_post (
    guild_id   BIGINT NOT NULL,
    day        TEXT COLLATE "C" NOT NULL,
    claimed_at BIGINT NOT NULL,
    message_id BIGINT,
    PRIMARY KEY (guild_id, day)
);

CREATE INDEX daily_post_by_time ON daily_post (claimed_at);

CREATE TABLE leftover_card (
    message_id    BIGINT PRIMARY KEY,
    channel_id    BIGINT NOT NULL,
    guild_id      BIGINT NOT NULL,
    suggestion_id BIGINT NOT NULL
);

CREATE TABLE erased_trace (
    guild_id      BIGINT NOT NULL,
    trace         TEXT COLLATE "C" NOT NULL,
    what          TEXT COLLATE "C" NOT NULL CHECK (what IN ('suggested', 'reported')),
    suggestion_id BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    PRIMARY KEY (guild_id, trace, what, suggestion_id)
);

CREATE INDEX erased_trace_by_suggestion ON erased_trace (suggestion_id);
CREATE INDEX erased_trace_by_age ON erased_trace (at);

CREATE TABLE blocked_trace (
    guild_id BIGINT NOT NULL,
    trace    TEXT COLLATE "C" NOT NULL,
    by_id    BIGINT,
    why      TEXT COLLATE "C" NOT NULL DEFAULT '',
    at       BIGINT NOT NULL,
    PRIMARY KEY (guild_id, trace)
);

CREATE TABLE origin (
    id           BIGINT PRIMARY KEY CHECK (id = 1),
    name         TEXT COLLATE "C" NOT NULL,
    erasures     BIGINT NOT NULL DEFAULT 0,
    backup       BIGINT,
    backed_up_at BIGINT,
    restored_at  BIGINT
);

INSERT INTO origin (id, name) VALUES (1, substr(replace(gen_random_uuid()::text, '-', ''), 1, 8));
