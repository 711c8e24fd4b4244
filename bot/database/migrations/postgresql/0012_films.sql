CREATE TABLE film (
    source     TEXT COLLATE "C" PRIMARY KEY,
    kind       TEXT COLLATE "C" NOT NULL,
    number     BIGINT NOT NULL,
    poster     TEXT COLLATE "C" NOT NULL,
    trailer    TEXT COLLATE "C" NOT NULL,
    checked_at BIGINT NOT NULL
);

CREATE TABLE film_offers (
    source     TEXT COLLATE "C" PRIMARY KEY REFERENCES film (source) ON DELETE CASCADE,
    offers     TEXT COLLATE "C" NOT NULL,
    checked_at BIGINT NOT NULL
);
