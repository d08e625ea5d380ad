"""JSON routes for programs: keys, error shapes, and the routes themselves. What they answer, lower rooms know."""
