"""The demonstration: a county and its stations live through a month, by the commands the windows use."""
