package puntari.decision_test

import data.puntari.decision
import data.puntari.testing

# A dataset without any finding; cases name what is different.
_harmless := {
	"blocked": false,
	"undecided": false,
	"people": false,
	"assets": false,
	"unknown_items": 0,
	"value": 50,
	"readiness": 50,
	"levels": {"very_low": 0, "low": 0, "moderate": 0, "high": 0, "very_high": 0},
	"failing": {},
	"themes": {},
	"channel": {"named": false, "basis": false},
	"measures": [],
}

_with(changes) := object.union(_harmless, changes)

# Ten risk items, so that two unknown ones are as many as the policy bears.
_ten_items := {id: {"severity": 2, "hardStop": "", "procedural": true} | some id in numbers.range(1, 10)}

_channel := {"named": true, "basis": true}

_suffices := {"outcome": "OPEN", "same_product": true}

_measure(channel, basis) := {
	"code": "M18",
	"status": "proposed",
	"params": {"channel": channel, "basis": basis},
}

test_outcome[name] if {
	some name, case in {
		"OPEN: nothing found": ["OPEN", {}],
		"OPEN: a low risk": ["OPEN", {"levels": {"low": 3}}],
		"OPEN: a single low risk": ["OPEN", {"levels": {"low": 1}}],
		"OPEN: nothing found, and changes are proposed": ["OPEN", {"what_if": _suffices}],
		"OPEN: value is low": ["OPEN", {"value": 0, "readiness": 0}],
		"OPEN: as many unknown items as the policy bears": ["OPEN", {"unknown_items": 2}],
		"OPEN_AFTER_MITIGATIONS: a moderate risk": ["OPEN_AFTER_MITIGATIONS", {"levels": {"moderate": 1}}],
		"OPEN_AFTER_MITIGATIONS: a high risk": ["OPEN_AFTER_MITIGATIONS", {"levels": {"high": 1}}],
		"OPEN_AFTER_MITIGATIONS: a very high risk": ["OPEN_AFTER_MITIGATIONS", {"levels": {"very_high": 1}}],
		"OPEN_AFTER_MITIGATIONS: blocked, and the changes suffice": [
			"OPEN_AFTER_MITIGATIONS",
			{"blocked": true, "what_if": _suffices},
		],
		"OPEN_AFTER_MITIGATIONS: blocked, and the changes lead to an opening with measures": [
			"OPEN_AFTER_MITIGATIONS",
			{"blocked": true, "what_if": object.union(_suffices, {"outcome": "OPEN_AFTER_MITIGATIONS"})},
		],
		"OPEN_AFTER_MITIGATIONS: undecided, and the changes suffice": [
			"OPEN_AFTER_MITIGATIONS",
			{"undecided": true, "what_if": _suffices},
		],
		"OPEN_AFTER_MITIGATIONS: too much unknown, and the changes suffice": [
			"OPEN_AFTER_MITIGATIONS",
			{"unknown_items": 3, "what_if": _suffices},
		],
		"RESTRICTED: a channel with its basis": ["RESTRICTED", {"blocked": true, "value": 40, "channel": _channel}],
		"RESTRICTED: a measure names channel and basis": [
			"RESTRICTED",
			{"blocked": true, "value": 40, "measures": [_measure("permit_authority", "Act 552/2019")]},
		],
		"DO_NOT_OPEN: blocked": ["DO_NOT_OPEN", {"blocked": true}],
		"DO_NOT_OPEN: blocked and undecided": ["DO_NOT_OPEN", {"blocked": true, "undecided": true}],
		"DO_NOT_OPEN: the changes make another product": [
			"DO_NOT_OPEN",
			{"blocked": true, "what_if": {"outcome": "OPEN", "same_product": false}},
		],
		"DO_NOT_OPEN: the changes do not suffice": [
			"DO_NOT_OPEN",
			{"blocked": true, "what_if": {"outcome": "DO_NOT_OPEN", "same_product": true}},
		],
		"DO_NOT_OPEN: a channel for data of little value": [
			"DO_NOT_OPEN",
			{"blocked": true, "value": 39, "channel": _channel},
		],
		"DO_NOT_OPEN: a channel for classified data": [
			"DO_NOT_OPEN",
			{"blocked": true, "channel": _channel, "failing": {"RISK-SAF-04": true}},
		],
		"RESTRICTED: another item fails": [
			"RESTRICTED",
			{"blocked": true, "channel": _channel, "failing": {"RISK-SAF-01": true}},
		],
		"DO_NOT_OPEN: a channel without a basis": [
			"DO_NOT_OPEN",
			{"blocked": true, "channel": {"named": true, "basis": false}},
		],
		"DO_NOT_OPEN: a basis without a channel": [
			"DO_NOT_OPEN",
			{"blocked": true, "channel": {"named": false, "basis": true}},
		],
		"DO_NOT_OPEN: a measure without a channel": [
			"DO_NOT_OPEN",
			{"blocked": true, "measures": [_measure("", "Act 552/2019")]},
		],
		"DO_NOT_OPEN: a measure without a basis": [
			"DO_NOT_OPEN",
			{"blocked": true, "measures": [_measure("permit_authority", "")]},
		],
		"DO_NOT_OPEN: a channel in a measure of another kind": [
			"DO_NOT_OPEN",
			{"blocked": true, "measures": [object.union(_measure("permit_authority", "Act 552/2019"), {"code": "M17"})]},
		],
		"INSUFFICIENT_INFORMATION: an open question may block": ["INSUFFICIENT_INFORMATION", {"undecided": true}],
		"INSUFFICIENT_INFORMATION: an open question and a high risk": [
			"INSUFFICIENT_INFORMATION",
			{"undecided": true, "levels": {"high": 1}},
		],
		"INSUFFICIENT_INFORMATION: a channel does not answer": [
			"INSUFFICIENT_INFORMATION",
			{"undecided": true, "channel": _channel},
		],
		"INSUFFICIENT_INFORMATION: more unknown items than the policy bears": [
			"INSUFFICIENT_INFORMATION",
			{"unknown_items": 3},
		],
	}
	[outcome, changes] := case
	decision.outcome == outcome with input as _with(changes)
		with data.risk as _ten_items
		with data.params as testing.params
}

