"""How fast the bot is, beside a bare discord.py client: `python -m tests.bench`."""
