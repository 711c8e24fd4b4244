-- Cards in channels whose author was forgotten, until they are redrawn without the name, or deleted.
CREATE TABLE leftover_card (
    message_id    INTEGER PRIMARY KEY,
    channel_id    INTEGER NOT NULL,
    guild_id      INTEGER NOT NULL,
    suggestion_id INTEGER NOT NULL
);
