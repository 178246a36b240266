package puntari.risk.security_test

import data.puntari.risk.security
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in security[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in security[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in security[row]}

_rows := {
	"RISK-SAF-01 fail: the review refused it": [
		"is.security.assetClasses.asset",
		"is.security.reviewDone.yes_rejected",
	],
	"RISK-SAF-01 fail: how sites are controlled, without full approval": [
		"is.security.assetClasses.asset",
		"is.security.detailLevel.inner",
		"isnt.security.reviewDone.yes_approved",
		"isnt.security.detailLevel.capacity_or_condition",
	],
	"RISK-SAF-01 fail: networks from inside, without full approval": [
		"is.security.assetClasses.asset",
		"is.security.detailLevel.inner",
		"isnt.security.reviewDone.yes_approved",
		"is.security.assetClasses.other_than_service_buildings",
	],
	"RISK-SAF-01 fail: a critical entity, not reviewed": [
		"is.security.assetClasses.asset",
		"is.security.criticalEntity.yes",
		"isnt.security.reviewDone.accepted",
	],
	"RISK-SAF-01 na: nothing of the kind is listed": ["isnt.security.assetClasses.asset"],
	"RISK-SAF-01 concern: the review accepts it on conditions": ["is.security.reviewDone.yes_conditions"],
	"RISK-SAF-01 concern: inner workings, without full approval": [
		"is.security.detailLevel.inner",
		"isnt.security.reviewDone.yes_approved",
	],
	"RISK-SAF-01 concern: exact places that may help an attacker": [
		"is.security.detailLevel.exact_location",
		"isnt.security.usefulToAttacker.no",
		"isnt.security.uniqueSource.already_public",
	],
	"RISK-SAF-02 fail: useful to an attacker and found nowhere else": [
		"is.security.assetClasses.asset",
		"is.security.usefulToAttacker.yes",
		"is.security.uniqueSource.unique",
	],
	"RISK-SAF-02 fail: useful to an attacker, finer than elsewhere, not reviewed": [
		"is.security.assetClasses.asset",
		"is.security.usefulToAttacker.yes",
		"is.security.uniqueSource.more_precise_than_public",
		"isnt.security.reviewDone.accepted",
	],
	"RISK-SAF-02 na: nothing of the kind is listed": ["isnt.security.assetClasses.asset"],
	"RISK-SAF-02 concern: useful to an attacker, finer than elsewhere": [
		"is.security.usefulToAttacker.yes",
		"is.security.uniqueSource.more_precise_than_public",
	],
	"RISK-SAF-03 fail: put together it shows something sensitive": [
		"is.security.mosaicResult.new_sensitive_insight",
	],
	"RISK-SAF-03 fail: how a site is controlled, not looked at together": [
		"is.security.assetClasses.asset",
		"is.security.mosaicAssessed.no",
		"is.security.detailLevel.control",
	],
	"RISK-SAF-03 fail: exact places, not looked at together": [
		"is.security.assetClasses.asset",
		"is.security.mosaicAssessed.no",
		"is.security.detailLevel.place_or_capacity",
		"isnt.security.usefulToAttacker.no",
		"isnt.security.uniqueSource.already_public",
	],
	"RISK-SAF-03 na: neither assets nor people": array.concat(testing.nobody, [
		"isnt.security.assetClasses.asset",
	]),
	"RISK-SAF-03 concern: not looked at together": ["is.security.mosaicAssessed.no"],
	"RISK-SAF-04 fail: classified for security": ["is.confidentiality.securityClassification.classified"],
	"RISK-SAF-05 fail: details of systems": ["is.security.itDetailsPresent.yes"],
	"RISK-SAF-05 fail: the scan found network addresses": ["is.profile.piiHits.pattern.network_address"],
	"RISK-SAF-06 fail: under way now": [
		"is.security.liveOperations.yes",
		"is.temporal.releaseLag.days.lowest: 0, not 1",
	],
	"RISK-SAF-06 na: neither live nor of operations under way": [
		"isnt.dataset.accrualPeriodicity.live",
		"is.security.liveOperations.no",
	],
	"RISK-SAF-06 concern: of operations, though late": ["is.security.liveOperations.yes"],
	"RISK-SAF-07 fail: protected sites within a kilometre": [
		"is.security.assetClasses.protected_site",
		"is.spatial.resolutionM.lowest: 999, not 1000",
	],
	"RISK-SAF-07 na: nothing of the kind is listed": ["isnt.security.assetClasses.protected_site"],
	"RISK-SAF-07 concern: protected sites within ten kilometres": [
		"is.spatial.resolutionM.lowest: 9999, not 10000",
	],
}

_no_row := {
	"RISK-SAF-01 pass: assets by their rough place": [
		"is.security.assetClasses.asset",
		"is.security.assetClasses.other_than_service_buildings",
		"is.security.detailLevel.outer",
		"is.security.criticalEntity.no",
		"is.security.reviewDone.not_needed",
		"isnt.security.reviewDone.accepted",
		"isnt.security.reviewDone.yes_approved",
	],
	"RISK-SAF-01 pass: inner workings, fully approved": [
		"is.security.assetClasses.asset",
		"is.security.detailLevel.inner",
		"is.security.assetClasses.other_than_service_buildings",
		"is.security.criticalEntity.yes",
		"is.security.reviewDone.yes_approved",
		"is.security.reviewDone.accepted",
	],
	"RISK-SAF-02 pass: assets of no use to an attacker": [
		"is.security.assetClasses.asset",
		"is.security.usefulToAttacker.no",
		"is.security.uniqueSource.unique",
		"isnt.security.reviewDone.accepted",
	],
	"RISK-SAF-03 pass: looked at together, nothing new": [
		"is.security.assetClasses.asset",
		"is.security.mosaicAssessed.yes",
		"is.security.mosaicResult.no_new_insight",
		"is.security.detailLevel.place_or_capacity",
	],
	"RISK-SAF-04 pass: not classified": ["is.confidentiality.securityClassification.none"],
	"RISK-SAF-05 pass: no details of systems": [
		"is.security.itDetailsPresent.no",
		"isnt.profile.piiHits.pattern.network_address",
	],
	"RISK-SAF-06 pass: live data of no operations": [
		"is.dataset.accrualPeriodicity.live",
		"is.security.liveOperations.no",
		"is.temporal.releaseLag.days.lowest: 0",
	],
	"RISK-SAF-07 pass: protected sites ten kilometres off": [
		"is.security.assetClasses.protected_site",
		"is.spatial.resolutionM.lowest: 10000",
	],
}
