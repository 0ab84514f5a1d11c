"""Enlarging: GAN super-resolution to any size, tile by tile."""
