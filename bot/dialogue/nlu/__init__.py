"""Our components of Rasa's NLU pipeline, named in `config.yml`."""
