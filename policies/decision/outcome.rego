package puntari.decision

import data.params

# METADATA
# title: Outcome
# description: >-
#   Blocked datasets open only through proposed changes that would clear them, else go to a restricted channel that law
#   provides for, else stay closed. Where an open question could block, information is insufficient. Otherwise the risk
#   level decides between opening now and opening after the measures.
default outcome := "OPEN"

outcome := "OPEN_AFTER_MITIGATIONS" if {
	_held_back
	_proposed_changes_suffice
} else := "RESTRICTED" if {
	input.blocked
	_restricted_channel
} else := "DO_NOT_OPEN" if {
	input.blocked
} else := "INSUFFICIENT_INFORMATION" if {
	_insufficient
} else := "OPEN_AFTER_MITIGATIONS" if {
	risk_level in holding_levels
}

# METADATA
# title: Levels that keep a dataset from being opened at once
holding_levels := {"moderate", "high", "very_high"}

# METADATA
# title: Information is insufficient
# description: The open questions decide, and answering them is the next step.
default insufficient := false

insufficient if outcome == "INSUFFICIENT_INFORMATION"

_held_back if input.blocked

_held_back if _insufficient

_insufficient if input.undecided

_insufficient if too_much_unknown

# METADATA
# title: Too many items are unknown
# description: Not one open question decides then, but their number.
default too_much_unknown := false

too_much_unknown if input.unknown_items > params.unknownShareMax * count(data.risk)

# The changes must lead to an open outcome of the same product: aggregating a
# register makes another dataset, which is assessed on its own.
_proposed_changes_suffice if {
	input.what_if.outcome in {"OPEN", "OPEN_AFTER_MITIGATIONS"}
	input.what_if.same_product
}

# A channel with its basis in law, for data of at least moderate value. What is
# classified for security goes nowhere.
_restricted_channel if {
	_channel_named
	input.value >= 40
	not input.failing["RISK-SAF-04"]
}

_channel_named if {
	input.channel.named
	input.channel.basis
}

_channel_named if {
	some measure in input.measures
	measure.code == "M18"
	measure.params.channel != ""
	measure.params.basis != ""
}

# METADATA
# title: Priority
# description: The place in the queue, for the two open outcomes only. Value comes before readiness.
priority := "P1" if {
	_opens
	input.value >= 60
	input.readiness >= 60
} else := "P2" if {
	_opens
	input.value >= 60
} else := "P2" if {
	_opens
	input.value >= 40
	input.readiness >= 60
} else := "P3" if {
	_opens
	input.value >= 40
} else := "P3" if {
	_opens
	input.value >= 20
	input.readiness >= 60
} else := "P4" if {
	_opens
} else := null

_opens if outcome in {"OPEN", "OPEN_AFTER_MITIGATIONS"}
