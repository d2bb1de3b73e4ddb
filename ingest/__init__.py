"""Bytes to facts: reads circulars in English and Chinese. No database, no network, no command line."""
