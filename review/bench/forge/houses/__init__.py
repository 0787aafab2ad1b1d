"""The houses: each tells a story in its own words and layout."""
