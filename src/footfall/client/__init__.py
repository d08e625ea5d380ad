"""Footfall for programs."""
