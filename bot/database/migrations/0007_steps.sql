-- What follows from a decision are steps that fail apart: a card that is lost keeps no announcement back, and what was
-- announced is not announced again because the author's notice is late. A sum of 1 (card), 2 (announcement), 4 (notice).
ALTER TABLE suggestion_event ADD COLUMN steps INTEGER NOT NULL DEFAULT 0;
