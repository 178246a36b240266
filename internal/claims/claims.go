// Package claims compares what a steward says of a dataset with what was
// measured in its file. Where the two differ, the one that calls for more caution
// counts. Which statements can be tested, and which value calls for more
// caution, is said in checklists/evidence.yaml.
package claims

import (
	"slices"
	"strconv"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// Result says what became of a statement.
type Result string

// The results.
const (
	// Agreed statements call for at least as much caution as the file does.
	Agreed Result = "agreed"
	// Contradicted ones call for less.
	Contradicted Result = "contradicted"
	// Untestable ones were made, and the file says nothing of them.
	Untestable Result = "untestable"
	// Unstated: the file says something, and nobody else has.
	Unstated Result = "unstated"
)

// Claim is a statement beside its measured counterpart.
type Claim struct {
	// Field is the path, with the name of the column: "schema.fields[sex].type".
	Field string
	// Stated and Measured are values of the field; empty when there is none.
	Stated, Measured string
	// Columns are those that show the measured value.
	Columns []string
	Result  Result
	// settles tells that the measured value counts.
	settles bool
}

// Rules knows which statements can be tested.
type Rules struct {
	rules     []rule
	dominance *dominance
}

type rule struct {
	checklist.ClaimRule
	index     int    // of the field in the catalogue
	attribute string // of columns, or ""
}

const columnPrefix = "schema.fields[]."

// New prepares the rules of a catalogue. Rules about fields that do not exist
// are left out; a test looks for them.
func New(c *checklist.Catalogue) *Rules {
	r := &Rules{dominance: newDominance(c)}
	for _, x := range c.Evidence.Claims {
		i := slices.IndexFunc(c.Descriptor.Fields, func(f checklist.Field) bool { return f.Path == x.Field })
		if i < 0 {
			continue
		}
		attribute, _ := strings.CutPrefix(x.Field, columnPrefix)
		if attribute == x.Field {
			attribute = ""
		}
		r.rules = append(r.rules, rule{x, i, attribute})
	}
	return r
}

// Compare compares the statements of a descriptor with the measurement in it,
// in the order of the rules. Without a measurement there is nothing to compare.
func (r *Rules) Compare(d *descriptor.Dataset) []Claim {
	if d.Evidence.Statements == nil {
		return nil
	}
	measured := map[string]descriptor.MeasuredStatement{}
	for _, s := range d.Evidence.Statements {
		if s.Field != nil && s.Value != nil {
			measured[*s.Field] = s
		}
	}
	r.dominance.judge(&d.Evidence, measured)
	answers := make([]descriptor.Answer, descriptor.FieldCount)
	// The answers about each column are laid out once, for all rules.
	about := make([]descriptor.Answer, len(r.rules)*len(d.Schema.Fields))
	for k := range d.Schema.Fields {
		d.Schema.Fields[k].Answers(answers)
		for i := range r.rules {
			about[i*len(d.Schema.Fields)+k] = answers[r.rules[i].index]
		}
	}
	d.Answers(answers)
	var out []Claim
	for i := range r.rules {
		x := &r.rules[i]
		switch {
		case x.Same:
			out = columns(out, d)
		case x.attribute == "":
			out = x.compare(out, x.Field, answers[x.index], measured)
		default:
			for k := range d.Schema.Fields {
				if name := d.Schema.Fields[k].Name; name != nil {
					out = x.compare(out, "schema.fields["+*name+"]."+x.attribute, about[i*len(d.Schema.Fields)+k], measured)
				}
			}
		}
	}
	return out
}

// columns compares which columns are described with which there are. A column
// that nobody has described counts as one of which nothing is known. Where no
// column is described at all there is no statement to compare.
func columns(out []Claim, d *descriptor.Dataset) []Claim {
	if len(d.Schema.Fields) == 0 || len(d.Evidence.Columns) == 0 {
		return out
	}
	described, there := map[string]bool{}, map[string]bool{}
	for i := range d.Evidence.Columns {
		if name := d.Evidence.Columns[i].Name; name != nil {
			there[*name] = true
		}
	}
	for i := range d.Schema.Fields {
		f := &d.Schema.Fields[i]
		if f.Name == nil {
			continue
		}
		described[*f.Name] = true
		if !there[*f.Name] && !slices.Contains(f.Transforms, "dropped") {
			out = append(out, Claim{Field: "schema.fields[" + *f.Name + "].name", Stated: *f.Name, Result: Contradicted})
		}
	}
	for i := range d.Evidence.Columns {
		if name := d.Evidence.Columns[i].Name; name != nil && !described[*name] {
			out = append(out, Claim{Field: "schema.fields[" + *name + "].name", Measured: *name, Columns: []string{*name}, Result: Contradicted, settles: true})
		}
	}
	return out
}

func (x *rule) compare(out []Claim, field string, a descriptor.Answer, measured map[string]descriptor.MeasuredStatement) []Claim {
	m, ok := measured[field]
	stated := a.Given && !a.Unknown
	if !ok && !stated {
		return out
	}
	c := Claim{Field: field, Stated: shown(a)}
	if !stated {
		c.Stated = ""
	}
	if ok {
		c.Measured, c.Columns = *m.Value, m.Columns
	}
	switch {
	case !ok:
		c.Result = Untestable
	case !stated:
		c.Result, c.settles = Unstated, x.graver(c.Measured)
	default:
		c.Result = x.judge(a, c.Measured)
		c.settles = c.Result == Contradicted
	}
	return append(out, c)
}

// shown is an answer as text.
func shown(a descriptor.Answer) string {
	switch {
	case len(a.List) > 0:
		return strings.Join(a.List, ", ")
	case a.Text != "":
		return a.Text
	case a.Given && !a.Unknown && a.Count == 0:
		return strconv.FormatFloat(a.Number, 'f', -1, 64)
	}
	return ""
}

// judge tells whether a statement calls for as much caution as the file.
func (x *rule) judge(a descriptor.Answer, measured string) Result {
	if x.Smaller {
		n, err := strconv.ParseFloat(measured, 64)
		switch {
		case err != nil:
			return Untestable
		case n < a.Number:
			return Contradicted
		}
		return Agreed
	}
	at := slices.Index(x.Caution, measured)
	if at < 0 {
		return Untestable
	}
	said := a.List
	if said == nil {
		said = []string{a.Text}
	}
	result := Untestable
	for _, s := range said {
		switch i := slices.Index(x.Caution, s); {
		case i > at:
			return Contradicted
		case i >= 0:
			result = Agreed
		}
	}
	return result
}

// graver tells whether a measured value counts although nobody has said
// anything: the one that calls for the least caution does not, since that
// nothing was found proves nothing.
func (x *rule) graver(measured string) bool {
	if x.Smaller {
		return true
	}
	i := slices.Index(x.Caution, measured)
	return i >= 0 && i < len(x.Caution)-1
}

// Settle returns the descriptor with the value that calls for most caution
// wherever the file and the steward differ, and the comparison. Without a
// difference it is the descriptor itself.
func (r *Rules) Settle(d *descriptor.Dataset) (*descriptor.Dataset, []Claim) {
	all := r.Compare(d)
	if !slices.ContainsFunc(all, func(c Claim) bool { return c.settles }) {
		return d, all
	}
	out := d.Clone()
	for _, c := range all {
		if c.settles {
			settle(out, &c)
		}
	}
	return out, all
}

// settle writes the measured value over the stated one. Values of the catalogue
// fit their fields; a number is written as one.
func settle(d *descriptor.Dataset, c *Claim) {
	var value any = c.Measured
	if n, err := strconv.ParseFloat(c.Measured, 64); err == nil {
		value = n
	}
	name, attribute, ok := columnField(c.Field)
	if ok && attribute == "name" {
		d.Schema.Fields = append(d.Schema.Fields, descriptor.Column{Name: &name})
		return
	}
	if !ok {
		_ = d.Set(c.Field, value) // what does not fit was refused by the reader
		return
	}
	for i := range d.Schema.Fields {
		f := &d.Schema.Fields[i]
		if f.Name == nil || *f.Name != name {
			continue
		}
		if attribute == "transforms" {
			f.Transforms = slices.DeleteFunc(f.Transforms, func(t string) bool { return t == "dropped" })
			continue
		}
		_ = f.Set(attribute, value)
	}
}

// columnField takes "schema.fields[name].attribute" apart.
func columnField(field string) (name, attribute string, ok bool) {
	rest, ok := strings.CutPrefix(field, "schema.fields[")
	i := strings.LastIndex(rest, "].")
	if !ok || i < 0 {
		return "", "", false
	}
	return rest[:i], rest[i+2:], true
}

// Count tells how many statements were compared with the file, and how many of
// those it contradicts.
func Count(all []Claim) (tested, contradicted int) {
	for _, c := range all {
		switch c.Result {
		case Agreed:
			tested++
		case Contradicted:
			tested++
			contradicted++
		}
	}
	return tested, contradicted
}

// Without takes what was measured in the columns away, since they are dropped
// or changed: a statement that other columns show too keeps those.
func Without(d *descriptor.Dataset, columns []string) {
	d.Evidence.Columns = slices.DeleteFunc(d.Evidence.Columns, func(m descriptor.MeasuredColumn) bool {
		return m.Name != nil && slices.Contains(columns, *m.Name) &&
			!slices.ContainsFunc(d.Schema.Fields, func(f descriptor.Column) bool { return f.Name != nil && *f.Name == *m.Name })
	})
	withoutSums(&d.Evidence, func(x *descriptor.MeasuredDominance) bool {
		return x.Field != nil && slices.Contains(columns, *x.Field)
	})
	if len(d.Evidence.Statements) == 0 {
		return
	}
	var left []descriptor.MeasuredStatement
	for _, s := range d.Evidence.Statements {
		if len(s.Columns) > 0 {
			s.Columns = slices.DeleteFunc(slices.Clone(s.Columns), func(c string) bool { return slices.Contains(columns, c) })
			if len(s.Columns) == 0 {
				continue
			}
		}
		left = append(left, s)
	}
	if left == nil {
		left = []descriptor.MeasuredStatement{}
	}
	d.Evidence.Statements = left
}

// Forget takes away what was measured of some fields.
func Forget(d *descriptor.Dataset, fields []string) {
	if slices.Contains(fields, dominanceField) {
		withoutSums(&d.Evidence, func(*descriptor.MeasuredDominance) bool { return true })
	}
	if len(fields) == 0 || len(d.Evidence.Statements) == 0 {
		return
	}
	d.Evidence.Statements = slices.DeleteFunc(slices.Clone(d.Evidence.Statements), func(s descriptor.MeasuredStatement) bool {
		return s.Field != nil && slices.Contains(fields, *s.Field)
	})
}
