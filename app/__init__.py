"""惠民法律服务台: the office program of the free legal advice and legal aid programme."""

__version__ = "0.1.0"
RELEASE = 1
"""Counts the releases, upwards only; an update installs over a lower number and never over a higher one."""
