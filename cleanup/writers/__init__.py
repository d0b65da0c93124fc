"""What a script is written as: pages for sites, and JSON."""
