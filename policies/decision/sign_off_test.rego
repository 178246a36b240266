package puntari.decision_test

import data.puntari.decision
import data.puntari.testing

test_sign_off[name] if {
	some name, case in {
		"open": [{"open"}, {}],
		"open, people": [{"open"}, {"people": true}],
		"open, a finding about security": [{"open", "security_finding"}, {"themes": {"SAF": {"moderate": 1}}}],
		"after measures": [{"mitigations_no_persons"}, {"levels": {"moderate": 1}}],
		"after measures, people": [{"mitigations_persons"}, {"levels": {"moderate": 1}, "people": true}],
		"after measures, a finding about security": [
			{"mitigations_no_persons", "security_finding"},
			{"levels": {"moderate": 1}, "themes": {"SAF": {"moderate": 1}}},
		],
		"restricted": [{"closed"}, {"blocked": true, "channel": _channel}],
		"not opened": [{"closed"}, {"blocked": true, "people": true}],
		"not opened, a finding about security": [
			{"closed", "security_finding"},
			{"blocked": true, "themes": {"SAF": {"very_high": 1}}},
		],
		"after measures, a high finding about security": [
			{"mitigations_no_persons", "security_finding"},
			{"levels": {"high": 1}, "themes": {"SAF": {"high": 1}}},
		],
		"open, a low finding about security": [{"open"}, {"themes": {"SAF": {"low": 1, "moderate": 0}}}],
		"open, a finding about people": [{"open"}, {"themes": {"PER": {"moderate": 1}}}],
		"undecided, a finding about security": [set(), {"undecided": true, "themes": {"SAF": {"moderate": 1}}}],
		"undecided": [set(), {"undecided": true, "people": true}],
	}
	[rules, changes] := case
	decision.sign_off == rules with input as _with(changes)
		with data.risk as _ten_items
		with data.params as testing.params
}
