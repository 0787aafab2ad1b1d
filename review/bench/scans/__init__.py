"""Recognition of noisy scans, measured against what was drawn, beside other engines."""
