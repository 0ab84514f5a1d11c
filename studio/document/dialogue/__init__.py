"""Conversations as values: their model, script language, interpreter, validator and walks."""
