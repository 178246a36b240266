# METADATA
# title: The assessment of a dataset
# description: >-
#   What Puntari does between the facts and the outcome, for a policy engine that has only the bundle: the rows of both
#   checklists on what is known and on what is possible, the results of the items, the levels, and the decision on them.
package puntari.assessment

# METADATA
# title: The assessment
# description: The same as in the assessment that Puntari writes as JSON, under the same names.
# entrypoint: true
assessment := {
	"outcome": decided.outcome,
	"outcomeBounds": {"best": _best.outcome, "worst": _worst.outcome},
	"riskLevel": decided.risk_level,
	"priority": decided.priority,
	"blockedBy": sort(_blocked_by(_results(input))),
	"hardStops": _hard_stops(input, _results(input)),
	"signOff": {"rules": decided.sign_off, "roles": _roles(decided.sign_off)},
	"items": object.union(_risk_items, _opportunity_items),
	"notInForce": [id | some item in _all_items; id := item.id; not _in_force(item)],
}

# METADATA
# title: The decision
decided := _decide(input, _results(input), input.value.low, _what_if)

_best := _decide(input, {id: _end(set, _order) | some id, set in _bounds(input)}, input.value.high, _what_if)

_worst := _decide(input, {id: _end(set, array.reverse(_order)) | some id, set in _bounds(input)}, input.value.low, _what_if)

_order := ["na", "pass", "concern", "fail"]

# The first result of an order that is possible.
_end(possible, order) := [result | some result in order; result in possible][0]

# What the outcome would be with the proposed measures made.
default _what_if := {}

_what_if := {"what_if": {"outcome": decision.outcome, "same_product": input.sameProduct}} if {
	after := input.withMeasures
	decision := _decide(after, _results(after), after.value.low, {})
}

# What is in force on the day of the assessment.
_in_force(thing) if {
	object.get(thing, "validFrom", "") <= input.date
	_until(thing)
}

_until(thing) if input.date <= thing.validTo

_until(thing) if not thing.validTo

_risk := {item.id: item | some item in data.catalogue.risk.items; _in_force(item)}

_opportunity := {item.id: item | some item in data.catalogue.opportunity.items; _in_force(item)}

_all_items := array.concat(data.catalogue.risk.items, data.catalogue.opportunity.items)

_params[name] := value if {
	some name, param in data.catalogue.policy.params
	dated := [d.value | some d in object.get(param, "dated", []); _in_force(d)]
	value := array.concat(dated, [param.value])[0]
}

# The rows of the items that hold on one view of the facts: those of the core, and those that an organisation has added
# in packages of its own.
_risk_rows(view) := {row: _risk_row(row, view) | some row in ["fail", "na", "unknown", "concern"]}

_risk_row(row, view) := core | own if {
	core := {id | some id in data.puntari.risk[_][row]} with input as view with data.params as _params
	own := {id | some id in data.org[_].risk[row]} with input as view with data.params as _params
}

_opportunity_rows(view) := {row: _opportunity_row(row, view) | some row in _opportunity_order}

_opportunity_row(row, view) := core | own if {
	core := {id | some id in data.puntari.opportunity[_][row]} with input as view with data.params as _params
	own := {id | some id in data.org[_].opportunity[row]} with input as view with data.params as _params
}

# What each risk item can come to: a known fail beats everything, then the item may not apply, then a concern, else it
# passes.
_possible(document) := _sets(_risk_rows(document.risk.known), _risk_rows(document.risk.possible))

_bounds(document) := _sets(_risk_rows(document.risk.boundKnown), _risk_rows(document.risk.boundPossible))

_sets(known, possible) := {id: _risk_set(id, known, possible) | some id, _ in _risk}

_risk_set(id, known, _) := {"fail"} if id in known.fail

_risk_set(id, known, possible) := _if(id, "fail", possible) | {"na"} if {
	not id in known.fail
	id in known.na
}

_risk_set(id, known, possible) := (_if(id, "fail", possible) | _if(id, "na", possible)) | _rest(id, known, possible) if {
	not id in known.fail
	not id in known.na
}

_if(id, row, rows) := {result | some result in [row]; id in rows[row]}

