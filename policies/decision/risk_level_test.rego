package puntari.decision_test

import data.puntari.decision

# Each level with its neighbour below.
test_risk_level[name] if {
	some name, case in {
		"very_low: nothing found": ["very_low", {}, {}],
		"low: people, nothing found": ["low", {}, {"people": true}],
		"low: assets, nothing found": ["low", {}, {"assets": true}],
		"low: one": ["low", {"low": 1}, {}],
		"low: any number of low findings": ["low", {"low": 20}, {}],
		"moderate: one": ["moderate", {"moderate": 1}, {}],
		"moderate: three do not crowd": ["moderate", {"moderate": 3, "low": 9}, {"people": true}],
		"high: one": ["high", {"high": 1}, {}],
		"high: four moderate crowd": ["high", {"moderate": 4}, {}],
		"high: three moderate and a high": ["high", {"moderate": 3, "high": 1}, {}],
		"high: two do not crowd": ["high", {"high": 2, "moderate": 9}, {}],
		"very_high: one": ["very_high", {"very_high": 1}, {}],
		"very_high: three high crowd": ["very_high", {"high": 3}, {}],
		"very_high: two high and a very high": ["very_high", {"high": 2, "very_high": 1}, {}],
	}
	[level, levels, changes] := case
	decision.risk_level == level with input as _with(object.union(changes, {"levels": levels}))
}

# Procedural items and small harm never block.
test_can_block[name] if {
	some name, case in {
		"a hard stop": [{"severity": 2, "hardStop": "G1", "procedural": true}, {"RISK-1"}],
		"severity 3": [{"severity": 3, "hardStop": "", "procedural": false}, {"RISK-1"}],
		"severity 2": [{"severity": 2, "hardStop": "", "procedural": false}, set()],
		"procedural": [{"severity": 5, "hardStop": "", "procedural": true}, set()],
	}
	[item, blocking] := case
	decision.can_block == blocking with data.risk as {"RISK-1": item}
}
