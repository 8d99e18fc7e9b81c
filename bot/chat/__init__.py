"""The public gateway: websocket protocol, sessions, delivery, static files."""
