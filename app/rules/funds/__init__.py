"""What a case is paid, from which fund, and whether a fund can bear it; pure."""
