# METADATA
# title: Helpers of the tests
# description: >-
#   A case of a test is named "ITEM ROW: what it shows" and lists facts as the policies write them. A number comes with
#   the nearest one that must not do: "is.profile.kMin.lowest: 2, not 3".
package puntari.testing

# METADATA
# title: The rows of both checklists
rows := {"fail", "na", "unknown", "concern", "pass"}

# METADATA
# title: Parameters
# description: No two are alike, so that a rule that reads the wrong one is found out.
params := {
	"kMin": 5,
	"kMinSensitive": 10,
	"minCell": 6,
	"minCellSensitive": 12,
	"minDenominator": 100,
	"minDenominatorSensitive": 1000,
	"minResidentsPerArea": 200,
	"requestsPass": 7,
	"trackUniqueMax": 0.1,
	"unknownShareMax": 0.2,
}

# METADATA
# title: Nobody in the data
# description: Everything that could show people is answered, and nothing does.
nobody := [
	"isnt.personalData.sourceRelatesToPersons.yes",
	"isnt.dataset.rowSubject.people",
	"no_column.disclosureRole.identifying",
	"no_column.transforms.hashed",
	"no_column.spatialSubject.people",
	"no_column.specialCategory.special",
	"isnt.personalData.nationalIdentifierPresent.yes",
	"isnt.profile.piiHits.pattern.hetu",
]

# METADATA
# title: Street lights, park benches
# description: A plain dataset of assets or places.
plain_things := array.concat(
	[
		"is.personalData.sourceRelatesToPersons.no",
		"is.dataset.rowSubject.asset_or_place",
		"isnt.security.assetClasses.asset",
		"isnt.dataset.granularity.aggregate_or_event",
	],
	array.slice(nobody, 1, count(nobody)),
)

# METADATA
# title: Officials or sole traders named by law
named_by_law := [
	"is.personalData.releaseLevel.record_identifiable",
	"isnt.personalData.dataSubjectCategories.outside_public_role",
	"is.personalData.publicationLegalBasis.law",
	"is.personalData.publicationLegalBasisRef.set",
]

# METADATA
# title: What a case is about
# description: The words before the colon of its name, an item and a row, or a rule.
subject(name) := split(split(name, ":")[0], " ")

# METADATA
# title: The input with some facts
input_of(facts) := _tree(facts, {_words(fact): _value(fact) | some fact in facts})

# METADATA
# title: The inputs that just miss
# description: One fact is missing, though its column is there, or one number is beyond its limit.
near_misses(facts) := {miss | some miss in array.concat(_without_one(facts), _beyond_one(facts))}

_without_one(facts) := [_tree(facts, {_words(other): _value(other) | some other in facts; other != fact}) |
	some fact in facts
]

_beyond_one(facts) := [_tree(facts, {_words(other): _limited(other, fact) | some other in facts}) |
	some fact in facts
	contains(fact, ": ")
]

_limited(other, fact) := to_number(split(fact, ", not ")[1]) if other == fact

_limited(other, fact) := _value(other) if other != fact

_words(fact) := split(split(fact, ":")[0], ".")

_value(fact) := to_number(split(split(fact, ": ")[1], ",")[0]) if contains(fact, ": ")

_value(fact) if not contains(fact, ": ")

# The input with the parents of the facts and with some leaves. A parent comes before its leaves in the order of keys.
_tree(facts, leaves) := json.patch({}, [{"op": "add", "path": path, "value": value} |
	some path, value in object.union(_parents(facts), leaves)
])

_parents(facts) := {path: _empty(path) |
	some fact in facts
	words := _words(fact)
	some n in numbers.range(1, count(words) - 1)
	path := array.slice(words, 0, n)
}

_empty(path) := [] if path[count(path) - 1] in {"columns", "entries"}

_empty(path) := {} if not path[count(path) - 1] in {"columns", "entries"}
