"""Storyboards from scripts, and as the files that other programs open."""
