"""What pictures say about how they were made: one module a tool, all pure functions on text."""
