// Package checklist holds what Puntari asks and how much it weighs: the fields
// of a dataset descriptor, the items of the two checklists, the changes a
// steward can make, and the numbers and words of the data policy.
//
// It is data only. What a fact means for an item is said in Rego (see the
// policies folder); this package says which items there are, in which words,
// with which severity, under which law.
package checklist

import (
	"maps"
	"slices"
	"strings"
)

// Text is a text in several languages, by language code ("en", "fi", "sv").
type Text map[string]string

// Languages are those that every text of the core has.
var Languages = []string{"en", "fi", "sv"}

// Placeholders lists the names in braces in a text, each once; it looks at the
// language that is there in place of all others.
func Placeholders(t Text) []string {
	var out []string
	for rest := t.In("en"); ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			return out
		}
		name, after, ok := strings.Cut(after, "}")
		if !ok {
			return out
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
		rest = after
	}
}

// Fill replaces each {name} in the text in lang by params[name]. A name without
// a parameter stays as it is, so that a missing one is seen.
func (t Text) Fill(lang string, params map[string]string) string {
	s := t.In(lang)
	for k, v := range params {
		s = strings.ReplaceAll(s, "{"+k+"}", v)
	}
	return s
}

// In returns the text in lang, or in English where lang is missing. A text of an
// organisation that has no English is given in the first of its languages by code.
func (t Text) In(lang string) string {
	if s, ok := t[lang]; ok {
		return s
	}
	if s, ok := t["en"]; ok || len(t) == 0 {
		return s
	}
	return t[slices.Min(slices.Collect(maps.Keys(t)))]
}

// Catalogue is everything under checklists/, with an organisation's changes
// laid over it.
type Catalogue struct {
	Descriptor  Descriptor   `yaml:"descriptor" json:"descriptor"`
	Risk        Checklist    `yaml:"risk" json:"risk"`
	Opportunity Checklist    `yaml:"opportunity" json:"opportunity"`
	Mitigations []Mitigation `yaml:"mitigations" json:"mitigations"`
	// Efforts are what a mitigation can take, the lightest first.
	Efforts  []Effort          `yaml:"efforts" json:"efforts"`
	Policy   Policy            `yaml:"policy" json:"policy"`
	Sources  map[string]Source `yaml:"sources" json:"sources"`
	Lexicon  Lexicon           `yaml:"lexicon" json:"lexicon"`
	Evidence Evidence          `yaml:"evidence" json:"evidence"`
	// Messages are the words of the program itself, by key.
	Messages map[string]Text `yaml:"messages" json:"messages"`
	// NotInForce are the items that [Catalogue.On] has left out.
	NotInForce []Item `yaml:"-" json:"-"`
	// Retired are items of the core that the organisation does not use.
	Retired []string `yaml:"-" json:"retired,omitempty"`

	digest string
	// edits are changes that are in force on their days only.
	edits []edit
}

// Descriptor is the field catalogue: every field of a dataset descriptor once.
type Descriptor struct {
	Version  string    `yaml:"version" json:"version"`
	Sections []Section `yaml:"sections" json:"sections"`
	Fields   []Field   `yaml:"fields" json:"fields"`
}

// Section is a part of the descriptor, as stewards think of it.
type Section struct {
	ID    string `yaml:"id" json:"id"`
	Label Text   `yaml:"label" json:"label"`
}

