"""Models of the Hugging Face hub: asked for, confirmed, and fetched into the ordinary cache."""
