# METADATA
# title: Data quality and timeliness
# description: The rows of the opportunity items of theme QUA.
# schemas:
#   - input: schema.facts
package puntari.opportunity.quality

import data.puntari.conditions
import input.is
import input.isnt
import input.no_column
import input.some_column

# METADATA
# title: "Completeness, coverage and history: pass"
# custom:
#   item: OPP-QUA-01
pass contains "OPP-QUA-01" if {
	is.quality.completenessPct.highest >= 95
	conditions.span_two_years
}

# METADATA
# title: "Completeness, coverage and history: concern"
# custom:
#   item: OPP-QUA-01
concern contains "OPP-QUA-01" if is.quality.completenessPct.highest >= 80

# METADATA
# title: "Timeliness: not applicable"
# custom:
#   item: OPP-QUA-02
na contains "OPP-QUA-02" if {
	is.dataset.accrualPeriodicity.NEVER
	is.maintenance.automation.one_off
}

# METADATA
# title: "Timeliness: pass"
# custom:
#   item: OPP-QUA-02
pass contains "OPP-QUA-02" if conditions.updated_within_two_periods

# METADATA
# title: "Timeliness: concern"
# custom:
#   item: OPP-QUA-02
concern contains "OPP-QUA-02" if conditions.updated_within_four_periods

# METADATA
# title: "Documented quality and structure: pass"
# custom:
#   item: OPP-QUA-03
pass contains "OPP-QUA-03" if {
	conditions.nearly_all_columns_described
	is.quality.knownIssuesDocumented.yes
}

# METADATA
# title: "Documented quality and structure: concern"
# custom:
#   item: OPP-QUA-03
concern contains "OPP-QUA-03" if conditions.most_columns_described

# METADATA
# title: "Useful detail survives protection: not applicable"
# custom:
#   item: OPP-QUA-04
na contains "OPP-QUA-04" if no_column.transforms.altering

# METADATA
# title: "Useful detail survives protection: pass"
# custom:
#   item: OPP-QUA-04
pass contains "OPP-QUA-04" if is.demand.userConsultation.dialogue

pass contains "OPP-QUA-04" if {
	no_column.transforms.blurred
	isnt.dataset.granularity.summary
}

# METADATA
# title: "Useful detail survives protection: concern"
# custom:
#   item: OPP-QUA-04
concern contains "OPP-QUA-04" if is.dataset.granularity.aggregate

concern contains "OPP-QUA-04" if some_column.transforms.recoded