// Field is one field of a descriptor.
type Field struct {
	// Path names the field from the root, with "[]" after a list of objects:
	// "personalData.releaseLevel", "schema.fields[].name".
	Path string `yaml:"path" json:"path"`
	// Type is one of the types explained at the head of checklists/descriptor.yaml.
	Type     string  `yaml:"type" json:"type"`
	Label    Text    `yaml:"label" json:"label"`
	Question Text    `yaml:"question" json:"question"`
	Help     Text    `yaml:"help" json:"help"`
	Example  string  `yaml:"example,omitempty" json:"example,omitempty"`
	Values   []Value `yaml:"values,omitempty" json:"values,omitempty"`
	// Groups are sets of values that policies ask for by name.
	Groups map[string][]string `yaml:"groups,omitempty" json:"groups,omitempty"`
	// Markers are texts that a listed entry may contain, by the name policies use.
	Markers map[string]string `yaml:"markers,omitempty" json:"markers,omitempty"`
	Min     *float64          `yaml:"min,omitempty" json:"min,omitempty"`
	Max     *float64          `yaml:"max,omitempty" json:"max,omitempty"`
	// Required fields identify the dataset; without them there is no assessment.
	Required bool `yaml:"required,omitempty" json:"required,omitempty"`
	// Essential fields are asked of everybody first; a descriptor without them is
	// assessed, but not complete.
	Essential bool `yaml:"essential,omitempty" json:"essential,omitempty"`
	// AskWhen is "always", "never", or the name of a rule of package puntari.asked.
	AskWhen string `yaml:"askWhen,omitempty" json:"askWhen,omitempty"`
	// AskOf limits a question about a column to columns with one of these
	// attribute values.
	AskOf map[string][]string `yaml:"askOf,omitempty" json:"askOf,omitempty"`
	// WhenNotAsked is the value taken for granted when the question is not asked.
	WhenNotAsked any    `yaml:"whenNotAsked,omitempty" json:"whenNotAsked,omitempty"`
	AlignedWith  string `yaml:"alignedWith,omitempty" json:"alignedWith,omitempty"`
	Producer     string `yaml:"producer,omitempty" json:"producer,omitempty"`
	// RecordOnly fields are part of the record: a tool writes them, no policy reads
	// them and nobody is asked.
	RecordOnly bool `yaml:"recordOnly,omitempty" json:"recordOnly,omitempty"`
	// EmptyIsNoAnswer is set where an empty list says nothing.
	EmptyIsNoAnswer bool `yaml:"emptyIsNoAnswer,omitempty" json:"emptyIsNoAnswer,omitempty"`
	// OnlyWhen makes the value count only while another field has a value.
	OnlyWhen *FieldIs `yaml:"onlyWhen,omitempty" json:"onlyWhen,omitempty"`
	// SameAs names the field for which this one is another name.
	SameAs string `yaml:"sameAs,omitempty" json:"sameAs,omitempty"`
}

// FieldIs says that a field has a value.
type FieldIs struct {
	Path  string `yaml:"path" json:"path"`
	Value string `yaml:"value" json:"value"`
}

// Value is an allowed value of a field.
type Value struct {
	Value string `yaml:"value" json:"value"`
	Label Text   `yaml:"label" json:"label"`
}

// Name is the last part of the path: "releaseLevel", "name".
func (f *Field) Name() string {
	return f.Path[strings.LastIndexByte(f.Path, '.')+1:]
}

// Section is the first part of the path without brackets: "personalData".
func (f *Field) Section() string {
	s, _, _ := strings.Cut(f.Path, ".")
	return strings.TrimSuffix(s, "[]")
}

// ListPath is the path of the list of objects that the field is a member of,
// without brackets ("schema.fields"), or "" for a field that stands alone.
func (f *Field) ListPath() string {
	if i := strings.LastIndex(f.Path, "[]."); i >= 0 {
		return f.Path[:i]
	}
	return ""
}

// IsList tells whether the field holds a list.
func (f *Field) IsList() bool { return strings.HasPrefix(f.Type, "list<") }

// ElementType is the type of one value: "enum" for "list<enum>".
func (f *Field) ElementType() string {
	return strings.TrimSuffix(strings.TrimPrefix(f.Type, "list<"), ">")
}

// Checklist is one of the two checklists.
type Checklist struct {
	Version string  `yaml:"version" json:"version"`
	Groups  []Group `yaml:"groups,omitempty" json:"groups,omitempty"`
	Themes  []Theme `yaml:"themes" json:"themes"`
	Items   []Item  `yaml:"items" json:"items"`
}

// Group is a group of themes whose scores are added up: value, readiness.
type Group struct {
	Code  string `yaml:"code" json:"code"`
	Title Text   `yaml:"title" json:"title"`
	About Text   `yaml:"about" json:"about"`
}

// Theme is a group of items.
type Theme struct {
	Code string `yaml:"code" json:"code"`
	// Package is the last part of the Rego package that holds the rules.
	Package string `yaml:"package" json:"package"`
	Title   Text   `yaml:"title" json:"title"`
	About   Text   `yaml:"about" json:"about"`
	// Group and Weight are set for opportunity themes.
	Group  string  `yaml:"group,omitempty" json:"group,omitempty"`
	Weight float64 `yaml:"weight,omitempty" json:"weight,omitempty"`
}

