"""Fountain, the plain text that screenplays are written in (fountain.io, syntax 1.1)."""
