package puntari.risk.rights_test

import data.puntari.risk.rights
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in rights[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in rights[row] with input as miss with data.params as testing.params
	}
}

# An item passes when no row holds.
test_no_row[name] if {
	some name, facts in _no_row
	[id, "pass"] = testing.subject(name)
	_holding(id) == set() with input as testing.input_of(facts) with data.params as testing.params
}

# No row holds by silence.
test_silence[name] if {
	some id in {id | some case, _ in _rows; [id, _] := testing.subject(case)}
	name := concat(" ", [id, "unknown: nothing is known"])
	_holding(id) == set() with input as {} with data.params as testing.params
}

_holding(id) := {row | some row in testing.rows; id in rights[row]}

_rows := {
	"RISK-IPR-01 fail: rights of others, and no source is named": [
		"is.rights.rightsHolder.third_party",
		"is.rights.thirdPartySources.size.lowest: 0, not 1",
	],
	"RISK-IPR-01 fail: rights of others, and a source gives no permission": [
		"is.rights.rightsHolder.third_party",
		"is.rights.thirdPartySources.entries.0.isnt.allowsRedistribution.yes",
	],
	"RISK-IPR-01 concern: others have a share in the rights": ["is.rights.rightsHolder.others"],
	"RISK-IPR-01 concern: no open licence": ["is.rights.licence.closed"],
	"RISK-IPR-02 fail: a source forbids redistribution": ["is.rights.thirdPartySources.allowsRedistribution.no"],
	"RISK-IPR-02 fail: the terms of contributors forbid it": ["is.rights.contributorTermsAllow.no"],
	"RISK-IPR-02 na: nothing from others": [
		"is.rights.thirdPartySources.size.lowest: 0, not 1",
		"is.rights.contributorTermsAllow.not_applicable",
	],
	"RISK-IPR-02 concern: a source gives no permission": [
		"is.rights.thirdPartySources.entries.0.isnt.allowsRedistribution.yes",
	],
	"RISK-IPR-02 concern: a source wants the same licence, ours differs": [
		"is.rights.thirdPartySources.shareAlike.yes",
		"isnt.rights.licence.other_open",
	],
	"RISK-IPR-03 fail: a contract forbids it": ["is.rights.contractRestrictions.yes"],
	"RISK-IPR-03 fail: the processor's contract forbids it": [
		"is.governance.processorInvolved.yes_contract_forbids",
	],
	"RISK-IPR-03 concern: the processor's contract says nothing": [
		"is.governance.processorInvolved.yes_contract_silent",
	],
	"RISK-IPR-03 concern: somebody has an exclusive right": ["is.rights.exclusiveArrangement.yes"],
}

_no_row := {
	"RISK-IPR-01 pass: own rights, open licence": [
		"is.rights.rightsHolder.own",
		"is.rights.licence.open",
		"is.rights.thirdPartySources.size.lowest: 0",
	],
	"RISK-IPR-02 pass: a source that permits everything": [
		"is.rights.thirdPartySources.size.lowest: 1",
		"is.rights.thirdPartySources.entries.0.is.allowsRedistribution.yes",
		"is.rights.thirdPartySources.shareAlike.no",
		"isnt.rights.licence.other_open",
		"is.rights.contributorTermsAllow.yes",
	],
	"RISK-IPR-03 pass: contracts allow it": [
		"is.rights.contractRestrictions.no",
		"is.governance.processorInvolved.yes_contract_allows",
		"is.rights.exclusiveArrangement.no",
	],
}
