package puntari.risk.governance_test

import data.puntari.risk.governance
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in governance[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in governance[row] with input as miss with data.params as testing.params
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

_holding(id) := {row | some row in testing.rows; id in governance[row]}

_rows := {
	"RISK-GOV-01 fail: not the authority that may decide": ["is.governance.competentToDecide.no"],
	"RISK-GOV-01 fail: somebody else is the controller": ["is.governance.controllerIsPublisher.no"],
	"RISK-GOV-01 concern: no decision maker named": ["isnt.governance.decisionMaker.set"],
	"RISK-GOV-02 fail: identifiable without a basis": [
		"is.personalData.releaseLevel.identifiable",
		"is.personalData.publicationLegalBasis.no_basis",
	],
	"RISK-GOV-02 fail: identifiable, and the act is not named": [
		"is.personalData.releaseLevel.identifiable",
		"unproven.personalData.publicationLegalBasisRef.set",
	],
	"RISK-GOV-02 na: nobody in the release": testing.nobody,
	"RISK-GOV-02 na: aggregated": ["is.personalData.releaseLevel.aggregated"],
	"RISK-GOV-02 concern: identifiable, and the law does not require it": [
		"is.personalData.releaseLevel.identifiable",
		"isnt.personalData.publicationLegalBasis.law_requires",
	],
	"RISK-GOV-02 concern: no basis": ["is.personalData.publicationLegalBasis.none"],
	"RISK-GOV-03 fail: a survey put to another use": [
		"is.personalData.compatibilityAssessed.no",
		"is.personalData.collectionContext.voluntary",
		"isnt.personalData.releaseLevel.aggregated",
	],
	"RISK-GOV-03 fail: confidence promised, then another use": [
		"is.personalData.compatibilityAssessed.no",
		"is.personalData.confidentialityPromised.yes",
		"isnt.personalData.releaseLevel.aggregated",
	],
	"RISK-GOV-03 na: not about people": testing.nobody,
	"RISK-GOV-03 na: the law requires publication": ["is.personalData.publicationLegalBasis.law_requires"],
	"RISK-GOV-03 concern: compatibility not assessed": ["is.personalData.compatibilityAssessed.no"],
	"RISK-GOV-04 fail: needed by two criteria and not made": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.dpiaStatus.no_dpia",
		"is.governance.dpiaCriteriaMet.scoring",
		"is.governance.dpiaCriteriaMet.monitoring",
	],
	"RISK-GOV-04 fail: a high risk left, and the authority not consulted": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.dpiaResidualRisk.high",
		"isnt.governance.priorConsultation.done_ok",
	],
	"RISK-GOV-04 na: not about people": testing.nobody,
	"RISK-GOV-04 concern: not made or not ready": ["is.governance.dpiaStatus.unfinished"],
	"RISK-GOV-04 concern: some risk left": ["is.governance.dpiaResidualRisk.raised"],
	"RISK-GOV-05 fail: the officer is against it": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.dpoOpinion.unfavourable",
	],
	"RISK-GOV-05 fail: single people, and the officer not asked": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.dpoOpinion.no_opinion",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-GOV-05 na: not about people": testing.nobody,
	"RISK-GOV-05 concern: not asked, or only on conditions": ["is.governance.dpoOpinion.pending"],
	"RISK-GOV-06 fail: the owner has not approved": ["is.governance.ownerApproval.no"],
	"RISK-GOV-06 na: a draft": ["is.assessment.stage.draft"],
	"RISK-GOV-06 concern: more than things, and no rule of decision named": [
		"unproven.governance.decisionRule.set",
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"RISK-GOV-07 fail: no case number": ["isnt.governance.recordId.set"],
	"RISK-GOV-07 na: a draft": ["is.assessment.stage.draft"],
	"RISK-GOV-07 concern: more than things, and no retention class": [
		"unproven.governance.retentionClass.set",
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"RISK-GOV-08 fail: identifiable, and people not informed": [
		"is.personalData.releaseLevel.identifiable",
		"is.personalData.subjectsInformed.no",
	],
	"RISK-GOV-08 fail: identifiable, and rights cannot be used": [
		"is.personalData.releaseLevel.identifiable",
		"is.personalData.rightsProcess.no",
	],
	"RISK-GOV-08 na: nobody in the release": testing.nobody,
	"RISK-GOV-08 concern: people not informed": ["is.personalData.subjectsInformed.no"],
	"RISK-GOV-10 fail: the file contradicts a statement": ["is.evidence.contradicted.highest: 1, not 0"],
	"RISK-GOV-10 na: nothing was compared": ["is.evidence.tested.lowest: 0, not 1"],
	"RISK-GOV-09 fail: the day has passed": ["is.governance.nextReviewDate.months.lowest: -1, not 0"],
	"RISK-GOV-09 fail: more than four years away": ["is.governance.nextReviewDate.months.highest: 49, not 48"],
	"RISK-GOV-09 fail: people, and more than two years away": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.nextReviewDate.months.highest: 25, not 24",
	],
	"RISK-GOV-09 fail: an asset, and more than two years away": [
		"is.security.assetClasses.asset",
		"is.governance.nextReviewDate.months.highest: 25, not 24",
	],
	"RISK-GOV-09 concern: more than two years away": ["is.governance.nextReviewDate.months.highest: 25, not 24"],
	"RISK-GOV-09 concern: people, and more than a year away": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.nextReviewDate.months.highest: 13, not 12",
	],
	"RISK-GOV-09 concern: an asset, and more than a year away": [
		"is.security.assetClasses.asset",
		"is.governance.nextReviewDate.months.highest: 13, not 12",
	],
}

