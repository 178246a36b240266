# METADATA
# title: "Operations, retraction, abuse"
# description: The rows of the risk items of theme OPS.
# schemas:
#   - input: schema.facts
package puntari.risk.operations

import data.puntari.conditions
import input.is
import input.isnt
import input.proven
import input.unproven

# METADATA
# title: "Continuity: fail"
# custom:
#   item: RISK-OPS-01
fail contains "RISK-OPS-01" if isnt.maintenance.owner.set

fail contains "RISK-OPS-01" if {
	proven.maintenance.sourceSystemEnd.months.lowest <= 12
	unproven.release.availability.passing
}

# METADATA
# title: "Continuity: not applicable"
# custom:
#   item: RISK-OPS-01
na contains "RISK-OPS-01" if is.maintenance.automation.one_off

# METADATA
# title: "Continuity: concern"
# custom:
#   item: RISK-OPS-01
concern contains "RISK-OPS-01" if proven.maintenance.sourceSystemEnd.months.lowest <= 24

# METADATA
# title: "Retraction plan: fail"
# custom:
#   item: RISK-OPS-02
fail contains "RISK-OPS-02" if {
	is.release.retractionPlan.no
	conditions.about_persons
}

# METADATA
# title: "Retraction plan: not applicable"
# custom:
#   item: RISK-OPS-02
na contains "RISK-OPS-02" if conditions.simple

na contains "RISK-OPS-02" if {
	conditions.not_about_persons
	conditions.not_assets
}

# METADATA
# title: "Retraction plan: concern"
# custom:
#   item: RISK-OPS-02
concern contains "RISK-OPS-02" if is.release.retractionPlan.no

# METADATA
# title: "Abuse of the interface: fail"
# custom:
#   item: RISK-OPS-03
fail contains "RISK-OPS-03" if {
	is.release.apiExists.yes
	conditions.about_persons
	conditions.not_no_persons_in_release
	isnt.release.apiGuards.any_guard
}

# METADATA
# title: "Abuse of the interface: not applicable"
# custom:
#   item: RISK-OPS-03
na contains "RISK-OPS-03" if is.release.apiExists.no

na contains "RISK-OPS-03" if conditions.no_persons_in_release

# METADATA
# title: "Abuse of the interface: concern"
# custom:
#   item: RISK-OPS-03
concern contains "RISK-OPS-03" if isnt.release.apiGuards.rate_limit

concern contains "RISK-OPS-03" if isnt.release.apiGuards.monitoring

concern contains "RISK-OPS-03" if isnt.release.apiGuards.aggregate_only

concern contains "RISK-OPS-03" if isnt.release.apiGuards.min_query_size

# METADATA
# title: "File integrity and malicious content: fail"
# custom:
#   item: RISK-OPS-04
fail contains "RISK-OPS-04" if {
	is.profile.formulaLikeCells.highest > 0
	unproven.release.integrityMeasures.formula_escape
}

# METADATA
# title: "File integrity and malicious content: not applicable"
# custom:
#   item: RISK-OPS-04
na contains "RISK-OPS-04" if conditions.not_free_text

# METADATA
# title: "File integrity and malicious content: concern"
# custom:
#   item: RISK-OPS-04
concern contains "RISK-OPS-04" if unproven.release.integrityMeasures.verifiable
