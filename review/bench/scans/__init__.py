"""Recognition of noisy scans, measured line by line against what was drawn, beside other engines."""
