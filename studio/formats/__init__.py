"""Parsers and exporters: no Qt, no torch."""
