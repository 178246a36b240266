# METADATA
# title: Technical readiness
# description: The rows of the opportunity items of theme TEC.
# schemas:
#   - input: schema.facts
package puntari.opportunity.technology

import input.is
import input.isnt

# METADATA
# title: "Open, machine-readable format: pass"
# custom:
#   item: OPP-TEC-01
pass contains "OPP-TEC-01" if is.release.formats.open_machine_readable

# METADATA
# title: "Open, machine-readable format: concern"
# custom:
#   item: OPP-TEC-01
concern contains "OPP-TEC-01" if is.release.formats.office_or_shape

# METADATA
# title: "Bulk download and API: not applicable"
# custom:
#   item: OPP-TEC-02
na contains "OPP-TEC-02" if is.release.mode.closed

# METADATA
# title: "Bulk download and API: pass"
# custom:
#   item: OPP-TEC-02
pass contains "OPP-TEC-02" if {
	is.release.bulkDownload.yes
	_served_as_often_as_it_changes
}

_served_as_often_as_it_changes if {
	is.release.apiExists.yes
	is.release.apiDocumented.yes
}

_served_as_often_as_it_changes if isnt.dataset.accrualPeriodicity.daily_or_more

# METADATA
# title: "Bulk download and API: concern"
# custom:
#   item: OPP-TEC-02
concern contains "OPP-TEC-02" if is.release.bulkDownload.yes

concern contains "OPP-TEC-02" if is.release.apiExists.yes

# METADATA
# title: "Persistent identifiers and standard codes: not applicable"
# custom:
#   item: OPP-TEC-03
na contains "OPP-TEC-03" if is.dataset.granularity.summary

# METADATA
# title: "Persistent identifiers and standard codes: pass"
# custom:
#   item: OPP-TEC-03
pass contains "OPP-TEC-03" if {
	is.schema.joinKeys.shared_key
	is.schema.primaryKey.size.highest >= 1
}

# METADATA
# title: "Persistent identifiers and standard codes: concern"
# custom:
#   item: OPP-TEC-03
concern contains "OPP-TEC-03" if is.schema.primaryKey.size.highest >= 1

concern contains "OPP-TEC-03" if is.schema.joinKeys.size.highest >= 1

# METADATA
# title: "Metadata quality: not applicable"
# custom:
#   item: OPP-TEC-04
na contains "OPP-TEC-04" if is.release.mode.unpublished

# METADATA
# title: "Metadata quality: pass"
# custom:
#   item: OPP-TEC-04
pass contains "OPP-TEC-04" if is.release.metadataScore.highest >= 221

# METADATA
# title: "Metadata quality: concern"
# custom:
#   item: OPP-TEC-04
concern contains "OPP-TEC-04" if is.release.metadataScore.highest >= 121
