"""The models: everything that computes a picture or a text, without Qt."""

__version__ = "0.1.0"
