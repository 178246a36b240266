# METADATA
# title: Publicity and confidentiality
# description: The rows of the risk items of theme CON.
# schemas:
#   - input: schema.facts
package puntari.risk.confidentiality

import data.params
import data.puntari.conditions
import input.is
import input.isnt
import input.unproven

# METADATA
# title: "Publicity of the source: fail"
# custom:
#   item: RISK-CON-01
fail contains "RISK-CON-01" if is.confidentiality.publicityStatus.security_classified

fail contains "RISK-CON-01" if is.confidentiality.secretContentInRelease.yes

fail contains "RISK-CON-01" if {
	is.confidentiality.publicityStatus.closed
	_secret_parts_possible
}

fail contains "RISK-CON-01" if {
	is.confidentiality.publicityStatus.discretionary_not_yet_public
	unproven.confidentiality.embargoUntil.set
}

_secret_parts_possible if conditions.not_aggregated

_secret_parts_possible if isnt.confidentiality.secretContentInRelease.no

# METADATA
# title: "Publicity of the source: concern"
# custom:
#   item: RISK-CON-01
concern contains "RISK-CON-01" if is.confidentiality.publicityStatus.secret_wholly_or_partly

concern contains "RISK-CON-01" if {
	is.confidentiality.publicityStatus.discretionary_not_yet_public
	is.confidentiality.embargoUntil.days.highest > 0
}

# METADATA
# title: "Secrecy grounds in the release: fail"
# custom:
#   item: RISK-CON-02
fail contains "RISK-CON-02" if is.confidentiality.secretContentInRelease.yes

fail contains "RISK-CON-02" if {
	is.confidentiality.secrecyGrounds.harmClause.absolute
	conditions.record_level
}

# METADATA
# title: "Secrecy grounds in the release: concern"
# custom:
#   item: RISK-CON-02
concern contains "RISK-CON-02" if {
	is.confidentiality.secrecyGrounds.size.highest > 0
	unproven.governance.legalReview.done
	unproven.mitigations.status.done
}

# METADATA
# title: "Electronic disclosure from a register: fail"
# custom:
#   item: RISK-CON-03
fail contains "RISK-CON-03" if {
	conditions.about_persons
	_disclosure_barred
	conditions.record_level
}

_disclosure_barred if is.confidentiality.personRegisterDisclosure.not_allowed

_disclosure_barred if {
	is.confidentiality.personRegisterDisclosure.needs_assessment
	conditions.identifiable
}

# METADATA
# title: "Electronic disclosure from a register: not applicable"
# custom:
#   item: RISK-CON-03
na contains "RISK-CON-03" if conditions.no_persons_in_release

na contains "RISK-CON-03" if conditions.aggregated

# METADATA
# title: "Electronic disclosure from a register: concern"
# custom:
#   item: RISK-CON-03
concern contains "RISK-CON-03" if is.confidentiality.personRegisterDisclosure.assessment_needed

# METADATA
# title: "Special acts on secrecy and reuse: fail"
# custom:
#   item: RISK-CON-04
fail contains "RISK-CON-04" if {
	is.confidentiality.sectorSecrecy.sector_law
	conditions.record_level
}

# METADATA
# title: "Special acts on secrecy and reuse: concern"
# custom:
#   item: RISK-CON-04
concern contains "RISK-CON-04" if {
	is.confidentiality.sectorSecrecy.sector_law
	unproven.disclosureControl.independentReview.yes
	unproven.disclosureControl.intruderTest.done_no_match
}

# METADATA
# title: "Trade secrets: fail"
# custom:
#   item: RISK-CON-05
fail contains "RISK-CON-05" if {
	is.confidentiality.tradeSecrets.yes
	isnt.confidentiality.ownersConsulted.yes
}

fail contains "RISK-CON-05" if is.disclosureControl.dominanceRule.not_applied

# METADATA
# title: "Trade secrets: not applicable"
# custom:
#   item: RISK-CON-05
na contains "RISK-CON-05" if {
	is.confidentiality.tradeSecrets.no
	isnt.dataset.rowSubject.company
}

# METADATA
# title: "Trade secrets: concern"
# custom:
#   item: RISK-CON-05
concern contains "RISK-CON-05" if is.confidentiality.tradeSecrets.yes

# METADATA
# title: "Promise of confidentiality: fail"
# custom:
#   item: RISK-CON-06
fail contains "RISK-CON-06" if {
	is.personalData.confidentialityPromised.yes
	_people_recognisable
}

_people_recognisable if conditions.identifiable

_people_recognisable if {
	is.personalData.releaseLevel.record_anonymised
	is.profile.kMin.lowest < params.kMin
}

# METADATA
# title: "Promise of confidentiality: not applicable"
# custom:
#   item: RISK-CON-06
na contains "RISK-CON-06" if conditions.no_persons_in_release

na contains "RISK-CON-06" if is.personalData.confidentialityPromised.no

# METADATA
# title: "Promise of confidentiality: concern"
# custom:
#   item: RISK-CON-06
concern contains "RISK-CON-06" if {
	is.personalData.confidentialityPromised.yes
	_promise_strained
}

_promise_strained if conditions.record_level

_promise_strained if isnt.personalData.subjectsInformed.yes

# METADATA
# title: "Pending matter: fail"
# custom:
#   item: RISK-CON-07
fail contains "RISK-CON-07" if {
	is.confidentiality.pendingMatter.pending
	unproven.confidentiality.embargoUntil.set
}

# METADATA
# title: "Pending matter: concern"
# custom:
#   item: RISK-CON-07
concern contains "RISK-CON-07" if {
	is.confidentiality.pendingMatter.pending
	is.confidentiality.embargoUntil.days.highest > 0
}
