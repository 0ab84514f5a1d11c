"""The Models panel: what is on this disk, the starter set, and what the hub has."""
