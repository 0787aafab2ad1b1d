"""From one paper to its facts: what every paper carries, then what its kind adds."""
