# METADATA
# title: Governance and accountability
# description: The rows of the risk items of theme GOV.
# schemas:
#   - input: schema.facts
package puntari.risk.governance

import data.puntari.conditions
import input.is
import input.isnt
import input.unproven

# METADATA
# title: "Controller and power to decide: fail"
# custom:
#   item: RISK-GOV-01
fail contains "RISK-GOV-01" if is.governance.competentToDecide.no

fail contains "RISK-GOV-01" if is.governance.controllerIsPublisher.no

# METADATA
# title: "Controller and power to decide: concern"
# custom:
#   item: RISK-GOV-01
concern contains "RISK-GOV-01" if isnt.governance.decisionMaker.set

# METADATA
# title: "Legal basis for making personal data public: fail"
# custom:
#   item: RISK-GOV-02
fail contains "RISK-GOV-02" if {
	conditions.identifiable
	_basis_not_named
}

_basis_not_named if is.personalData.publicationLegalBasis.no_basis

_basis_not_named if unproven.personalData.publicationLegalBasisRef.set

# METADATA
# title: "Legal basis for making personal data public: not applicable"
# custom:
#   item: RISK-GOV-02
na contains "RISK-GOV-02" if conditions.no_persons_in_release

na contains "RISK-GOV-02" if conditions.aggregated

# METADATA
# title: "Legal basis for making personal data public: concern"
# custom:
#   item: RISK-GOV-02
concern contains "RISK-GOV-02" if {
	conditions.identifiable
	isnt.personalData.publicationLegalBasis.law_requires
}

concern contains "RISK-GOV-02" if is.personalData.publicationLegalBasis.none

# METADATA
# title: "Compatibility with the original purpose: fail"
# custom:
#   item: RISK-GOV-03
fail contains "RISK-GOV-03" if {
	is.personalData.compatibilityAssessed.no
	_given_in_confidence
	conditions.not_aggregated
}

_given_in_confidence if is.personalData.collectionContext.voluntary

_given_in_confidence if is.personalData.confidentialityPromised.yes

# METADATA
# title: "Compatibility with the original purpose: not applicable"
# custom:
#   item: RISK-GOV-03
na contains "RISK-GOV-03" if conditions.not_about_persons

na contains "RISK-GOV-03" if is.personalData.publicationLegalBasis.law_requires

# METADATA
# title: "Compatibility with the original purpose: concern"
# custom:
#   item: RISK-GOV-03
concern contains "RISK-GOV-03" if is.personalData.compatibilityAssessed.no

# METADATA
# title: "Data protection impact assessment: fail"
# custom:
#   item: RISK-GOV-04
fail contains "RISK-GOV-04" if {
	conditions.about_persons
	_dpia_wanting
}

_dpia_wanting if {
	is.governance.dpiaStatus.no_dpia
	conditions.dpia_needed
}

_dpia_wanting if {
	is.governance.dpiaResidualRisk.high
	isnt.governance.priorConsultation.done_ok
}

# METADATA
# title: "Data protection impact assessment: not applicable"
# custom:
#   item: RISK-GOV-04
na contains "RISK-GOV-04" if conditions.not_about_persons

# METADATA
# title: "Data protection impact assessment: concern"
# custom:
#   item: RISK-GOV-04
concern contains "RISK-GOV-04" if is.governance.dpiaStatus.unfinished

concern contains "RISK-GOV-04" if is.governance.dpiaResidualRisk.raised

# METADATA
# title: "Opinion of the data protection officer: fail"
# custom:
#   item: RISK-GOV-05
fail contains "RISK-GOV-05" if {
	conditions.about_persons
	_dpo_not_heard_or_against
}

_dpo_not_heard_or_against if is.governance.dpoOpinion.unfavourable

_dpo_not_heard_or_against if {
	is.governance.dpoOpinion.no_opinion
	conditions.record_level
}

# METADATA
# title: "Opinion of the data protection officer: not applicable"
# custom:
#   item: RISK-GOV-05
na contains "RISK-GOV-05" if conditions.not_about_persons

# METADATA
# title: "Opinion of the data protection officer: concern"
# custom:
#   item: RISK-GOV-05
concern contains "RISK-GOV-05" if is.governance.dpoOpinion.pending

# METADATA
# title: "Owner's approval and power to decide: fail"
# custom:
#   item: RISK-GOV-06
fail contains "RISK-GOV-06" if is.governance.ownerApproval.no

# METADATA
# title: "Owner's approval and power to decide: not applicable"
# custom:
#   item: RISK-GOV-06
na contains "RISK-GOV-06" if is.assessment.stage.draft

# METADATA
# title: "Owner's approval and power to decide: concern"
# custom:
#   item: RISK-GOV-06
concern contains "RISK-GOV-06" if {
	unproven.governance.decisionRule.set
	conditions.not_simple
}

# METADATA
# title: "Record in the case management system: fail"
# custom:
#   item: RISK-GOV-07
fail contains "RISK-GOV-07" if isnt.governance.recordId.set

# METADATA
# title: "Record in the case management system: not applicable"
# custom:
#   item: RISK-GOV-07
na contains "RISK-GOV-07" if is.assessment.stage.draft

# METADATA
# title: "Record in the case management system: concern"
# custom:
#   item: RISK-GOV-07
concern contains "RISK-GOV-07" if {
	unproven.governance.retentionClass.set
	conditions.not_simple
}

# METADATA
# title: "Informing people and their rights: fail"
# custom:
#   item: RISK-GOV-08
fail contains "RISK-GOV-08" if {
	conditions.identifiable
	_rights_not_served
}

_rights_not_served if is.personalData.subjectsInformed.no

_rights_not_served if is.personalData.rightsProcess.no

# METADATA
# title: "Informing people and their rights: not applicable"
# custom:
#   item: RISK-GOV-08
na contains "RISK-GOV-08" if conditions.no_persons_in_release

# METADATA
# title: "Informing people and their rights: concern"
# custom:
#   item: RISK-GOV-08
concern contains "RISK-GOV-08" if is.personalData.subjectsInformed.no

# METADATA
# title: "Date of the next assessment: fail"
# custom:
#   item: RISK-GOV-09
fail contains "RISK-GOV-09" if is.governance.nextReviewDate.months.lowest < 0

fail contains "RISK-GOV-09" if is.governance.nextReviewDate.months.highest > 48

fail contains "RISK-GOV-09" if {
	_sensitive_subject
	is.governance.nextReviewDate.months.highest > 24
}

_sensitive_subject if conditions.about_persons

_sensitive_subject if conditions.assets

# METADATA
# title: "Date of the next assessment: concern"
# custom:
#   item: RISK-GOV-09
concern contains "RISK-GOV-09" if is.governance.nextReviewDate.months.highest > 24

concern contains "RISK-GOV-09" if {
	_sensitive_subject
	is.governance.nextReviewDate.months.highest > 12
}

# METADATA
# title: "Description and data: fail"
# custom:
#   item: RISK-GOV-10
fail contains "RISK-GOV-10" if is.evidence.contradicted.highest > 0

# METADATA
# title: "Description and data: not applicable"
# custom:
#   item: RISK-GOV-10
na contains "RISK-GOV-10" if is.evidence.tested.lowest <= 0
