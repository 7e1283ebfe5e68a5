"""Who may do what: passwords, sessions, CSRF tokens, roles and scope, portal keys, lockout."""
