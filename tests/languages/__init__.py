"""Tests of what the bot says in other languages."""
