"""Findings, results, objections, figures and the papers of a round."""
