"""The Imagine panel: words become pictures."""
