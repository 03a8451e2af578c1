"""HTTP: the browser chat, pages, links, the sandbox's own pages, and the admins' API."""
