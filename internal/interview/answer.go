package interview

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/intake/answer"
)

// option is an answer to choose by its number.
type option struct{ code, label string }

// options are the answers to choose from; "not known" is the last.
func (s *session) options(f *checklist.Field) []option {
	var out []option
	if f.ElementType() == "tri" {
		out = append(out, option{"yes", s.Message("common.yes")}, option{"no", s.Message("common.no")})
	}
	for _, v := range f.Values {
		out = append(out, option{v.Value, v.Label.In(s.Words.Lang)})
	}
	if len(out) > 0 {
		out = append(out, option{descriptor.Unknown, s.Message("common.unknown")})
	}
	return out
}

// refusal is why an answer is not taken, in words.
type refusal string

func (r refusal) Error() string { return string(r) }

func (s *session) refuse(key string, params ...string) error {
	return refusal(s.Message(key, params...))
}

// none is the answer that a list is empty.
const none = "0"

// parse turns a line into the value of a field.
func (s *session) parse(f *checklist.Field, text string) (any, error) {
	if s.isUnknown(text) {
		switch {
		case f.Type == "list<object>", f.Required:
			return nil, s.refuse("interview.not_unknown")
		case f.IsList():
			return []any{descriptor.Unknown}, nil
		}
		return descriptor.Unknown, nil
	}
	switch {
	case f.Path == columnsList:
		return s.columns(text)
	case f.Type == "list<object>":
		return s.entries(text)
	case f.IsList():
		return s.list(f, text)
	case f.Type == "langMap":
		return s.inLanguage(f, text), nil
	case len(s.options(f)) > 0:
		return s.choice(f, text)
	case f.Type == "integer", f.Type == "number":
		return answer.Number(text), nil
	case f.Type == "date":
		return answer.Day(text), nil
	}
	return text, nil
}

func (s *session) isUnknown(text string) bool {
	folded := answer.Fold(text)
	if folded == descriptor.Unknown {
		return true
	}
	for _, label := range s.Words.Catalogue.Messages["common.unknown"] {
		if answer.Fold(label) == folded {
			return true
		}
	}
	return false
}

// choice is the code of an answer by its number, label or code.
func (s *session) choice(f *checklist.Field, text string) (any, error) {
	options := s.options(f)
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		if n >= 1 && n <= len(options) {
			return options[n-1].code, nil
		}
		return nil, s.refuse("interview.no_number", "count", strconv.Itoa(len(options)))
	}
	folded := answer.Fold(text)
	for _, o := range options {
		if answer.Fold(o.label) == folded || answer.Fold(o.code) == folded {
			return o.code, nil
		}
	}
	for _, key := range []string{"yes", "no"} {
		for _, label := range s.Words.Catalogue.Messages["common."+key] {
			if f.ElementType() == "tri" && answer.Fold(label) == folded {
				return key, nil
			}
		}
	}
	for _, v := range f.Values {
		for _, label := range v.Label {
			if answer.Fold(label) == folded {
				return v.Value, nil
			}
		}
	}
	return nil, s.refuse("interview.no_choice", "found", text, "count", strconv.Itoa(len(options)))
}

// list is several answers: numbers with spaces or commas between, or texts with
// commas or semicolons.
func (s *session) list(f *checklist.Field, text string) (any, error) {
	if strings.TrimSpace(text) == none {
		if f.EmptyIsNoAnswer {
			return nil, s.refuse("interview.not_empty")
		}
		return []any{}, nil
	}
	options := s.options(f)
	parts := split(text, ";,")
	if len(options) > 0 && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(" ,;", r) }) {
		parts = split(text, " ,;")
	}
	out := []any{}
	for _, part := range parts {
		var v any = part
		if len(options) > 0 {
			code, err := s.choice(f, part)
			switch {
			case err == nil:
				v = code
			case f.ElementType() != "string":
				return nil, err
			}
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out, nil
}

func split(text, separators string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// inLanguage is a text in the language of the interview, besides those in others.
func (s *session) inLanguage(f *checklist.Field, text string) any {
	out := map[string]any{}
	if given, ok := s.doc.at(f.Path).(map[string]any); ok {
		for l, t := range given {
			out[l] = t
		}
	}
	out[s.Words.Lang] = text
	return out
}

// most is how many entries of a list of objects are taken, and mostColumns how
// many columns.
const (
	most        = 50
	mostColumns = 2000
)

// entries is a list of so many entries, of which nothing is known yet.
func (s *session) entries(text string) (any, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > most {
		return nil, s.refuse("interview.no_count", "most", strconv.Itoa(most))
	}
	out := make([]any, n)
	for i := range out {
		out[i] = map[string]any{}
	}
	return out, nil
}

// columns is a list of columns by their names.
func (s *session) columns(text string) (any, error) {
	names := split(text, ",;\t")
	if len(names) > mostColumns {
		return nil, s.refuse("interview.no_count", "most", strconv.Itoa(mostColumns))
	}
	if len(names) == 0 {
		return nil, s.refuse("interview.no_columns")
	}
	out := make([]any, len(names))
	for i := range names {
		out[i] = map[string]any{"name": names[i]}
	}
	return out, nil
}

// spoken is a value in words.
func (s *session) spoken(f *checklist.Field, v any) string {
	switch v := v.(type) {
	case []any:
		if len(v) == 0 {
			return s.Message("interview.nothing")
		}
		var out []string
		for _, e := range v {
			if m, ok := e.(map[string]any); ok {
				if name := m["name"]; name != nil {
					out = append(out, fmt.Sprint(name))
				}
				continue
			}
			out = append(out, s.Words.Value(f.Path, fmt.Sprint(e)))
		}
		if len(out) == 0 {
			return strconv.Itoa(len(v))
		}
		return strings.Join(out, ", ")
	case map[string]any:
		if t, ok := v[s.Words.Lang]; ok {
			return fmt.Sprint(t)
		}
		for _, t := range v {
			return fmt.Sprint(t)
		}
	}
	return s.Words.Value(f.Path, fmt.Sprint(v))
}
