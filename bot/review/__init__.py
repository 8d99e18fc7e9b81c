"""The support team's console: pages behind a login, on the real records."""
