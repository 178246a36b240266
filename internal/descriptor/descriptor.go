// Package descriptor holds the dataset descriptor: what a data steward says of
// a dataset that is to be opened. The type Dataset is generated from the field
// catalogue in checklists/descriptor.yaml.
package descriptor

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
)

//go:generate go run ../generate ../..

// Unknown is what a steward writes to say that the answer is not known. It
// counts as not answered, but the report tells the two apart.
const Unknown = "unknown"

// Number is a number or the word unknown.
type Number struct {
	Value   float64
	Unknown bool
}

// MarshalJSON writes the number, or "unknown".
func (n Number) MarshalJSON() ([]byte, error) {
	if n.Unknown {
		return []byte(`"unknown"`), nil
	}
	return strconv.AppendFloat(nil, n.Value, 'f', -1, 64), nil
}

// UnmarshalJSON reads a number or "unknown".
func (n *Number) UnmarshalJSON(data []byte) error {
	if string(data) == `"unknown"` {
		*n = Number{Unknown: true}
		return nil
	}
	v, err := strconv.ParseFloat(string(data), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Errorf("%s is not a number", data)
	}
	*n = Number{Value: v}
	return nil
}

// LangText is a text by language code. A text without a language has the
// code "und".
type LangText map[string]string

// In returns the text in lang, else in English, else any in the order of codes.
func (t LangText) In(lang string) string {
	for _, l := range []string{lang, "en", "und"} {
		if s := t[l]; s != "" {
			return s
		}
	}
	codes := make([]string, 0, len(t))
	for l := range t {
		codes = append(codes, l)
	}
	slices.Sort(codes)
	for _, l := range codes {
		if t[l] != "" {
			return t[l]
		}
	}
	return ""
}

// UnmarshalJSON reads a map of languages or a plain text.
func (t *LangText) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*t = LangText{"und": s}
		return nil
	}
	var m map[string]string
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	*t = m
	return nil
}

// UnmarshalJSON reads a link; a plain text is a goal without a reference.
func (l *StrategyLink) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		l.Goal = new(string)
		return json.Unmarshal(data, l.Goal)
	}
	type plain StrategyLink
	return json.Unmarshal(data, (*plain)(l))
}

// Answer is what a descriptor says for one field.
type Answer struct {
	// Given tells that the field is there; Unknown that it says "unknown".
	Given   bool
	Unknown bool
	Text    string
	Number  float64
	// List holds the entries of a list of texts, and Count their number, also
	// for lists of objects.
	List  []string
	Count int
}

func textAnswer(p *string) Answer {
	if p == nil {
		return Answer{}
	}
	if *p == Unknown || *p == "UNKNOWN" {
		return Answer{Given: true, Unknown: true}
	}
	return Answer{Given: true, Text: *p}
}

func numberAnswer(p *Number) Answer {
	if p == nil {
		return Answer{}
	}
	return Answer{Given: true, Unknown: p.Unknown, Number: p.Value}
}

func listAnswer(l []string) Answer {
	a := Answer{Given: l != nil, List: l, Count: len(l)}
	a.Unknown = len(l) > 0 && !slices.ContainsFunc(l, func(s string) bool { return s != Unknown })
	return a
}

func countAnswer(missing bool, n int) Answer {
	return Answer{Given: !missing, Count: n}
}

// Set gives the field with the path a value, which may come from YAML or JSON:
// a string, a number, a bool is refused, a list. The path must be in the field
// catalogue and not lie within a list. The value nil removes the field.
func (d *Dataset) Set(path string, value any) error {
	p := d.pointer(path)
	if p == nil {
		return fmt.Errorf("%s: no such field", path)
	}
	return assign(p, path, value)
}

// assign puts a value into a field. The old value is replaced, never written
// over, since a copy of the descriptor may share it.
func assign(p any, name string, value any) error {
	if to, ok := p.(**string); ok {
		if s, ok := value.(string); ok {
			*to = &s
			return nil
		}
	}
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	to := reflect.ValueOf(p).Elem()
	fresh := reflect.New(to.Type())
	if err := json.Unmarshal(data, fresh.Interface()); err != nil {
		return fmt.Errorf("%s: %s does not fit", name, data)
	}
	to.Set(fresh.Elem())
	return nil
}

// Append adds a value to a list of texts, once.
func (d *Dataset) Append(path, value string) error {
	l, ok := d.pointer(path).(*[]string)
	if !ok {
		return fmt.Errorf("%s: not a list of texts", path)
	}
	if !slices.Contains(*l, value) {
		*l = append(*l, value)
	}
	return nil
}

// Set gives the attribute of a column a value, as [Dataset.Set] does.
func (d *Column) Set(attribute string, value any) error {
	p := d.pointer(attribute)
	if p == nil {
		return fmt.Errorf("%s: no such attribute of columns", attribute)
	}
	return assign(p, attribute, value)
}

// Day is the day that the descriptor is to be assessed for, or otherwise where it
// names none.
func (d *Dataset) Day(otherwise string) string {
	if p := d.Assessment.Date; p != nil && *p != Unknown {
		return *p
	}
	return otherwise
}
