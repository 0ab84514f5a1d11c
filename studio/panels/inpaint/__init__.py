"""The Inpaint panel: a canvas where only what was painted changes."""
