# METADATA
# title: Data quality and misreading
# description: The rows of the risk items of theme QUA.
# schemas:
#   - input: schema.facts
package puntari.risk.quality

import data.puntari.conditions
import input.is
import input.isnt

# METADATA
# title: "Misinterpretation: fail"
# custom:
#   item: RISK-QUA-01
fail contains "RISK-QUA-01" if {
	is.quality.misinterpretationRisk.high
	is.quality.limitationsStatement.no
}

# METADATA
# title: "Misinterpretation: concern"
# custom:
#   item: RISK-QUA-01
concern contains "RISK-QUA-01" if is.quality.misinterpretationRisk.high

concern contains "RISK-QUA-01" if {
	is.quality.misinterpretationRisk.moderate
	is.quality.limitationsStatement.no
}

# METADATA
# title: "Impact and correction of errors: fail"
# custom:
#   item: RISK-QUA-02
fail contains "RISK-QUA-02" if {
	is.quality.errorImpact.high
	is.quality.correctionChannel.no
}

# METADATA
# title: "Impact and correction of errors: concern"
# custom:
#   item: RISK-QUA-02
concern contains "RISK-QUA-02" if {
	is.quality.errorImpact.raised
	_errors_not_handled
}

_errors_not_handled if isnt.quality.correctionChannel.yes

_errors_not_handled if isnt.quality.knownIssuesDocumented.yes

# METADATA
# title: "Bias in collection: fail"
# custom:
#   item: RISK-QUA-03
fail contains "RISK-QUA-03" if is.quality.collectionBias.suspected_undocumented

# METADATA
# title: "Bias in collection: not applicable"
# custom:
#   item: RISK-QUA-03
na contains "RISK-QUA-03" if conditions.simple

# METADATA
# title: "Bias in collection: concern"
# custom:
#   item: RISK-QUA-03
concern contains "RISK-QUA-03" if {
	is.quality.collectionBias.documented
	is.impact.scoringOrEnforcementUse.yes
}
