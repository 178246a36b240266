// Package assessment holds the result of an assessment as plain data: what
// every item came to and why, what follows, what is still open, and what would
// change it. It knows nothing of how it was computed, stored or shown; its JSON
// form is published as docs/assessment.schema.json.
package assessment

import (
	"encoding/json"
	"strings"
)

// Format names the published JSON format and its version.
const Format = "puntari-assessment/1"

// The results of an item.
const (
	Pass          = "pass"
	Concern       = "concern"
	Fail          = "fail"
	Unknown       = "unknown"
	NotApplicable = "na"
)

// OutOfForce stands in lists of results for an item that was not evaluated,
// because it was not in force on the date.
const OutOfForce = "out_of_force"

// Assessment is the assessment of one dataset.
type Assessment struct {
	// Format is always [Format].
	Format  string  `json:"format"`
	Tool    Tool    `json:"tool"`
	Dataset Dataset `json:"dataset"`
	// Date is the day the assessment speaks of (2026-03-01). It is an input;
	// the clock has no influence.
	Date string `json:"date"`
	// Stage is "draft" or "decision".
	Stage   string             `json:"stage"`
	Digests Digests            `json:"digests"`
	Version Versions           `json:"version"`
	Params  map[string]float64 `json:"params"`
	// Profile is the organisation's profile that was used; nothing for the general
	// one.
	Profile *Profile `json:"profile,omitempty"`

	// Outcome is one of the codes in checklists/policy.yaml.
	Outcome string `json:"outcome"`
	// OutcomeBounds are the outcomes with every open question answered at best
	// and at worst.
	OutcomeBounds Bounds `json:"outcomeBounds"`
	// BlockedBy are the items whose fail keeps the dataset closed as it is.
	BlockedBy []string `json:"blockedBy"`
	HardStops []Stop   `json:"hardStops"`
	RiskLevel string   `json:"riskLevel"`
	Value     Interval `json:"value"`
	Readiness Interval `json:"readiness"`
	// ValueLevel and ReadinessLevel come from the low ends of the intervals.
	ValueLevel     string `json:"valueLevel"`
	ReadinessLevel string `json:"readinessLevel"`
	// Priority is the place in the queue, only for the two open outcomes.
	Priority *string             `json:"priority"`
	Themes   map[string]Interval `json:"themes"`
	Items    map[string]*Item    `json:"items"`
	// DecisiveQuestions are the open facts that decide the outcome; only when
	// information is insufficient.
	DecisiveQuestions []DecisiveQuestion `json:"decisiveQuestions"`
	// Questions are all open questions, the deciding ones first.
	Questions []Question `json:"questions"`
	WhatIf    WhatIf     `json:"whatIf"`
	// Changes are the changes that would clear what stands in the way.
	Changes Changes `json:"changes"`
	SignOff SignOff `json:"signOff"`
	// Facts are all facts that some item read, in the order of the descriptor.
	Facts []Fact `json:"facts"`
	// NotInForce are the items that were not evaluated, because they were not yet
	// or no longer in force on the date.
	NotInForce []NotInForce `json:"notInForce,omitempty"`
	// Evidence is what was measured in the data; left out when nothing was.
	Evidence *Evidence `json:"evidence,omitempty"`
	// Measures are the mitigations named in the descriptor.
	Measures []Measure `json:"measures"`
	// Descriptor is the descriptor as it was read, in canonical form.
	Descriptor json.RawMessage `json:"descriptor"`
}

// Profile says whose profile was used and what it changed in the core.
type Profile struct {
	// Identifier and Version are the organisation's own, Digest is that of the content
	// of the profile: "sha256:" and 64 hex digits.
	Identifier string            `json:"identifier"`
	Version    string            `json:"version"`
	Digest     string            `json:"digest"`
	Name       map[string]string `json:"name"`
	// Layers are the codes and versions of the jurisdiction layers, in their order.
	Layers []Layer `json:"layers"`
	// Record is how the report is filed where the descriptor does not say so.
	Record Record `json:"record,omitzero"`
	// Changes are those in force on the date of the assessment.
	Changes []Override `json:"changes"`
}

// Layer is a jurisdiction layer.
type Layer struct {
	Code    string `json:"code"`
	Version string `json:"version"`
}

