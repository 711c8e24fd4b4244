-- Once a server chose a language for dates alone: that is the one it wants to be spoken to in.
UPDATE guild_settings SET value = '"pt_BR"' WHERE name = 'date_language' AND value = '"pt"';
UPDATE guild_settings SET name = 'language' WHERE name = 'date_language';
