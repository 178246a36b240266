# METADATA
# title: "Rights, contracts, third parties"
# description: The rows of the risk items of theme IPR.
# schemas:
#   - input: schema.facts
package puntari.risk.rights

import input.is
import input.isnt

# METADATA
# title: "Right to license the whole: fail"
# custom:
#   item: RISK-IPR-01
fail contains "RISK-IPR-01" if {
	is.rights.rightsHolder.third_party
	_permission_not_shown
}

_permission_not_shown if is.rights.thirdPartySources.size.lowest <= 0

_permission_not_shown if {
	some source in is.rights.thirdPartySources.entries
	source.isnt.allowsRedistribution.yes
}

# METADATA
# title: "Right to license the whole: concern"
# custom:
#   item: RISK-IPR-01
concern contains "RISK-IPR-01" if is.rights.rightsHolder.others

concern contains "RISK-IPR-01" if is.rights.licence.closed

# METADATA
# title: "Content from third parties and the public: fail"
# custom:
#   item: RISK-IPR-02
fail contains "RISK-IPR-02" if is.rights.thirdPartySources.allowsRedistribution.no

fail contains "RISK-IPR-02" if is.rights.contributorTermsAllow.no

# METADATA
# title: "Content from third parties and the public: not applicable"
# custom:
#   item: RISK-IPR-02
na contains "RISK-IPR-02" if {
	is.rights.thirdPartySources.size.lowest <= 0
	is.rights.contributorTermsAllow.not_applicable
}

# METADATA
# title: "Content from third parties and the public: concern"
# custom:
#   item: RISK-IPR-02
concern contains "RISK-IPR-02" if {
	some source in is.rights.thirdPartySources.entries
	source.isnt.allowsRedistribution.yes
}

concern contains "RISK-IPR-02" if {
	is.rights.thirdPartySources.shareAlike.yes
	isnt.rights.licence.other_open
}

# METADATA
# title: "Limits from contracts and procurement: fail"
# custom:
#   item: RISK-IPR-03
fail contains "RISK-IPR-03" if is.rights.contractRestrictions.yes

fail contains "RISK-IPR-03" if is.governance.processorInvolved.yes_contract_forbids

# METADATA
# title: "Limits from contracts and procurement: concern"
# custom:
#   item: RISK-IPR-03
concern contains "RISK-IPR-03" if is.governance.processorInvolved.yes_contract_silent

concern contains "RISK-IPR-03" if is.rights.exclusiveArrangement.yes
