"""Behind the staff page: the PIN, the sticks, the last errors, and the thread that serves it."""