_no_row := {
	"RISK-GOV-01 pass: the right authority with a decision maker": [
		"is.governance.competentToDecide.yes",
		"is.governance.controllerIsPublisher.yes",
		"is.governance.decisionMaker.set",
	],
	"RISK-GOV-02 pass: identifiable as the law requires": [
		"is.personalData.releaseLevel.identifiable",
		"is.personalData.publicationLegalBasis.law_requires",
		"is.personalData.publicationLegalBasisRef.set",
	],
	"RISK-GOV-03 pass: a survey, compatibility assessed": [
		"is.personalData.compatibilityAssessed.yes",
		"is.personalData.collectionContext.voluntary",
		"isnt.personalData.releaseLevel.aggregated",
	],
	"RISK-GOV-04 pass: one criterion, no assessment": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.dpiaStatus.no_dpia",
		"is.governance.dpiaStatus.not_required",
		"is.governance.dpiaCriteriaMet.scoring",
		"is.governance.dpiaResidualRisk.low",
	],
	"RISK-GOV-05 pass: the officer is in favour": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.dpoOpinion.favourable",
		"is.personalData.releaseLevel.record_level",
	],
	"RISK-GOV-06 pass: approved under a named rule": [
		"is.governance.ownerApproval.yes",
		"is.governance.decisionRule.set",
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"RISK-GOV-07 pass: recorded with a retention class": [
		"is.governance.recordId.set",
		"is.governance.retentionClass.set",
		"isnt.personalData.sourceRelatesToPersons.no",
	],
	"RISK-GOV-08 pass: identifiable, informed, and rights work": [
		"is.personalData.releaseLevel.identifiable",
		"is.personalData.subjectsInformed.yes",
		"is.personalData.rightsProcess.yes",
	],
	"RISK-GOV-10 pass: three statements compared, none contradicted": [
		"is.evidence.tested.lowest: 3",
		"is.evidence.tested.highest: 3",
		"is.evidence.contradicted.highest: 0",
	],
	"RISK-GOV-09 pass: people, and a year away": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.governance.nextReviewDate.months.lowest: 12",
		"is.governance.nextReviewDate.months.highest: 12",
	],
}
