"""What the library and the dialogue both need of language: sentence vectors, phrases, words, places.

Import from the modules: a process that only tags phrases need not load onnxruntime.
"""
