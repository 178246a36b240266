# METADATA
# title: Location and time traces
# description: The rows of the risk items of theme LOC.
# schemas:
#   - input: schema.facts
package puntari.risk.location

import data.params
import data.puntari.conditions
import input.columns
import input.is
import input.no_column
import input.some_column

# METADATA
# title: "Precision of home and person locations: fail"
# custom:
#   item: RISK-LOC-01
fail contains "RISK-LOC-01" if {
	some column in columns
	column.is.spatialSubject.people
	column.is.spatialUnit.finer_than_250m
}

fail contains "RISK-LOC-01" if {
	some column in columns
	column.is.spatialSubject.people
	column.is.spatialUnit.small_area
	is.spatial.minPopulationPerUnit.lowest < 10
}

# METADATA
# title: "Precision of home and person locations: not applicable"
# custom:
#   item: RISK-LOC-01
na contains "RISK-LOC-01" if {
	conditions.not_person_location
	_no_event_places_of_persons
	_no_event_places_of_offences
}

_no_event_places_of_persons if conditions.not_about_persons

_no_event_places_of_persons if no_column.spatialSubject.event_place

_no_event_places_of_offences if conditions.not_offence

_no_event_places_of_offences if no_column.spatialSubject.event_place

# METADATA
# title: "Precision of home and person locations: concern"
# custom:
#   item: RISK-LOC-01
concern contains "RISK-LOC-01" if {
	some column in columns
	column.is.spatialSubject.people
	column.is.spatialUnit.small_area
	is.spatial.minPopulationPerUnit.lowest < params.minResidentsPerArea
}

concern contains "RISK-LOC-01" if {
	some column in columns
	column.is.spatialSubject.event_place
	column.is.spatialUnit.pinpoint
}

# METADATA
# title: "Movement traces: fail"
# custom:
#   item: RISK-LOC-02
fail contains "RISK-LOC-02" if {
	is.spatial.trajectories.yes
	conditions.about_persons
	_not_safely_aggregated
}

fail contains "RISK-LOC-02" if {
	conditions.record_level
	is.spatial.pointsPerSubject.highest > 1
}

fail contains "RISK-LOC-02" if {
	conditions.record_level
	conditions.not_lawful_named
	is.profile.trackUniqueShare.highest > params.trackUniqueMax
}

_not_safely_aggregated if conditions.not_aggregated

_not_safely_aggregated if is.disclosureControl.minCellCount.lowest < params.minCell

# METADATA
# title: "Movement traces: not applicable"
# custom:
#   item: RISK-LOC-02
na contains "RISK-LOC-02" if is.spatial.trajectories.no

# METADATA
# title: "Movement traces: concern"
# custom:
#   item: RISK-LOC-02
concern contains "RISK-LOC-02" if {
	is.spatial.trajectories.yes
	conditions.about_persons
}

concern contains "RISK-LOC-02" if {
	conditions.record_level
	is.profile.trackUniqueShare.highest > 0
}

# METADATA
# title: "Exact times and quiet time slots: fail"
# custom:
#   item: RISK-LOC-03
fail contains "RISK-LOC-03" if {
	conditions.record_level
	some_column.temporalPrecision.exact
}

fail contains "RISK-LOC-03" if {
	is.temporal.lowCountSlots.yes
	is.temporal.releaseLag.days.lowest < 1
}

# METADATA
# title: "Exact times and quiet time slots: not applicable"
# custom:
#   item: RISK-LOC-03
na contains "RISK-LOC-03" if {
	no_column.temporalPrecision.fine
	is.temporal.lowCountSlots.no
}

# METADATA
# title: "Exact times and quiet time slots: concern"
# custom:
#   item: RISK-LOC-03
concern contains "RISK-LOC-03" if {
	conditions.record_level
	some_column.temporalPrecision.hour
}

concern contains "RISK-LOC-03" if is.temporal.lowCountSlots.yes
