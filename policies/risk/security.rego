# METADATA
# title: Security and critical infrastructure
# description: The rows of the risk items of theme SAF.
# schemas:
#   - input: schema.facts
package puntari.risk.security

import data.puntari.conditions
import input.is
import input.isnt

# METADATA
# title: "Critical assets and their detail: fail"
# custom:
#   item: RISK-SAF-01
fail contains "RISK-SAF-01" if {
	conditions.assets
	_detail_unapproved
}

_beyond_service_capacity if isnt.security.detailLevel.capacity_or_condition

_beyond_service_capacity if is.security.assetClasses.other_than_service_buildings

_detail_unapproved if is.security.reviewDone.yes_rejected

_detail_unapproved if {
	is.security.detailLevel.inner
	isnt.security.reviewDone.yes_approved
	_beyond_service_capacity
}

_detail_unapproved if {
	is.security.criticalEntity.yes
	conditions.not_reviewed
}

# METADATA
# title: "Critical assets and their detail: not applicable"
# custom:
#   item: RISK-SAF-01
na contains "RISK-SAF-01" if conditions.not_assets

# METADATA
# title: "Critical assets and their detail: concern"
# custom:
#   item: RISK-SAF-01
concern contains "RISK-SAF-01" if is.security.reviewDone.yes_conditions

concern contains "RISK-SAF-01" if {
	is.security.detailLevel.inner
	isnt.security.reviewDone.yes_approved
}

concern contains "RISK-SAF-01" if {
	is.security.detailLevel.exact_location
	conditions.not_harmless_detail
}

# METADATA
# title: "Usefulness to an attacker: fail"
# custom:
#   item: RISK-SAF-02
fail contains "RISK-SAF-02" if {
	conditions.assets
	is.security.usefulToAttacker.yes
	_adds_to_public_knowledge
}

_adds_to_public_knowledge if is.security.uniqueSource.unique

_adds_to_public_knowledge if {
	is.security.uniqueSource.more_precise_than_public
	conditions.not_reviewed
}

# METADATA
# title: "Usefulness to an attacker: not applicable"
# custom:
#   item: RISK-SAF-02
na contains "RISK-SAF-02" if conditions.not_assets

# METADATA
# title: "Usefulness to an attacker: concern"
# custom:
#   item: RISK-SAF-02
concern contains "RISK-SAF-02" if {
	is.security.usefulToAttacker.yes
	is.security.uniqueSource.more_precise_than_public
}

# METADATA
# title: "Combination with other open data: fail"
# custom:
#   item: RISK-SAF-03
fail contains "RISK-SAF-03" if is.security.mosaicResult.new_sensitive_insight

fail contains "RISK-SAF-03" if {
	conditions.assets
	is.security.mosaicAssessed.no
	_combines_into_a_target
}

_combines_into_a_target if is.security.detailLevel.control

_combines_into_a_target if {
	is.security.detailLevel.place_or_capacity
	conditions.not_harmless_detail
}

# METADATA
# title: "Combination with other open data: not applicable"
# custom:
#   item: RISK-SAF-03
na contains "RISK-SAF-03" if {
	conditions.not_assets
	conditions.no_persons_in_release
}

# METADATA
# title: "Combination with other open data: concern"
# custom:
#   item: RISK-SAF-03
concern contains "RISK-SAF-03" if is.security.mosaicAssessed.no

# METADATA
# title: "Security classification: fail"
# custom:
#   item: RISK-SAF-04
fail contains "RISK-SAF-04" if is.confidentiality.securityClassification.classified

# METADATA
# title: "Technical details of systems: fail"
# custom:
#   item: RISK-SAF-05
fail contains "RISK-SAF-05" if is.security.itDetailsPresent.yes

fail contains "RISK-SAF-05" if is.profile.piiHits.pattern.network_address

# METADATA
# title: "Live operations: fail"
# custom:
#   item: RISK-SAF-06
fail contains "RISK-SAF-06" if {
	is.security.liveOperations.yes
	is.temporal.releaseLag.days.lowest < 1
}

# METADATA
# title: "Live operations: not applicable"
# custom:
#   item: RISK-SAF-06
na contains "RISK-SAF-06" if {
	isnt.dataset.accrualPeriodicity.live
	is.security.liveOperations.no
}

# METADATA
# title: "Live operations: concern"
# custom:
#   item: RISK-SAF-06
concern contains "RISK-SAF-06" if is.security.liveOperations.yes

# METADATA
# title: "Protected nature and heritage sites: fail"
# custom:
#   item: RISK-SAF-07
fail contains "RISK-SAF-07" if {
	is.security.assetClasses.protected_site
	is.spatial.resolutionM.lowest < 1000
}

# METADATA
# title: "Protected nature and heritage sites: not applicable"
# custom:
#   item: RISK-SAF-07
na contains "RISK-SAF-07" if isnt.security.assetClasses.protected_site

# METADATA
# title: "Protected nature and heritage sites: concern"
# custom:
#   item: RISK-SAF-07
concern contains "RISK-SAF-07" if is.spatial.resolutionM.lowest < 10000
