"""What the search engine is held to: documents, queries, and the answers that both languages must give."""
