package puntari.risk.confidentiality_test

import data.puntari.risk.confidentiality
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in confidentiality[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in confidentiality[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in confidentiality[row]}

_rows := {
	"RISK-CON-01 fail: classified for security": ["is.confidentiality.publicityStatus.security_classified"],
	"RISK-CON-01 fail: secret content in the release": ["is.confidentiality.secretContentInRelease.yes"],
	"RISK-CON-01 fail: a secret source that is not aggregated": [
		"is.confidentiality.publicityStatus.closed",
		"isnt.personalData.releaseLevel.aggregated",
	],
	"RISK-CON-01 fail: a secret source whose secret parts may remain": [
		"is.confidentiality.publicityStatus.closed",
		"isnt.confidentiality.secretContentInRelease.no",
	],
	"RISK-CON-01 fail: not public yet, and no day set": [
		"is.confidentiality.publicityStatus.discretionary_not_yet_public",
		"unproven.confidentiality.embargoUntil.set",
	],
	"RISK-CON-01 concern: a source secret in part": ["is.confidentiality.publicityStatus.secret_wholly_or_partly"],
	"RISK-CON-01 concern: not public yet, the day is to come": [
		"is.confidentiality.publicityStatus.discretionary_not_yet_public",
		"is.confidentiality.embargoUntil.days.highest: 1, not 0",
	],
	"RISK-CON-02 fail: secret content in the release": ["is.confidentiality.secretContentInRelease.yes"],
	"RISK-CON-02 fail: unconditional secrecy, single people": [
		"is.confidentiality.secrecyGrounds.harmClause.absolute",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-CON-02 concern: a ground for secrecy, neither reviewed nor dealt with": [
		"is.confidentiality.secrecyGrounds.size.highest: 1, not 0",
		"unproven.governance.legalReview.done",
		"unproven.mitigations.status.done",
	],
	"RISK-CON-03 fail: disclosure not allowed": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.confidentiality.personRegisterDisclosure.not_allowed",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-CON-03 fail: pseudonymised from a register not yet assessed": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.confidentiality.personRegisterDisclosure.needs_assessment",
		"is.personalData.releaseLevel.identifiable",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-CON-03 na: nobody in the release": testing.nobody,
	"RISK-CON-03 na: aggregated": ["is.personalData.releaseLevel.aggregated"],
	"RISK-CON-03 concern: a register whose disclosure had to be assessed": [
		"is.confidentiality.personRegisterDisclosure.assessment_needed",
	],
	"RISK-CON-04 fail: tax or patient data on single people": [
		"is.confidentiality.sectorSecrecy.sector_law",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-CON-04 concern: tax or patient data, neither reviewed nor tested": [
		"is.confidentiality.sectorSecrecy.sector_law",
		"unproven.disclosureControl.independentReview.yes",
		"unproven.disclosureControl.intruderTest.done_no_match",
	],
	"RISK-CON-05 fail: trade secrets whose owners were not asked": [
		"is.confidentiality.tradeSecrets.yes",
		"isnt.confidentiality.ownersConsulted.yes",
	],
	"RISK-CON-05 fail: one company dominates a figure": ["is.disclosureControl.dominanceRule.not_applied"],
	"RISK-CON-05 na: no trade secrets and no companies": [
		"is.confidentiality.tradeSecrets.no",
		"isnt.dataset.rowSubject.company",
	],
	"RISK-CON-05 concern: trade secrets": ["is.confidentiality.tradeSecrets.yes"],
	"RISK-CON-06 fail: promised, and people can be told apart": [
		"is.personalData.confidentialityPromised.yes",
		"is.personalData.releaseLevel.identifiable",
	],
	"RISK-CON-06 fail: promised, and groups of four": [
		"is.personalData.confidentialityPromised.yes",
		"is.personalData.releaseLevel.record_anonymised",
		"is.profile.kMin.lowest: 4, not 5",
	],
	"RISK-CON-06 na: nobody in the release": testing.nobody,
	"RISK-CON-06 na: nothing promised": ["is.personalData.confidentialityPromised.no"],
	"RISK-CON-06 concern: promised, and single people published": [
		"is.personalData.confidentialityPromised.yes",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-CON-06 concern: promised, and people not informed": [
		"is.personalData.confidentialityPromised.yes",
		"isnt.personalData.subjectsInformed.yes",
	],
	"RISK-CON-07 fail: a procurement under way, and no day set": [
		"is.confidentiality.pendingMatter.pending",
		"unproven.confidentiality.embargoUntil.set",
	],
	"RISK-CON-07 concern: a procurement under way, the day is to come": [
		"is.confidentiality.pendingMatter.pending",
		"is.confidentiality.embargoUntil.days.highest: 1, not 0",
	],
}

_no_row := {
	"RISK-CON-01 pass: a public source": [
		"is.confidentiality.publicityStatus.public",
		"is.confidentiality.secretContentInRelease.no",
		"unproven.confidentiality.embargoUntil.set",
	],
	"RISK-CON-01 pass: not public yet, and the day has come": [
		"is.confidentiality.publicityStatus.discretionary_not_yet_public",
		"is.confidentiality.embargoUntil.set",
		"is.confidentiality.embargoUntil.days.highest: 0",
	],
	"RISK-CON-02 pass: no ground for secrecy": [
		"is.confidentiality.secretContentInRelease.no",
		"is.confidentiality.secrecyGrounds.size.highest: 0",
		"unproven.governance.legalReview.done",
		"unproven.mitigations.status.done",
	],
	"RISK-CON-03 pass: a law allows disclosure": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.personalData.releaseLevel.record_level",
		"is.confidentiality.personRegisterDisclosure.specific_law_allows",
	],
	"RISK-CON-04 pass: no law of a sector": [
		"is.confidentiality.sectorSecrecy.none",
		"is.personalData.releaseLevel.record_level",
		"unproven.disclosureControl.independentReview.yes",
		"unproven.disclosureControl.intruderTest.done_no_match",
	],
	"RISK-CON-05 pass: companies without trade secrets, none dominates": [
		"is.confidentiality.tradeSecrets.no",
		"is.dataset.rowSubject.company",
		"is.disclosureControl.dominanceRule.applied",
	],
	"RISK-CON-06 pass: promised, aggregated, people informed": [
		"is.personalData.confidentialityPromised.yes",
		"is.personalData.releaseLevel.aggregated",
		"is.personalData.subjectsInformed.yes",
	],
	"RISK-CON-07 pass: nothing pending": [
		"is.confidentiality.pendingMatter.none",
		"unproven.confidentiality.embargoUntil.set",
	],
	"RISK-CON-07 pass: a procurement whose day has come": [
		"is.confidentiality.pendingMatter.pending",
		"is.confidentiality.embargoUntil.days.highest: 0",
	],
}