_rest(id, known, _) := {"fail", "concern", "pass"} if id in known.unknown

_rest(id, known, _) := {"concern"} if {
	not id in known.unknown
	id in known.concern
}

_rest(id, known, possible) := _if(id, "concern", possible) | {"pass"} if {
	not id in known.unknown
	not id in known.concern
}

# The result that a set of possible results comes to.
_single(possible) := "pass" if possible in {{"pass"}, {"pass", "na"}}

_single(possible) := "concern" if possible in {{"concern"}, {"concern", "na"}}

_single(possible) := "fail" if possible == {"fail"}

_single(possible) := "na" if possible == {"na"}

_single(possible) := "unknown" if {
	not possible in {{"pass"}, {"pass", "na"}, {"concern"}, {"concern", "na"}, {"fail"}, {"na"}}
}

_results(document) := {id: _single(set) | some id, set in _possible(document)}

# Opportunity items: the first row that certainly holds ends the search.
_opportunity_set(id, known, possible) := {result |
	some i, row in _opportunity_order
	every before in array.slice(_opportunity_order, 0, i) {
		not id in known[before]
	}
	some result in (_if(id, row, possible) | _if(id, row, known))
} | {"fail" | every row in _opportunity_order { not id in known[row] }}

_opportunity_order := ["na", "pass", "concern"]

_risk_items[id] := item if {
	some id, result in _results(input)
	item := object.union({"result": result}, {"level": level | level := _level(id, result)})
}

_opportunity_items[id] := {"result": _single(set)} if {
	known := _opportunity_rows(input.opportunity.known)
	possible := _opportunity_rows(input.opportunity.possible)
	some id, _ in _opportunity
	set := _opportunity_set(id, known, possible)
}

_level(id, result) := data.catalogue.policy.levels.item[result][sprintf("%d", [_risk[id].severity])]

_can_block := ids if {
	ids := data.puntari.decision.can_block with data.risk as _decision_items
}

_decision_items := {id: data.risk[id] | some id, _ in _risk}

_blocked_by(results) := [id | some id, "fail" in results; id in _can_block]

_hard_stops(document, results) := [stop |
	some item in data.catalogue.risk.items
	results[item.id] == "fail"
	some stop in _stops(document, item)
]

_stops(document, item) := array.concat(
	[{"stop": item.hardStop, "item": item.id} | item.hardStop],
	[{"stop": item.alsoStops.stop, "item": item.id} | _also(document, item.alsoStops.when)],
)

_also(document, when) if object.get(document.risk.known.is, split(when.path, "."), {})[when.value]

_roles(rules) := [role.code |
	some role in data.catalogue.policy.roles
	some rule in data.catalogue.policy.signOff
	rule.id in rules
	role.code in rule.roles
]

# The decision on results of the risk items, or on single ends of what they can come to.
_decide(document, results, value, what_if) := decision if {
	people := [true | data.puntari.conditions.about_persons] with input as document.risk.possible with data.params as _params
	assets := [true | data.puntari.conditions.assets] with input as document.risk.possible with data.params as _params
	possible := _possible(document)
	undecided := [id | some id, "unknown" in results; id in _can_block; "fail" in possible[id]]
	tally := object.union(what_if, {
		"blocked": count(_blocked_by(results)) > 0,
		"undecided": count(undecided) > 0,
		"people": count(people) > 0,
		"assets": count(assets) > 0,
		"unknown_items": count([id | some id, "unknown" in results]),
		"value": value,
		"readiness": document.readiness.low,
		"levels": _counts(results, _risk),
		"failing": {id: true | some id, "fail" in results},
		"themes": {theme.code: _counts(results, {id: item | some id, item in _risk; item.theme == theme.code}) |
			some theme in data.catalogue.risk.themes
		},
		"channel": document.channel,
		"measures": document.measures,
	})
	decision := data.puntari.decision.decision with input as tally
		with data.risk as _decision_items
		with data.params as _params
}

_counts(results, items) := {name.level: n |
	some name in data.catalogue.policy.levels.names
	n := count([id | some id, result in results; items[id]; _level(id, result) == name.level])
}
