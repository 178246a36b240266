package puntari.decision

# METADATA
# title: Items that can block
# description: >-
#   A fail of these keeps a dataset closed as it is: a hard stop, or harm of severity 3 or more that only a change of
#   the data takes away. Procedural items never block; the work is just not done yet.
can_block contains id if {
	some id, item in data.risk
	item.hardStop != ""
}

can_block contains id if {
	some id, item in data.risk
	item.procedural == false
	item.severity >= 3
}

# METADATA
# title: Risk level of the dataset
# description: >-
#   The highest level of an item, never an average; many smaller findings crowd together: four at moderate make high,
#   three at high make very high.
default risk_level := "very_low"

risk_level := "very_high" if {
	_at_least_high >= 3
} else := "very_high" if {
	input.levels.very_high > 0
} else := "high" if {
	_at_least_moderate >= 4
} else := "high" if {
	_at_least_high > 0
} else := "moderate" if {
	_at_least_moderate > 0
} else := "low" if {
	input.levels.low > 0
} else := "low" if {
	input.people
} else := "low" if {
	input.assets
}

_at_least_high := input.levels.high + input.levels.very_high

_at_least_moderate := input.levels.moderate + _at_least_high
