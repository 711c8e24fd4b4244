"""/moderate: the queue, the panel on one suggestion, blocks, and who is a moderator."""