// Item is one item of a checklist.
type Item struct {
	ID string `yaml:"id" json:"id"`
	// Validity is when the item is in force; on other days it is not evaluated.
	Validity `yaml:",inline"`
	Theme    string `yaml:"theme" json:"theme"`
	Title    Text   `yaml:"title" json:"title"`
	Question Text   `yaml:"question" json:"question"`
	Why      Text   `yaml:"why" json:"why"`
	// Severity is how bad the harm is, 1 to 5; risk items only.
	Severity int `yaml:"severity,omitempty" json:"severity,omitempty"`
	// HardStop is the stop that a fail of this item raises; risk items only.
	HardStop string `yaml:"hardStop,omitempty" json:"hardStop,omitempty"`
	// AlsoStops is a further stop raised by one particular answer.
	AlsoStops *AlsoStop `yaml:"alsoStops,omitempty" json:"alsoStops,omitempty"`
	// Procedural items want something done that needs no change of the data.
	Procedural bool `yaml:"procedural,omitempty" json:"procedural,omitempty"`
	// Weight is the weight within the theme; opportunity items only.
	Weight float64 `yaml:"weight,omitempty" json:"weight,omitempty"`
	// Mitigations are codes of changes that can clear the item, best first.
	Mitigations []string `yaml:"mitigations,omitempty" json:"mitigations,omitempty"`
	// WayOut says in words what to change.
	WayOut     Text            `yaml:"wayOut" json:"wayOut"`
	Reasons    map[string]Text `yaml:"reasons" json:"reasons"`
	References []Citation      `yaml:"references" json:"references"`
	// Package is the Rego package with the rows of an item that an organisation
	// added, such as "org.kivela.risk"; empty for the items of the core, whose rows
	// are in the package of their theme.
	Package string `yaml:"-" json:"package,omitempty"`
}

// AlsoStop raises a hard stop when a field has a value and the item fails.
type AlsoStop struct {
	Stop string  `yaml:"stop" json:"stop"`
	When FieldIs `yaml:"when" json:"when"`
}

// Citation is a place in a source that an item rests on.
type Citation struct {
	Source string `yaml:"source" json:"source"`
	// At is the article, section or page; empty when the whole source is meant.
	At string `yaml:"at,omitempty" json:"at,omitempty"`
	// Read is how far the place was read: "read", "partly" or "recalled". A
	// recalled place has not been checked and is marked wherever it is shown.
	Read string `yaml:"read" json:"read"`
	Note Text   `yaml:"note,omitempty" json:"note,omitempty"`
	// Validity is when the place is in force, where that differs from its source.
	Validity `yaml:",inline"`
}

// Source is an act, judgment, guide, standard or practice.
type Source struct {
	Title        Text   `yaml:"title" json:"title"`
	Short        Text   `yaml:"short" json:"short"`
	Kind         string `yaml:"kind" json:"kind"`
	Jurisdiction string `yaml:"jurisdiction" json:"jurisdiction"`
	Number       string `yaml:"number,omitempty" json:"number,omitempty"`
	URI          string `yaml:"uri,omitempty" json:"uri,omitempty"`
	// Validity is when the source is in force.
	Validity `yaml:",inline"`
	// Dates tells how the dates are known: "known" or "recalled".
	Dates string `yaml:"validity,omitempty" json:"validity,omitempty"`
	Note  Text   `yaml:"note,omitempty" json:"note,omitempty"`
}

// Mitigation is a change that a steward or another person can make.
type Mitigation struct {
	Code string `yaml:"code" json:"code"`
	Name Text   `yaml:"name" json:"name"`
	What Text   `yaml:"what" json:"what"`
	Cost Text   `yaml:"cost" json:"cost"`
	Who  string `yaml:"who" json:"who"`
	// Effort is the code of an [Effort].
	Effort string   `yaml:"effort" json:"effort"`
	Clears []string `yaml:"clears" json:"clears"`
	// Patch is what the change does to the descriptor.
	Patch Patch `yaml:"patch" json:"patch"`
}

// Effort is how much work a mitigation takes.
type Effort struct {
	Code  string `yaml:"code" json:"code"`
	Label Text   `yaml:"label" json:"label"`
}

// Patch is the effect of a mitigation on a descriptor.
type Patch struct {
	// Columns is what happens to the named columns: "drop", "recode",
	// "transform:NAME" or "set:ATTRIBUTE".
	Columns string `yaml:"columns,omitempty" json:"columns,omitempty"`
	// Of limits the columns that are suggested for the change to those with an
	// answer other than "none" to one of these attributes.
	Of []string `yaml:"of,omitempty" json:"of,omitempty"`
	// Param names the parameter that holds the attribute's new value, Default is
	// the value without it.
	Param   string `yaml:"param,omitempty" json:"param,omitempty"`
	Default string `yaml:"default,omitempty" json:"default,omitempty"`
	// Set gives fields a fixed value.
	Set map[string]any `yaml:"set,omitempty" json:"set,omitempty"`
	// Append adds a value to a list.
	Append map[string]string `yaml:"append,omitempty" json:"append,omitempty"`
	// Allow lists the fields that the steward may give a value in params.set.
	Allow []string `yaml:"allow,omitempty" json:"allow,omitempty"`
	// Measured lists the fields of which the file says nothing any more, since the
	// change alters what was measured.
	Measured []string `yaml:"measured,omitempty" json:"measured,omitempty"`
}

