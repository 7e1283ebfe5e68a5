"""Pages for staff: Jinja2 templates, no script inline, nothing from outside."""
