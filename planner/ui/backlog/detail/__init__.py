"""All about one shop: data, plan, phases, money and history, beside the table or in its place."""
