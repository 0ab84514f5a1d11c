"""The story bible: characters, places, looks, props and lore, and how they feed what is made."""
