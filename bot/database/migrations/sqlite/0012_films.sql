-- What TMDB has said of films, while there is a token for it. `source` is the IMDb id that was asked about, or a
-- code made of title and year; `checked_at` is when it answered.
CREATE TABLE film (
    source     TEXT    PRIMARY KEY,
    kind       TEXT    NOT NULL,  -- movie or tv; empty: it knows none, or more than one
    number     INTEGER NOT NULL,  -- its own number for the film
    poster     TEXT    NOT NULL,  -- the path of the picture on its image host; empty: none
    trailer    TEXT    NOT NULL,  -- the video's id on YouTube; empty: none
    checked_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Where a film can be watched: only of films that somebody asked it of, for a list takes some 20 kB.
CREATE TABLE film_offers (
    source     TEXT    PRIMARY KEY REFERENCES film (source) ON DELETE CASCADE,
    offers     TEXT    NOT NULL,  -- JSON: {region: {kind of offer: [service, …]}}
    checked_at INTEGER NOT NULL
);
