"""The version of the reader, kept with everything that it read."""

READER_VERSION = "5"
"""Counts up with every release that reads the same bytes otherwise (lines, boxes, order, marks).

What was read by an earlier one stays in force until a person has compared the two readings.
"""
