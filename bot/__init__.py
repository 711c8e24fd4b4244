"""A Discord bot for people who love training montages."""
