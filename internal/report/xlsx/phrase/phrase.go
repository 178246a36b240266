// Package phrase gives the words of a report in one language: the labels of
// codes, the sentences of reasons and the names of facts. Every word comes from
// the catalogue; there is no text for people in this package.
package phrase

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/wording"
)

// Words are the words of one language.
type Words struct {
	Lang string

	c           *checklist.Catalogue
	words       *wording.Words
	items       map[string]*checklist.Item
	order       map[string]int
	themes      map[string]*checklist.Theme
	measures    map[string]*checklist.Mitigation
	opportunity map[string]bool
}

// New returns the words of a catalogue in a language.
func New(c *checklist.Catalogue, lang string) *Words {
	w := &Words{
		Lang: lang, c: c, words: wording.New(c, lang),
		items:       map[string]*checklist.Item{},
		order:       map[string]int{},
		themes:      map[string]*checklist.Theme{},
		measures:    make(map[string]*checklist.Mitigation, len(c.Mitigations)),
		opportunity: map[string]bool{},
	}
	for i, l := range []*checklist.Checklist{&c.Risk, &c.Opportunity} {
		for j := range l.Items {
			it := &l.Items[j]
			w.items[it.ID] = it
			w.order[it.ID] = len(w.order)
			w.opportunity[it.ID] = i == 1
		}
		for j := range l.Themes {
			w.themes[themeKey(i == 1, l.Themes[j].Code)] = &l.Themes[j]
		}
	}
	for i := range c.Mitigations {
		w.measures[c.Mitigations[i].Code] = &c.Mitigations[i]
	}
	return w
}

// themeKey tells the themes of the two checklists apart; both have QUA.
func themeKey(opportunity bool, code string) string {
	if opportunity {
		return "+" + code
	}
	return "-" + code
}

// T returns the message with the key, filled with pairs of names and values.
func (w *Words) T(key string, pairs ...string) string {
	t, ok := w.c.Messages[key]
	if !ok {
		return key
	}
	s := t.In(w.Lang)
	if len(pairs) == 0 {
		return s
	}
	return fill(s, func(name string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	})
}

// N returns the message key.one or key.other, filled with {n} and the pairs.
func (w *Words) N(key string, n int, pairs ...string) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return w.T(key+form, append([]string{"n", strconv.Itoa(n)}, pairs...)...)
}

// fill replaces each {name} for which value knows a text, in one pass, so that
// a value that looks like a placeholder is left alone.
func fill(s string, value func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			b.WriteByte('{')
			b.WriteString(rest)
			return b.String()
		}
		if v, known := value(name); known {
			b.WriteString(v)
		} else {
			b.WriteString("{" + name + "}")
		}
		s = after
	}
}

// Capital returns s with its first letter in upper case.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// Item returns the item with the id, or nil.
func (w *Words) Item(id string) *checklist.Item { return w.items[id] }

// Order is the place of an item in the catalogue, risk items first.
func (w *Words) Order(id string) int {
	if i, ok := w.order[id]; ok {
		return i
	}
	return len(w.order)
}

// IsOpportunity tells whether an item is one of the opportunity checklist.
func (w *Words) IsOpportunity(id string) bool { return w.opportunity[id] }

// Theme returns the title of the theme of an item.
func (w *Words) Theme(it *checklist.Item) string {
	if t := w.themes[themeKey(w.opportunity[it.ID], it.Theme)]; t != nil {
		return t.Title.In(w.Lang)
	}
	return it.Theme
}

// Result returns the word for a result of an item.
func (w *Words) Result(id, result string) string {
	names := w.c.Policy.Results.Risk
	if w.opportunity[id] {
		names = w.c.Policy.Results.Opportunity
	}
	if t, ok := names[result]; ok {
		return Capital(t.In(w.Lang))
	}
	return result
}

// Level returns the word for a level.
func (w *Words) Level(level string) string { return Capital(w.words.Level(level)) }

// Effort names how much work a change takes.
func (w *Words) Effort(code string) string { return w.words.Effort(code) }

// Outcome returns the outcome with the code; one that does not exist has its
// code for a label.
func (w *Words) Outcome(code string) checklist.Outcome {
	return w.c.Policy.Outcome(code)
}

// OutcomeLabel returns the name of an outcome.
func (w *Words) OutcomeLabel(code string) string {
	o := w.Outcome(code)
	return o.Label.In(w.Lang)
}

// Stop returns the hard stop with the code, or nil.
func (w *Words) Stop(code string) *checklist.HardStop {
	for i := range w.c.Policy.HardStops {
		if w.c.Policy.HardStops[i].Code == code {
			return &w.c.Policy.HardStops[i]
		}
	}
	return nil
}

// StopLabel returns "G2 Identifiable people".
func (w *Words) StopLabel(code string) string {
	if s := w.Stop(code); s != nil {
		return code + " " + s.Title.In(w.Lang)
	}
	return code
}

