"""What a rollout is and what a plan is: frozen records, and the one definition of each rule and cost."""