// Record is how an organisation files its reports.
type Record struct {
	CaseNumber      map[string]string `json:"caseNumber,omitempty"`
	FunctionCode    string            `json:"functionCode,omitempty"`
	RetentionClass  string            `json:"retentionClass,omitempty"`
	RetentionPeriod int               `json:"retentionPeriod,omitempty"`
	RetentionReason map[string]string `json:"retentionReason,omitempty"`
	// Publicity is public, partly_secret or secret.
	Publicity string `json:"publicity,omitempty"`
}

// Override is one thing that the organisation made different from the core.
type Override struct {
	// Kind is overridden, added or retired.
	Kind string `json:"kind"`
	// Section, Name and Key tell what was changed: items, RISK-OPS-02, severity.
	Section string `json:"section"`
	Name    string `json:"name"`
	Key     string `json:"key,omitempty"`
	// Before and After are the values, texts in the first language of the organisation.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Because is the reason that the organisation gives.
	Because map[string]string `json:"because,omitempty"`
	// From and To are the first and last day on which it is in force.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Weakens names the hard stops that it weakens, as the organisation admits.
	Weakens []string `json:"weakens,omitempty"`
}

// Tool is the program that made the assessment.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Dataset identifies what was assessed.
type Dataset struct {
	Identifier  string            `json:"identifier"`
	Title       map[string]string `json:"title"`
	Description map[string]string `json:"description,omitempty"`
	Publisher   string            `json:"publisher,omitempty"`
	PublisherID string            `json:"publisherId,omitempty"`
	// Source is the name of the file that was read.
	Source string `json:"source,omitempty"`
}

// Digests identify the input of the assessment; each is "sha256:" and 64 hex digits.
type Digests struct {
	Descriptor string `json:"descriptor"`
	// Policies covers the Rego modules, Checklists the YAML, Parameters the values.
	Policies   string `json:"policies"`
	Checklists string `json:"checklists"`
	Parameters string `json:"parameters"`
}

// Revision names in short what decided: the version of the policy, an organisation's
// where it is of one, with the beginning of the digests of everything that decides
// as build metadata of a semantic version.
func (d *Digests) Revision(version string) string {
	short := func(digest string) string { return strings.TrimPrefix(digest, "sha256:")[:8] }
	return version + "+" + short(d.Policies) + "." + short(d.Checklists)
}

// Versions are the versions of what decided.
type Versions struct {
	Policy      string `json:"policy"`
	Risk        string `json:"risk"`
	Opportunity string `json:"opportunity"`
	Descriptor  string `json:"descriptor"`
}

// Bounds is a best and a worst outcome.
type Bounds struct {
	Best  string `json:"best"`
	Worst string `json:"worst"`
}

// Interval is a score between 0 and 100 that is known only within bounds; low
// and high agree when nothing that matters is open.
type Interval struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// Stop is a hard stop with the item that raised it.
type Stop struct {
	Stop string `json:"stop"`
	Item string `json:"item"`
}

// Item is the result of one item.
type Item struct {
	// Result is pass, concern, fail, unknown or na.
	Result string `json:"result"`
	// Possible are the results that the answers still allow, best first; only
	// for unknown.
	Possible []string `json:"possible,omitempty"`
	// Level is the level of a risk item that is not pass or na.
	Level string `json:"level,omitempty"`
	// Columns are the columns that the result speaks of.
	Columns []string `json:"columns,omitempty"`
	// Missing are the paths of the open facts that keep the item unknown; a
	// column's attribute is named as schema.fields[NAME].attribute.
	Missing []string `json:"missing,omitempty"`
	// Facts are the paths of the facts that decided.
	Facts []string `json:"facts,omitempty"`
	// Reason holds the values for the placeholders of the item's reason text.
	Reason map[string]Value `json:"reason,omitempty"`
	// Text is the reason as a sentence in the language that was asked for.
	Text string `json:"text,omitempty"`
	// WhatIf is the result with the proposed changes made, where it differs.
	WhatIf string `json:"whatIf,omitempty"`
	// References are the places in the sources that the item rests on.
	References []Reference `json:"references,omitempty"`
}

// NotInForce is an item that was not in force on the date of the assessment.
type NotInForce struct {
	Item string `json:"item"`
	// ValidFrom and ValidTo are its first and last day, empty when open.
	ValidFrom string `json:"validFrom,omitempty"`
	ValidTo   string `json:"validTo,omitempty"`
}

