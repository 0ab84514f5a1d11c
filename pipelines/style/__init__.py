"""Style: GAN translators and feed-forward painting styles, for pictures of any size."""
