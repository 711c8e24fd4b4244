"""What TMDB knows of the films that montages are from: posters, trailers, where to watch. Only with a token."""

from bot.films.buttons import WatchButton
from bot.films.cards import poster
from bot.films.client import TMDBClient
from bot.films.feature import setup
from bot.films.films import FilmLinks, Films
from bot.films.store import FilmStore

__all__ = ["FilmLinks", "FilmStore", "Films", "TMDBClient", "WatchButton", "poster", "setup"]
