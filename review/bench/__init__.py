"""Measurements that anyone can repeat: `case-review bench NAME`. Ratios and tables, no verdicts."""
