"""Components drawn in the browser: their HTML, CSS and JS, and the data they are given."""