// StopLaw returns the sources that a hard stop rests on, in short.
func (w *Words) StopLaw(code string) string {
	s := w.Stop(code)
	if s == nil {
		return ""
	}
	var out []string
	for _, r := range s.References {
		if src, ok := w.c.Sources[r.Source]; ok && (src.Kind == "law" || src.Kind == "case_law") {
			out = append(out, w.Citation(r.Source, r.At, r.Read))
		}
	}
	return strings.Join(out, "; ")
}

// Citation returns a place in a source: "Openness Act sec. 24(1)". An asterisk
// marks a place that has not been checked.
func (w *Words) Citation(source, at, read string) string {
	s := source
	if src, ok := w.c.Sources[source]; ok {
		s = src.Short.In(w.Lang)
	}
	if at != "" {
		s += " " + w.place(at)
	}
	if read == "recalled" {
		s += "*"
	}
	return s
}

// section finds "sec. 24" and "sec. 6, 7, 22".
var section = regexp.MustCompile(`sec\. ([0-9]+[a-z]?(?:, [0-9]+[a-z]?)*)`)

// place puts the words for section and recital in the language; in Finnish and
// Swedish the sign for a section stands behind its number.
func (w *Words) place(at string) string {
	if w.Lang == "en" {
		return at
	}
	at = section.ReplaceAllStringFunc(at, func(s string) string {
		return w.T("report.place.sec", "n", strings.TrimPrefix(s, "sec. "))
	})
	at = strings.ReplaceAll(at, "§(", "§\u00a0(")
	for _, word := range []string{"recital", "annex"} {
		at = strings.ReplaceAll(at, word, w.T("report.place."+word))
	}
	return at
}

// Law returns the laws and judgments that an item rests on.
func (w *Words) Law(refs []assessment.Reference) string {
	var out []string
	for _, r := range refs {
		src, ok := w.c.Sources[r.Source]
		if !ok || src.Kind != "law" && src.Kind != "case_law" {
			continue
		}
		s := w.Citation(r.Source, r.At, r.Read)
		if !r.InForce {
			s += " (" + w.T("report.law.notInForce") + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// References returns the places in sources that an item rests on: those of the
// assessment, or of the catalogue where the assessment names none.
func (w *Words) References(id string, it *assessment.Item) []assessment.Reference {
	if it != nil && len(it.References) > 0 {
		return it.References
	}
	item := w.items[id]
	if item == nil {
		return nil
	}
	var out []assessment.Reference
	for _, c := range item.References {
		out = append(out, assessment.Reference{Source: c.Source, At: c.At, Read: c.Read, InForce: true})
	}
	return out
}

// Role returns the name of a role.
func (w *Words) Role(code string) string {
	for _, r := range w.c.Policy.Roles {
		if r.Code == code {
			return Capital(r.Label.In(w.Lang))
		}
	}
	return code
}

// Measure returns the mitigation with the code, or nil.
func (w *Words) Measure(code string) *checklist.Mitigation { return w.measures[code] }

// Field returns the field of the catalogue that a fact's path belongs to, and the
// name of the column, if it is an attribute of one.
func (w *Words) Field(path string) (*checklist.Field, string) { return w.words.Field(path) }

// FactLabel returns the name of a fact for people: "Role (column age)".
func (w *Words) FactLabel(path string) string { return w.words.Label(path) }

// Values returns the labels of values, "" for none.
func (w *Words) Values(path string, codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return w.words.Values(path, codes)
}

// Question returns the question that a fact answers.
func (w *Words) Question(path string) string {
	f, name := w.Field(path)
	if f == nil {
		return path
	}
	s := f.Question.In(w.Lang)
	if name != "" {
		s = w.T("report.question.column", "column", name, "question", s)
	}
	return s
}

// Reason returns the sentence that says why an item came to its result.
func (w *Words) Reason(id string, it *assessment.Item) string {
	if it.Text != "" {
		return it.Text
	}
	if item := w.items[id]; item != nil {
		return w.words.Reason(item, it)
	}
	return ""
}

// Interval writes a score: "65" or "48–65".
func Interval(i assessment.Interval) string {
	if i.Low == i.High {
		return strconv.Itoa(i.Low)
	}
	return strconv.Itoa(i.Low) + "–" + strconv.Itoa(i.High)
}

// Number writes a number with the decimal sign of the language.
func (w *Words) Number(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if math.Trunc(v) != v {
		s = strings.Replace(s, ".", w.T("report.decimal"), 1)
	}
	return s
}

// Title returns a text of the dataset as [wording.Words.Title] does.
func (w *Words) Title(t map[string]string) string { return w.words.Title(t) }

// Profile names the profile of an assessment.
func (w *Words) Profile(p *assessment.Profile) string { return w.words.Profile(p) }

// Layers names the jurisdiction layers of a profile.
func (w *Words) Layers(p *assessment.Profile) string { return w.words.Layers(p) }

// Override says what a profile changed and why.
func (w *Words) Override(o *assessment.Override) string { return w.words.Override(o) }

// NotInForce lists the items that were not evaluated, each with its days.
func (w *Words) NotInForce(items []assessment.NotInForce) string { return w.words.NotInForce(items) }

// Measured puts what was measured in the data into lines.
func (w *Words) Measured(e *assessment.Evidence) []wording.MeasuredRow { return w.words.Measured(e) }
