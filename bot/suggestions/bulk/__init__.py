"""Many suggestions at once: lists that come in from a file, and that go out as one."""
