"""One folder a feed: its manifest, its crawler, a sample and its test."""
