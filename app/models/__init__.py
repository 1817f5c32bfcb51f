"""Tables, the engine, migrations, journal and change log; no rules, no Qt."""