// Policy is the data policy: parameters, levels, scores, outcomes, who signs.
type Policy struct {
	Version    string           `yaml:"version" json:"version"`
	Params     map[string]Param `yaml:"params" json:"params"`
	Levels     Levels           `yaml:"levels" json:"levels"`
	Scoring    Scoring          `yaml:"scoring" json:"scoring"`
	Results    ResultNames      `yaml:"results" json:"results"`
	Outcomes   []Outcome        `yaml:"outcomes" json:"outcomes"`
	HardStops  []HardStop       `yaml:"hardStops" json:"hardStops"`
	Priorities []Priority       `yaml:"priorities" json:"priorities"`
	Roles      []Role           `yaml:"roles" json:"roles"`
	SignOff    []SignOff        `yaml:"signOff" json:"signOff"`
	Articles   []Article        `yaml:"articles" json:"articles"`
	// Ranges are what the numbers of items may be, by their names: severity, weight.
	Ranges map[string]Range `yaml:"ranges" json:"ranges"`
}

// Range is from the lowest to the highest value of a number, both included.
type Range struct {
	Min float64 `yaml:"min" json:"min"`
	Max float64 `yaml:"max" json:"max"`
}

// Param is a parameter of the policy: a number that an organisation may change.
type Param struct {
	Value float64 `yaml:"value" json:"value"`
	// Min and Max are the lowest and the highest value that it may have; both 0 where
	// there is no limit. Whole says that it has no decimals.
	Min     float64 `yaml:"min,omitempty" json:"min,omitempty"`
	Max     float64 `yaml:"max,omitempty" json:"max,omitempty"`
	Whole   bool    `yaml:"whole,omitempty" json:"whole,omitempty"`
	Label   Text    `yaml:"label" json:"label"`
	Meaning Text    `yaml:"meaning" json:"meaning"`
	Basis   Text    `yaml:"basis" json:"basis"`
	Read    string  `yaml:"read" json:"read"`
	// Dated are values for some time; the first that is in force counts.
	Dated []DatedValue `yaml:"dated,omitempty" json:"dated,omitempty"`
	// Stricter tells which way the parameter gets stricter: "higher" or "lower";
	// empty where neither is stricter.
	Stricter string `yaml:"stricter,omitempty" json:"stricter,omitempty"`
	// HardStops are the stops that rest on the parameter.
	HardStops []string `yaml:"hardStops,omitempty" json:"hardStops,omitempty"`
	// Measured names the fields that measuring a data file fills in by the parameter.
	Measured []string `yaml:"measured,omitempty" json:"measured,omitempty"`
}

// Range is what the value may be; ok is false where there is no limit.
func (p *Param) Range() (r Range, ok bool) { return Range{p.Min, p.Max}, p.Min != 0 || p.Max != 0 }

// Levels holds the five levels and how an item's result becomes one of them.
type Levels struct {
	Names []LevelName `yaml:"names" json:"names"`
	// Item gives the level of an item by its result and severity.
	Item map[string]map[int]string `yaml:"item" json:"item"`
}

// LevelName names a level, lowest first.
type LevelName struct {
	Level string `yaml:"level" json:"level"`
	Label Text   `yaml:"label" json:"label"`
	// From is the lowest score (0 to 100) of the level for value and readiness.
	From int `yaml:"from" json:"from"`
}

// Scoring says how the results of the opportunity items become two scores.
type Scoring struct {
	// Points is the worth of a result, 0 to 1. Results not named are left out.
	Points map[string]float64 `yaml:"points" json:"points"`
	Scores []Score            `yaml:"scores" json:"scores"`
}

// Score is a score of 0 to 100 over the themes of a group: PeakShare points for
// the best of the PeakThemes, the rest for the weighted mean of all themes.
type Score struct {
	Group      string   `yaml:"group" json:"group"`
	PeakShare  float64  `yaml:"peakShare,omitempty" json:"peakShare,omitempty"`
	PeakThemes []string `yaml:"peakThemes,omitempty" json:"peakThemes,omitempty"`
	Floors     []Bound  `yaml:"floors,omitempty" json:"floors,omitempty"`
	Caps       []Bound  `yaml:"caps,omitempty" json:"caps,omitempty"`
}

