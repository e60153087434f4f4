"""Running the office: preparing its folder, a demonstration, the servers, and what a real installation lacks."""
