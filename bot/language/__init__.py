"""What the library and the dialogue both need of language: sentence vectors, phrases, words, states."""
