"""Which attendance and evidence belongs to which duty."""
