"""Facts to a knowledge base: storage, agreement, publication. Imports ingest; never the other way round."""
