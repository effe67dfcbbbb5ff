"""The process that makes ballot boxes, sends mail, releases measurements and throws away what is old."""
