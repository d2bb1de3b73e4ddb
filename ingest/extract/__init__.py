"""Facts from text: one module a kind of fact."""
