"""Changing a part of a picture: what a mask covers, and not a pixel more."""