test_insufficient if {
	decision.insufficient with input as _with({"undecided": true})
	not decision.insufficient with input as _with({"blocked": true})
}

test_too_much_unknown[name] if {
	some name, case in {
		"as many unknown items as the policy bears": [2, false],
		"one more": [3, true],
	}
	[unknown, too_much] := case
	decision.too_much_unknown == too_much with input as _with({"unknown_items": unknown})
		with data.risk as _ten_items
		with data.params as testing.params
}

# Each place with its neighbour below; only open outcomes have a place in the queue.
test_priority[name] if {
	some name, case in {
		"P1: value and readiness high": ["P1", 60, 60, {}],
		"P2: value high, not ready": ["P2", 60, 59, {}],
		"P2: value moderate, ready": ["P2", 40, 60, {}],
		"P2: value just under high, ready": ["P2", 59, 60, {}],
		"P3: value moderate, not ready": ["P3", 40, 59, {}],
		"P3: value just under high, not ready": ["P3", 59, 59, {}],
		"P3: value low, ready": ["P3", 20, 60, {}],
		"P3: value just under moderate, ready": ["P3", 39, 60, {}],
		"P4: value low, not ready": ["P4", 39, 59, {}],
		"P4: value very low, ready": ["P4", 19, 100, {}],
		"P1: after measures": ["P1", 60, 60, {"levels": {"moderate": 1}}],
		"none: blocked": [null, 60, 60, {"blocked": true}],
		"none: restricted": [null, 60, 60, {"blocked": true, "channel": _channel}],
		"none: undecided": [null, 60, 60, {"undecided": true}],
	}
	[priority, value, readiness, changes] := case
	decision.priority == priority with input as _with(object.union(changes, {"value": value, "readiness": readiness}))
		with data.risk as _ten_items
		with data.params as testing.params
}

# The document says what its rules say.
test_decision[part] if {
	some part, value in {
		"outcome": "OPEN",
		"risk_level": "low",
		"priority": "P3",
		"sign_off": ["open"],
		"insufficient": false,
		"too_much_unknown": false,
		"holding_levels": ["high", "moderate", "very_high"],
	}
	decision.decision[part] == value with input as _with({"assets": true})
		with data.risk as _ten_items
		with data.params as testing.params
}
