"""Pages for people who are no members of a site: public dashboards, shared links, frames, pictures of charts."""
