"""Invents a county's month of duty so that the demo, trials and training run on lifelike figures of nobody."""
