"""Printed pages, set by Typst."""