// Bound keeps a score at or above (a floor) or at or below (a cap) At while an
// item has one of the results.
type Bound struct {
	Item    string   `yaml:"item" json:"item"`
	Results []string `yaml:"results" json:"results"`
	At      float64  `yaml:"at" json:"at"`
}

// ResultNames are the words for the results of the two checklists.
type ResultNames struct {
	Risk        map[string]Text `yaml:"risk" json:"risk"`
	Opportunity map[string]Text `yaml:"opportunity" json:"opportunity"`
}

// Outcome is a possible outcome, the most open first.
type Outcome struct {
	Code string `yaml:"code" json:"code"`
	// Opens says that the dataset is opened, at once or after measures.
	Opens   bool `yaml:"opens" json:"opens,omitempty"`
	Label   Text `yaml:"label" json:"label"`
	Meaning Text `yaml:"meaning" json:"meaning"`
	Next    Text `yaml:"next" json:"next"`
}

// OutcomeRank is how closed an outcome is: 0 for the most open, -1 for a code that
// is no outcome.
func (p *Policy) OutcomeRank(code string) int {
	return slices.IndexFunc(p.Outcomes, func(o Outcome) bool { return o.Code == code })
}

// Outcome returns the outcome with the code; one that does not exist has its code
// for a label.
func (p *Policy) Outcome(code string) Outcome {
	if i := p.OutcomeRank(code); i >= 0 {
		return p.Outcomes[i]
	}
	return Outcome{Code: code, Label: Text{"en": code}}
}

// HardStop is a legal stop that no value outweighs.
type HardStop struct {
	Code       string     `yaml:"code" json:"code"`
	Title      Text       `yaml:"title" json:"title"`
	Why        Text       `yaml:"why" json:"why"`
	WayOut     Text       `yaml:"wayOut" json:"wayOut"`
	References []Citation `yaml:"references" json:"references"`
}

// Priority is the place in the queue of a dataset that may be opened.
type Priority struct {
	Code    string `yaml:"code" json:"code"`
	Label   Text   `yaml:"label" json:"label"`
	Meaning Text   `yaml:"meaning" json:"meaning"`
}

// Role is somebody who signs.
type Role struct {
	Code  string `yaml:"code" json:"code"`
	Label Text   `yaml:"label" json:"label"`
}

// SignOff explains a rule about who signs; policies/decision/sign_off.rego
// decides which rules hold.
type SignOff struct {
	ID    string   `yaml:"id" json:"id"`
	When  Text     `yaml:"when" json:"when"`
	Roles []string `yaml:"roles" json:"roles"`
}

// Article is a part of the data policy in words.
type Article struct {
	ID    string `yaml:"id" json:"id"`
	Title Text   `yaml:"title" json:"title"`
	Text  Text   `yaml:"text" json:"text"`
}

// Lexicon holds column names that usually carry personal data.
type Lexicon struct {
	Entries []LexiconEntry `yaml:"entries" json:"entries"`
}

// LexiconEntry says which names suggest which role.
type LexiconEntry struct {
	ID string `yaml:"id" json:"id"`
	// Role is the disclosureRole that such columns usually have.
	Role string `yaml:"role" json:"role"`
	// Names are whole names or single words of a name, in lower case without
	// accents and separators.
	Names []string `yaml:"names" json:"names"`
	// Label says what such a column usually holds.
	Label Text `yaml:"label" json:"label"`
}

// Field returns the field with the path, or nil.
func (d *Descriptor) Field(path string) *Field {
	for i := range d.Fields {
		if d.Fields[i].Path == path {
			return &d.Fields[i]
		}
	}
	return nil
}

// Item returns the item with the id from either checklist, or nil.
func (c *Catalogue) Item(id string) *Item {
	for _, items := range [][]Item{c.Risk.Items, c.Opportunity.Items} {
		for i := range items {
			if items[i].ID == id {
				return &items[i]
			}
		}
	}
	return nil
}

// Mitigation returns the mitigation with the code, or nil.
func (c *Catalogue) Mitigation(code string) *Mitigation {
	for i := range c.Mitigations {
		if c.Mitigations[i].Code == code {
			return &c.Mitigations[i]
		}
	}
	return nil
}
