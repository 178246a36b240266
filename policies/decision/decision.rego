# METADATA
# title: The decision
# description: >-
#   Joins the findings of both checklists into an outcome. A legal stop is never outweighed by value, low value never
#   refuses, and what is not known never passes.
# schemas:
#   - input: schema.tally
package puntari.decision

# METADATA
# title: The decision on a dataset
# description: One document with everything that follows from the findings.
# entrypoint: true
decision := {
	"outcome": outcome,
	"risk_level": risk_level,
	"priority": priority,
	"sign_off": [rule | some rule in sign_off],
	"insufficient": insufficient,
	"too_much_unknown": too_much_unknown,
	"holding_levels": [level | some level in holding_levels],
}