// Value is a value in a reason: codes of the field's vocabulary, or plain texts.
type Value struct {
	// Field is the path of the field, for the label of a code.
	Field string   `json:"field,omitempty"`
	Codes []string `json:"codes,omitempty"`
	// Open tells that the fact is not answered.
	Open bool `json:"open,omitempty"`
}

// Reference is a place in a source, as in the checklists.
type Reference struct {
	Source string `json:"source"`
	At     string `json:"at,omitempty"`
	// Read is read, partly or recalled; a recalled place has not been checked.
	Read string `json:"read"`
	// InForce is false when the source did not apply on the assessment's date.
	InForce bool `json:"inForce"`
}

// DecisiveQuestion names the open facts of an item that decides the outcome.
type DecisiveQuestion struct {
	Item   string   `json:"item"`
	Fields []string `json:"fields"`
}

// Question is one open question.
type Question struct {
	// Field is the path of the fact, as in [Item.Missing].
	Field string `json:"field"`
	// Decisive tells that the answer can decide the outcome.
	Decisive bool `json:"decisive"`
	// AnsweredUnknown tells that the steward answered "unknown".
	AnsweredUnknown bool `json:"answeredUnknown,omitempty"`
	// Suspicion names the entry of the lexicon that a column's name matches.
	Suspicion string `json:"suspicion,omitempty"`
	// Items are the items that are open because of it.
	Items []string `json:"items"`
}

// WhatIf is the assessment with the proposed measures made.
type WhatIf struct {
	// Measures are the codes that were tried; the rest is empty without them.
	Measures    []string          `json:"measures"`
	Outcome     *string           `json:"outcome"`
	SameProduct bool              `json:"sameProduct,omitempty"`
	RiskLevel   string            `json:"riskLevel,omitempty"`
	HardStops   []Stop            `json:"hardStops,omitzero"`
	Changed     map[string]Change `json:"changed,omitzero"`
}

// Change is a result before and after.
type Change struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// Changes is the smallest set of mitigations of the library that clears all
// items in the way of opening, besides those already proposed.
type Changes struct {
	// Measures are the suggested mitigations with the items that each clears.
	Measures []SuggestedMeasure `json:"measures"`
	// Uncleared are items in the way that no mitigation of the library clears.
	Uncleared []string `json:"uncleared,omitempty"`
	// Outcome is the outcome once the measures are made and verified, everything
	// else staying the same; empty when nothing stands in the way.
	Outcome string `json:"outcome,omitempty"`
}

// SuggestedMeasure is a mitigation and what it clears here.
type SuggestedMeasure struct {
	Code    string   `json:"code"`
	Clears  []string `json:"clears"`
	Columns []string `json:"columns,omitempty"`
}

// SignOff says who signs.
type SignOff struct {
	// Rules are the ids of the sign-off rules that hold, Roles the roles they ask for.
	Rules []string `json:"rules"`
	Roles []string `json:"roles"`
}

// The states of a fact.
const (
	Answered      = "answered"
	SaidUnknown   = "unknown"
	NotAnswered   = "not_answered"
	TakenForGiven = "assumed" // not asked, so the harmless value counts
	Doubted       = "doubted" // answered for the dataset, but a column's name says otherwise
)

// Fact is a fact of the descriptor that some item read.
type Fact struct {
	// Path is the field, schema.fields[NAME].attribute for a column.
	Path string `json:"path"`
	// State is one of the states above.
	State  string   `json:"state"`
	Values []string `json:"values,omitempty"`
	// Items are the items whose result the fact decided or keeps open.
	Items []string `json:"items,omitempty"`
	// Origin is where an imported fact comes from; without it the steward
	// declared the fact.
	Origin *Origin `json:"origin,omitempty"`
}

// Origin is the place in a catalogue record or another source that says a fact.
type Origin struct {
	File string `json:"file"`
	// Format is the format of the source, such as "ckan" or "turtle".
	Format string `json:"format"`
	// Property is the property in the words of the source, Raw what it says.
	Property string `json:"property"`
	Raw      string `json:"raw"`
}

// Measure is a mitigation named in the descriptor.
type Measure struct {
	Code   string   `json:"code"`
	Status string   `json:"status"`
	Fields []string `json:"fields,omitempty"`
	// Clears are the items that change for the better when this measure alone is
	// made; only for proposed ones.
	Clears   []string `json:"clears,omitempty"`
	Evidence string   `json:"evidence,omitempty"`
}
