"""How fast wpmigrate is and how much memory it takes, beside other converters: ``make bench``."""
