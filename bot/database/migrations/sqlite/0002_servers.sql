-- What each server chose, one row per choice; a choice that is not here is the default. value is JSON.
CREATE TABLE guild_settings (
    guild_id INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    PRIMARY KEY (guild_id, name)
) WITHOUT ROWID;
