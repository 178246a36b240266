package puntari.risk.content_test

import data.puntari.risk.content
import data.puntari.testing

# Each row holds on these facts and on no fewer.
test_rows[name] if {
	some name, facts in _rows
	[id, row] := testing.subject(name)
	id in content[row] with input as testing.input_of(facts) with data.params as testing.params
	every miss in testing.near_misses(facts) {
		not id in content[row] with input as miss with data.params as testing.params
	}
}

# An item passes when no row holds.
test_no_row[name] if {
	some name, facts in _no_row
	[id, "pass"] = testing.subject(name)
	_holding(id) == set() with input as testing.input_of(facts) with data.params as testing.params
}

# No row holds by silence.
test_silence[name] if {
	some id in {id | some case, _ in _rows; [id, _] := testing.subject(case)}
	name := concat(" ", [id, "unknown: nothing is known"])
	_holding(id) == set() with input as {} with data.params as testing.params
}

_holding(id) := {row | some row in testing.rows; id in content[row]}

_rows := {
	"RISK-CNT-01 fail: text that nobody has read": [
		"some_column.contentKind.text",
		"is.content.freeTextReview.unreviewed",
	],
	"RISK-CNT-01 fail: text with a hit of the scan": [
		"some_column.contentKind.text",
		"is.profile.piiHits.size.highest: 1, not 0",
	],
	"RISK-CNT-01 na: no text": ["no_column.contentKind.text"],
	"RISK-CNT-01 concern: text checked by a program only": ["is.content.freeTextReview.automated"],
	"RISK-CNT-02 fail: number plates or voices": [
		"some_column.contentKind.media",
		"is.content.platesOrVoices.yes",
	],
	"RISK-CNT-02 fail: children can be recognised": [
		"some_column.contentKind.media",
		"is.content.peopleRecognisable.yes",
		"is.personalData.dataSubjectCategories.minors",
	],
	"RISK-CNT-02 fail: people can be recognised without consent or law": [
		"some_column.contentKind.media",
		"is.content.peopleRecognisable.yes",
		"isnt.personalData.publicationLegalBasis.consent_or_law",
	],
	"RISK-CNT-02 na: no images or sound": ["no_column.contentKind.media"],
	"RISK-CNT-02 concern: people can be recognised": ["is.content.peopleRecognisable.yes"],
	"RISK-CNT-03 fail: a spreadsheet or PDF not checked": [
		"is.content.hiddenContentChecked.no",
		"is.release.formats.with_hidden_content",
	],
	"RISK-CNT-03 fail: images not checked": [
		"is.content.hiddenContentChecked.no",
		"some_column.contentKind.media",
	],
	"RISK-CNT-03 na: a plain format without images or sound": [
		"isnt.release.formats.with_hidden_content",
		"no_column.contentKind.media",
	],
	"RISK-CNT-04 fail: an identity code, account or number plate": ["is.profile.piiHits.pattern.leak"],
	"RISK-CNT-04 fail: people, and anything found": [
		"is.personalData.sourceRelatesToPersons.yes",
		"isnt.personalData.releaseLevel.record_identifiable",
		"is.profile.piiHits.size.highest: 1, not 0",
	],
	"RISK-CNT-04 na: nobody, no text, and the scan found nothing": array.concat(testing.nobody, [
		"no_column.contentKind.text",
		"is.profile.piiHits.size.lowest: 0, not 1",
	]),
	"RISK-CNT-04 unknown: not scanned": ["unproven.profile.available.yes"],
	"RISK-CNT-04 concern: anything found": ["is.profile.piiHits.size.highest: 1, not 0"],
}

_no_row := {
	"RISK-CNT-01 pass: text read by a person, and the scan is clean": [
		"some_column.contentKind.text",
		"is.content.freeTextReview.manual",
		"is.profile.piiHits.size.highest: 0",
	],
	"RISK-CNT-02 pass: images without people or plates": [
		"some_column.contentKind.media",
		"is.content.peopleRecognisable.no",
		"is.content.platesOrVoices.no",
	],
	"RISK-CNT-03 pass: a spreadsheet that has been checked": [
		"is.release.formats.with_hidden_content",
		"is.content.hiddenContentChecked.yes",
	],
	"RISK-CNT-04 pass: people, scanned without a hit": [
		"is.personalData.sourceRelatesToPersons.yes",
		"is.profile.available.yes",
		"is.profile.piiHits.size.highest: 0",
		"is.profile.piiHits.size.lowest: 0",
	],
}
