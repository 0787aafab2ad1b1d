"""Rectification lists to verified closure, reminders and accountability."""
