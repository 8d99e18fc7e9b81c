"""How fast the advisor is and how much memory it takes, against named baselines of the same run.

``python -m benchmarks [PART]...`` starts real servers on loopback and talks to them over real websockets.
"""
