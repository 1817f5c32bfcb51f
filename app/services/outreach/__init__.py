"""What duties do beside consultations: activities, referrals, visits, market days."""
