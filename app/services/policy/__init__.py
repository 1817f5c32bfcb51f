"""Programme documents as data: what a policy pack holds, and how it is read, checked and shown."""
