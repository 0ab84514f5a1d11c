"""The panels. None imports another."""
