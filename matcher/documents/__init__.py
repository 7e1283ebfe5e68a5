"""Word documents: what each holds, the templates they are written from, the one door to docxtpl."""
