"""Behind the staff page."""
