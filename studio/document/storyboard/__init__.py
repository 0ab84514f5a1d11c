"""Storyboards: sequences of scenes of shots of frames, as documents of a project."""
