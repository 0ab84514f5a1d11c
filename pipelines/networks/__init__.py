"""Convolutional networks of others: recognised by their weights, built, run out of core."""
