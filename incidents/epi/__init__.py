"""Field epidemiology as pure functions: what cases' times and meals tell (3.4.2); they suggest and decide nothing."""
